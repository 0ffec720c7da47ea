import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export interface TempDir {
  /** Absolute, without symlinks. */
  path: string;
  /** Makes directories in it, with those above them. */
  make(...paths: string[]): void;
  /** Makes empty files in it. */
  touch(...paths: (string | Buffer)[]): void;
  /** Removes it with all that it holds. */
  remove(): Promise<void>;
}

/** @param parent default the system's folder for temporary files */
export async function makeTempDir(parent = tmpdir()): Promise<TempDir> {
  const path = await realpath(await mkdtemp(join(parent, 'nbkp-test-')));
  return {
    path,
    make: (...paths) => paths.forEach((each) => mkdirSync(join(path, each), { recursive: true })),
    touch: (...paths) =>
      paths.forEach((each) => writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from(each)]), '')),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

export async function withTempDir<T>(use: (path: string) => Promise<T>): Promise<T> {
  const dir = await makeTempDir();
  try {
    return await use(dir.path);
  } finally {
    await dir.remove();
  }
}

/** Names that are hard on shells and on parsers. */
export const NASTY_NAMES = [
  'a\nb',
  `it's "x"`,
  '$HOME',
  '`id`',
  '-rf',
  ' lead and trail ',
  '*',
  '\\x41\\',
  '{a,b}',
  '~',
  '#',
  'é',
];

/** For the tests of a file or of a `describe`: each call gives the path of a new folder in one that goes after them. */
export function newFolders(): () => string {
  let dir: TempDir | null = null;
  let made = 0;
  beforeAll(async () => {
    dir = await makeTempDir();
  });
  afterAll(() => dir?.remove());
  return () => {
    if (dir === null) throw new Error('no test has begun yet');
    made += 1;
    dir.make(String(made));
    return join(dir.path, String(made));
  };
}
