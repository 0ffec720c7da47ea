import { execFileSync } from 'node:child_process';
import { mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Judge } from '../../src/testkit/index.ts';
import type { Mode } from '../support/transfer.ts';
import { growTree, stateOf, treeOf } from '../support/tree.ts';

/** Of the two that retention removes, and of the one that it keeps. */
export const GOING = ['2020-01-01T20:00:00.000Z', '2020-02-01T20:00:00.000Z'] as const;
export const KEPT = '2020-03-01T20:00:00.000Z';
export function sh(script: string, ...args: string[]): void {
  execFileSync('sh', ['-ec', script, 'sh', ...args]);
}

/** Whose a destination is, as `nbkp prepare` writes it. */
export const MARKS = {
  source: '{"formatVersion":"1.0","id":"docs"}',
  destination: '{"formatVersion":"1.0","source":"docs"}',
} as const;

/** Source and volumes, marked; no destination yet. */
export function makeSource(root: string): void {
  mkdirSync(join(root, 'laptop/docs'), { recursive: true });
  mkdirSync(join(root, 'usb'));
  growTree(join(root, 'laptop/docs'));
  writeFileSync(join(root, 'laptop/docs/old'), 'of old');
  sh('touch "$1/laptop/.nbkp-vol" "$1/usb/.nbkp-vol"', root);
  writeFileSync(join(root, 'laptop/docs/.nbkp-src'), MARKS.source);
}

/** Changes everything that a copy can differ in; sizes differ, since all may happen within one second. */
export function changeSource(root: string): void {
  const docs = join(root, 'laptop/docs');
  rmSync(join(docs, 'old'));
  writeFileSync(join(docs, 'new'), 'new');
  writeFileSync(join(docs, 'shared'), 'changed a lot');
  sh('chmod 0640 "$1/linked"; chmod 0700 "$1/empty"; ln -sfn deep/er "$1/to a folder"', docs);
}

/** A destination with three snapshots, as runs would have left it. */
export function makeHistory(root: string, mode: Exclude<Mode, 'none'>): void {
  const destination = join(root, 'usb/docs');
  mkdirSync(join(destination, 'snapshots'), { recursive: true });
  if (mode === 'btrfs') {
    const make = 'btrfs -q subvolume create "$1/staging" && rsync -aH --exclude=.nbkp-\\* "$2/" "$1/staging/"';
    sh(make, destination, join(root, 'laptop/docs'));
    for (const name of [...GOING, KEPT]) {
      sh('btrfs -q subvolume snapshot -r "$1/staging" "$1/snapshots/$2"', destination, name);
    }
  } else {
    sh('rsync -a --exclude=.nbkp-\\* "$2/" "$1/snapshots/$3/"', destination, join(root, 'laptop/docs'), GOING[0]);
    sh('cp -al "$1/snapshots/$2" "$1/snapshots/$3"', destination, GOING[0], GOING[1]);
    sh('cp -al "$1/snapshots/$2" "$1/snapshots/$3"', destination, GOING[1], KEPT);
  }
  symlinkSync(`snapshots/${KEPT}`, join(destination, 'latest'));
  writeFileSync(join(destination, '.nbkp-dst'), MARKS.destination);
}

/** The tree of each snapshot by its name, and what else lies beside them. */
async function treesIn(folder: string): Promise<Map<string, string[]>> {
  const trees = new Map<string, string[]>();
  for (const line of (await treeOf(folder)).filter((each) => each !== '')) {
    const hash = /^[0-9a-f]{64} {2}/.exec(line)?.[0] ?? '';
    const [path = ''] = line.slice(hash.length).split('\t');
    const name = path.split('/')[0] ?? '';
    const tree = trees.get(name) ?? [];
    trees.set(name, tree);
    if (path !== name) tree.push(hash + line.slice(hash.length + name.length + 1));
  }
  for (const tree of trees.values()) tree.sort();
  return trees;
}

/** Judges what snapshots there are by what they were. */
export async function judgeHistory(root: string): Promise<Judge> {
  const destination = join(root, 'usb/docs');
  const source = join(root, 'laptop/docs');
  const latest = (): string => readlinkSync(join(destination, 'latest'));
  const trees = (): Promise<Map<string, string[]>> => treesIn(join(destination, 'snapshots'));
  const sourceBefore = await stateOf(source);
  const wanted = (await treeOf(source)).filter((line) => line !== '');
  const before = await trees();
  return {
    sound: async () => {
      expect(await stateOf(source)).toEqual(sourceBefore);
      const now = new Map([...(await trees())].filter(([name]) => !name.startsWith('.')));
      for (const [name, tree] of now) expect(tree, name).toEqual(before.get(name) ?? wanted);
      expect([...now.keys()]).toContain(KEPT);
      expect([...now.keys()].map((name) => `snapshots/${name}`)).toContain(latest());
    },
    finished: async () => {
      const now = await trees();
      expect(now.get(latest().slice('snapshots/'.length))).toEqual(wanted);
      expect([...now.keys()].filter((name) => name.startsWith('.') || name < KEPT)).toEqual([]);
    },
  };
}
