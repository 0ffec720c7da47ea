import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Judge, World } from '../../src/testkit/index.ts';
import { stateOf, treeOf } from '../support/tree.ts';
import { changeSource, GOING, judgeHistory, KEPT, makeHistory, makeSource, MARKS, sh } from './history.ts';
import type { Mode } from '../support/transfer.ts';

/** Keeps what the tests make, and of the past only the newest. */
const KEEP = 'snapshots.keep = { yearly = 5, within = "12h" }';

function specOf(root: string, mode: Mode, ...more: string[]): string {
  return [
    'version = 1',
    `[volumes.laptop]\npath = "${root}/laptop"`,
    `[volumes.usb]\npath = "${root}/usb"`,
    `[syncs.docs]\nsource = "laptop:docs"\ndestination = "usb:docs"`,
    `snapshots.mode = "${mode}"`,
    ...(mode === 'none' ? [] : [KEEP]),
    ...more,
  ].join('\n');
}

/** A sync with a past, whose source has changed since. */
export function snapshots(mode: 'hard-link' | 'btrfs', place?: () => string): World {
  return {
    spec: (root) => specOf(root, mode),
    make: async (root) => {
      makeSource(root);
      makeHistory(root, mode);
      changeSource(root);
      return judgeHistory(root);
    },
    recurring: ['transfer', 'snapshot'],
    prepared: true,
    ...(place === undefined ? {} : { place }),
  };
}

/** The same; a run was interrupted and left a part of the next snapshot, linked to the last one. */
export const interrupted: World = {
  ...snapshots('hard-link'),
  make: async (root) => {
    makeSource(root);
    makeHistory(root, 'hard-link');
    changeSource(root);
    const partial = join(root, 'usb/docs/snapshots/.partial-2020-03-02T20:00:00.000Z');
    sh(
      'cp -al "$1/snapshots/$2" "$3"; rm -r "$3/deep"; mkdir -p "$3/.rsync-partial"',
      join(root, 'usb/docs'),
      KEPT,
      partial,
    );
    writeFileSync(join(partial, '.rsync-partial/new'), 'ne');
    return judgeHistory(root);
  },
};

const HALF = /(?:^|\/)\.(?:rsync-partial(?:\/|\t|$)|.+\.[A-Za-z0-9]{6}(?:\t|$))/;

const HASHED = /^[0-9a-f]{64} {2}/;

/** A tree without what an rsync that was killed has not finished. */
async function wholesOf(path: string): Promise<string[]> {
  return (await treeOf(path)).filter((line) => !HALF.test(line.replace(HASHED, '')));
}

/** Content of files by name. */
async function contents(path: string): Promise<string[]> {
  return (await wholesOf(path)).filter((line) => HASHED.test(line));
}

/** A sync straight into its destination, where something has to be copied and something deleted. */
async function makePlain(root: string): Promise<Judge> {
  makeSource(root);
  const [source, destination] = [join(root, 'laptop/docs'), join(root, 'usb/docs')];
  sh('rsync -a --exclude=.nbkp-\\* "$1/" "$2/"', source, destination);
  writeFileSync(join(destination, '.nbkp-dst'), MARKS.destination);
  changeSource(root);
  const sourceBefore = await stateOf(source);
  const known = new Set([...(await contents(source)), ...(await contents(destination))]);
  return {
    sound: async () => {
      expect(await stateOf(source)).toEqual(sourceBefore);
      expect((await contents(destination)).filter((line) => !known.has(line))).toEqual([]);
      for (const line of await contents(source)) {
        const name = line.slice(66);
        if (name !== 'new') expect((await contents(destination)).map((each) => each.slice(66))).toContain(name);
      }
    },
    finished: async () => expect(await treeOf(destination)).toEqual(await treeOf(source)),
  };
}

export const plain: World = {
  spec: (root) => specOf(root, 'none'),
  make: makePlain,
  recurring: ['transfer'],
  prepared: true,
  // As if there had been more files in the source, which were copied.
  lose: (root) => {
    const gone = join(root, 'usb/docs/gone');
    mkdirSync(gone);
    for (let number = 0; number < 400; number += 1) writeFileSync(join(gone, String(number)), 'of old');
    return () => expect(readdirSync(gone)).toHaveLength(400);
  },
};

