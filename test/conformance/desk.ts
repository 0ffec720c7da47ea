import { match, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** The same with a folder of letters in the place of one. */
export const library: World = {
  ...desk,
  make: (root) => {
    for (const path of ['laptop/docs/letter', 'usb/docs']) mkdirSync(`${root}/${path}`, { recursive: true });
    for (let number = 0; number < 25; number += 1) writeFileSync(`${root}/laptop/docs/letter/${number}`, 'new');
    return { sound: () => undefined, finished: () => undefined };
  },
  lose: (root) => {
    const names = readdirSync(`${root}/usb/docs/letter/letter`);
    for (const name of names) rmSync(`${root}/laptop/docs/letter/${name}`);
    return () => strictEqual(readdirSync(`${root}/usb/docs/letter/letter`).length, names.length);
  },
};
