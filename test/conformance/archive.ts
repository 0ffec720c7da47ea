import { deepStrictEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import type { World } from '../../src/testkit/index.ts';

const OLD = ['2026-01-01T10:00:00.000Z', '2026-01-02T10:00:00.000Z', '2026-01-03T10:00:00.000Z'];

/** A volume of tar files, with three of one history, of which two go, and one of another. */
const keeping = (place: (root: string) => string): World => ({
  spec: (root) => `
    version = 1
    volumes.laptop.path = "${root}/laptop"
    volumes.usb.path = "${root}/usb"
    ${place(root)}
    [syncs.docs]
    source = "laptop:docs"
    destination = "vault:docs"
    snapshots.keep.last = 2
  `,
  make: (root) => {
    mkdirSync(`${root}/laptop/docs`, { recursive: true });
    writeFileSync(`${root}/laptop/docs/letter`, 'new');
    for (const history of ['docs', 'others']) mkdirSync(`${root}/usb/vault/archives/${history}`, { recursive: true });
    const folder = `${root}/usb/vault/archives/docs`;
    for (const time of OLD) pack(`${root}/laptop/docs`, `${folder}/${time}.tar`);
    pack(`${root}/laptop/docs`, `${root}/usb/vault/archives/others/${OLD[0]}.tar`);
    const archives = () => readdirSync(folder).filter((name) => name.endsWith('.tar'));
    return {
      sound: () => {
        ok(archives().includes(`${OLD[2]}.tar`) || archives().length >= 2);
        ok(existsSync(`${root}/usb/vault/archives/others/${OLD[0]}.tar`));
        for (const name of archives()) list(`${folder}/${name}`);
      },
      finished: () => {
        const newest = archives().sort().at(-1) ?? '';
        ok(!OLD.includes(newest.slice(0, -4)));
        deepStrictEqual(list(`${folder}/${newest}`), ['./', './letter']);
        deepStrictEqual([archives().length, readdirSync(folder).length], [2, 2]);
      },
    };
  },
  spoil: (root) => {
    const folder = `${root}/usb/vault/archives/docs`;
    const newest = readdirSync(folder).sort().at(-1) ?? '';
    truncateSync(`${folder}/${newest}`, 1100);
  },
  recurring: ['transfer', 'prune'],
});

/** It lies on another volume. */
export const archive = keeping(() => 'volumes.vault = { on = "usb:vault", keeper.compress = false }');

/** It lies on none: only its executor knows where it keeps things. */
export const cellar = keeping((root) => `volumes.vault.keeper.folder = "${root}/usb/vault"`);

function pack(source: string, file: string): void {
  execFileSync('tar', ['--create', `--file=${file}`, '--exclude=./.nbkp-*', `--directory=${source}`, '.']);
}

function list(file: string): string[] {
  return execFileSync('tar', ['--list', `--file=${file}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort();
}