/** Commands of the user before and after a sync, which take long enough to be interrupted. */
export const hooks: World = {
  spec: (root) => {
    const say = (word: string): string =>
      JSON.stringify(['sh', '-c', 'echo "$1" >> "$0"; sleep 0.2', `${root}/log`, word]);
    const lists = [`before = [${say('first')}, ${say('second')}]`, `after = [${say('last')}]`];
    return specOf(root, 'none', ...lists, `on-failure = [${say('alarm')}]`);
  },
  make: async (root) => {
    const judge = await makePlain(root);
    return {
      sound: judge.sound,
      finished: async () => {
        await judge.finished();
        expect(readFileSync(join(root, 'log'), 'utf8')).toMatch(/first\nsecond\nlast\n$/);
      },
    };
  },
  recurring: ['transfer', 'command'],
  prepared: true,
  reliesOnFacts: false,
};

/** Volumes and a source that nobody has prepared. */
export function unprepared(mode: 'hard-link' | 'btrfs', place?: () => string): World {
  return {
    spec: (root) => specOf(root, mode),
    purpose: 'prepare',
    make: (root) => {
      const docs = join(root, 'laptop/docs');
      mkdirSync(docs, { recursive: true });
      mkdirSync(join(root, 'usb'));
      writeFileSync(join(docs, 'letter'), 'Dear Ada');
      const made = [
        'laptop/.nbkp-vol',
        'laptop/docs/.nbkp-src',
        'usb/.nbkp-vol',
        'usb/docs/.nbkp-dst',
        'usb/docs/snapshots',
      ];
      return Promise.resolve({
        sound: async () => {
          expect(readFileSync(join(docs, 'letter'), 'utf8')).toBe('Dear Ada');
          expect(await treeOf(docs)).toHaveLength(3);
        },
        finished: () => {
          for (const path of made) expect(existsSync(join(root, path)), path).toBe(true);
          expect(readlinkSync(join(root, 'usb/docs/latest'))).toBe('/dev/null');
          expect(existsSync(join(root, 'usb/docs/staging'))).toBe(mode === 'btrfs');
          return Promise.resolve();
        },
      });
    },
    prepared: true,
    ...(place === undefined ? {} : { place }),
  };
}

/** A destination in which a dead run left something of everything. */
export const leftovers: World = {
  spec: (root) => specOf(root, 'hard-link'),
  purpose: 'recover',
  make: async (root) => {
    makeSource(root);
    makeHistory(root, 'hard-link');
    const destination = join(root, 'usb/docs');
    sh('cp -al "$1/snapshots/$2" "$1/snapshots/.prune-2019-01-01T20:00:00.000Z"', destination, KEPT);
    sh('cp -al "$1/snapshots/$2" "$1/snapshots/.partial-2020-03-02T20:00:00.000Z"', destination, KEPT);
    symlinkSync('snapshots/2020-03-02T20:00:00.000Z', join(destination, '.nbkp-latest-2020-03-02T20:00:00.000Z'));
    symlinkSync('anywhere', join(destination, '.nbkp-of-mine'));
    const judge = await judgeHistory(root);
    return {
      sound: judge.sound,
      finished: () => {
        const stay = ['.partial-2020-03-02T20:00:00.000Z', ...GOING, KEPT];
        expect(readdirSync(join(destination, 'snapshots')).sort()).toEqual(stay);
        expect(
          readdirSync(destination)
            .filter((name) => name.startsWith('.nbkp-'))
            .sort(),
        ).toEqual(['.nbkp-dst', '.nbkp-lock', '.nbkp-of-mine']);
        return Promise.resolve();
      },
    };
  },
  prepared: true,
};

/** A snapshot to copy out of, into a folder that is not there yet. */
export const restoring: World = {
  spec: (root) => specOf(root, 'hard-link'),
  purpose: 'restore',
  request: (root) => ({ restore: { sync: 'docs', snapshot: null, paths: [], to: join(root, 'restored') } }),
  make: async (root) => {
    makeSource(root);
    makeHistory(root, 'hard-link');
    changeSource(root);
    const judge = await judgeHistory(root);
    return {
      sound: judge.sound,
      finished: async () => {
        // A restore deletes nothing, and so not the temporary file of an rsync that was killed either.
        const restored = await wholesOf(join(root, 'restored'));
        const held = await treeOf(join(root, 'usb/docs/snapshots', KEPT));
        expect(restored.map(withoutFolderTime)).toEqual(held.map(withoutFolderTime));
      },
    };
  },
  recurring: ['restore'],
  prepared: true,
};

/** A folder that a killed try has made is there for the next one, which leaves it the time that it has. */
function withoutFolderTime(entry: string): string {
  return entry.replace(/(\td \d+ \d+:\d+) \d+/, '$1');
}
