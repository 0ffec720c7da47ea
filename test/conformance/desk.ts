import { match, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { World } from '../../src/testkit/index.ts';

/** A letter and an old copy of it: the world of `shelf`, about as small as one can be. */
export const desk: World = {
  spec: (root) => `
    version = 1
    volumes.laptop.path = "${root}/laptop"
    volumes.usb.path = "${root}/usb"
    [syncs.docs]
    source = "laptop:docs"
    destination = "usb:docs"
    transfer = "shelf"
  `,
  make: (root) => {
    const [letter, copy] = [`${root}/laptop/docs/letter`, `${root}/usb/docs/letter`];
    for (const path of ['laptop/docs', 'usb/docs']) mkdirSync(`${root}/${path}`, { recursive: true });
    writeFileSync(letter, 'new');
    writeFileSync(copy, 'old');
    return {
      sound: () => {
        strictEqual(readFileSync(letter, 'utf8'), 'new');
        match(readFileSync(copy, 'utf8'), /^(?:old|new)$/);
      },
      finished: () => {
        strictEqual(readFileSync(copy, 'utf8'), 'new');
        ok(!existsSync(`${root}/usb/docs/.shelf`));
      },
    };
  },
  recurring: ['hold', 'transfer', 'let-go'],
};
