import { execFileSync, spawn } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localTransport } from '../../src/hosts/transport/local.ts';
import type { Lock, LockOptions, Transport } from '../../src/hosts/transport/transport.ts';
import type { LockHolder } from '../../src/planner/model/event.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const transport = localTransport();
let dir: TempDir;
let path: string;
let count = 0;

const holder: LockHolder = {
  pid: 4711,
  host: 'laptop',
  startedAt: '2026-03-06T14:30:00.000Z',
  command: 'nbkp run',
  run: 'r1',
};

function saying(text: string): unknown {
  return expect.stringContaining(text);
}

function take(mode: 'exclusive' | 'shared', options?: LockOptions, by: Transport = transport) {
  return by.lock({ path, mode }, holder, options);
}

async function held(mode: 'exclusive' | 'shared'): Promise<Lock> {
  const result = await take(mode);
  if (result.state !== 'held') throw new Error(JSON.stringify(result));
  return result.lock;
}

beforeAll(async () => {
  dir = await makeTempDir();
});
afterAll(() => dir.remove());
beforeEach(() => {
  path = join(dir.path, `lock-${count++}`);
});

describe('lock by perl, where there is no flock(1)', () => {
  const only = (...programs: string[]): Transport => {
    const bin = mkdtempSync(join(dir.path, 'bin-'));
    for (const name of programs)
      symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bin, name));
    return localTransport({ PATH: bin });
  };

  it.each(['exclusive', 'shared'] as const)('is the %s one that flock(1) takes', async (mode) => {
    const byPerl = only('perl');
    const taken = await take(mode, {}, byPerl);
    if (taken.state !== 'held') throw new Error(JSON.stringify(taken));
    expect((await take('exclusive')).state).toBe('busy');
    await taken.lock.release();
    const lock = await held(mode);
    expect((await take('exclusive', {}, byPerl)).state).toBe('busy');
    await lock.release();
  });

  it('is shared by readers', async () => {
    const byPerl = only('perl');
    const taken = [await take('shared', {}, byPerl), await take('shared', {}, byPerl), await take('shared')];
    expect(taken.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
    for (const result of taken) if (result.state === 'held') await result.lock.release();
  });

  it('says what to install where neither is there', async () => {
    expect(await take('shared', {}, only())).toEqual({
      state: 'failed',
      message: saying('neither flock (package util-linux) nor perl'),
    });
  });
});

describe('lock', () => {
  it('is held by one and tells the other who that is, until it is released', async () => {
    const lock = await held('exclusive');
    expect(await take('exclusive', {}, localTransport())).toEqual({ state: 'busy', holder });
    expect(await take('shared')).toEqual({ state: 'busy', holder });
    await lock.release();
    await (await held('exclusive')).release();
  });

  it('is one JSON document in the file while it is held, and the file stays when it is not', async () => {
    const lock = await held('exclusive');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(holder);
    const { ino } = statSync(path);
    await lock.release();
    expect(readFileSync(path, 'utf8')).toBe('');
    const again = await held('exclusive');
    expect(statSync(path).ino).toBe(ino);
    await again.release();
  });

  it('may be shared by readers, who keep a writer away', async () => {
    const readers = [await held('shared'), await held('shared')];
    expect(await take('exclusive')).toEqual({ state: 'busy', holder: null });
    await readers[0]!.release();
    expect((await take('exclusive')).state).toBe('busy');
    await readers[1]!.release();
    await (await held('exclusive')).release();
  });

  it('can be released twice without letting go of another', async () => {
    const first = await held('exclusive');
    await first.release();
    const second = await held('exclusive');
    await first.release();
    expect((await take('exclusive')).state).toBe('busy');
    await second.release();
  });

  it('waits for another holder, says so once, and gets it when that one is done', async () => {
    const lock = await held('exclusive');
    const waiting: (LockHolder | null)[] = [];
    const result = await take('exclusive', {
      waitMs: 60_000,
      onWaiting: (other) => {
        waiting.push(other);
        void lock.release();
      },
    });
    expect(waiting).toEqual([holder]);
    expect(result.state).toBe('held');
    if (result.state === 'held') await result.lock.release();
  });

  it('stops waiting when it is aborted', async () => {
    const lock = await held('exclusive');
    const abort = new AbortController();
    const result = take('exclusive', { waitMs: 600_000, signal: abort.signal, onWaiting: () => abort.abort() });
    expect(await result).toEqual({ state: 'busy', holder });
    await lock.release();
  });

  it('says that the holder is not known when the file holds something else', async () => {
    const lock = await held('exclusive');
    writeFileSync(path, '{"pid":"x"}');
    expect(await take('exclusive')).toEqual({ state: 'busy', holder: null });
    await lock.release();
  });
});

describe('the lock file', () => {
  it('is not followed when it is a symlink, and the file at its end stays as it is', async () => {
    const other = join(dir.path, 'precious');
    writeFileSync(other, 'precious');
    symlinkSync(other, path);
    const result = await take('exclusive');
    expect(result).toMatchObject({
      state: 'failed',
      message: `${path} cannot be locked: it is a symbolic link. Remove it`,
    });
    expect(readFileSync(other, 'utf8')).toBe('precious');
  });

  it('is not written to when it is a second name of another file', async () => {
    const other = join(dir.path, 'precious-too');
    writeFileSync(other, 'precious');
    linkSync(other, path);
    await (await held('exclusive')).release();
    expect(readFileSync(other, 'utf8')).toBe('precious');
  });

  it('has to be a file', async () => {
    mkdirSync(path);
    expect(await take('exclusive')).toMatchObject({ state: 'failed' });
    path = join(dir.path, 'pipe');
    await transport.run(['mkfifo', path]);
    expect(await take('shared')).toMatchObject({
      state: 'failed',
      message: saying('not a regular file'),
    });
  });

  it('cannot be made in a directory that is not there', async () => {
    path = join(dir.path, 'missing/lock');
    expect(await take('exclusive')).toMatchObject({ state: 'failed', message: saying('ENOENT') });
  });

  it('is not needed for a shared lock on what is mounted read-only, since nobody can prune there', async () => {
    const btrfs = await makeBtrfs(120);
    try {
      await transport.run(['mount', '-o', 'remount,ro', btrfs.path]);
      path = join(btrfs.path, '.nbkp-lock');
      expect(await take('exclusive')).toMatchObject({ state: 'failed', message: saying('EROFS') });
      const locks = [await held('shared'), await held('shared')];
      await Promise.all(locks.map((lock) => lock.release()));

      await transport.run(['mount', '-o', 'remount,rw', btrfs.path]);
      await (await held('exclusive')).release();
      await transport.run(['mount', '-o', 'remount,ro', btrfs.path]);
      await (await held('shared')).release();
    } finally {
      await btrfs.remove();
    }
  });
});

describe('a lock among processes', () => {
  /** A process of its own that takes the lock, starts a child with it, says `held` and waits. */
  async function startHolder(child: string[]) {
    const outfile = join(dir.path, 'holder.mjs');
    const contents = `
      import { localTransport } from './src/hosts/transport/local.ts';
      const transport = localTransport();
      const result = await transport.lock(${JSON.stringify({ path, mode: 'exclusive' })}, ${JSON.stringify(holder)});
      if (result.state !== 'held') throw new Error(result.state);
      void transport.run(${JSON.stringify(child)}, { locks: [result.lock], onStdout: (pid) => console.log(String(pid)) });
      setInterval(() => {}, 1000);`;
    await build({
      stdin: { contents, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
    });
    const process = spawn('node', [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
    const childPid = await new Promise<number>((resolve) =>
      process.stdout.once('data', (data) => resolve(Number(data))),
    );
    const ended = new Promise((resolve) => process.once('close', resolve));
    return { process, childPid, ended };
  }

  it('outlives a killed holder as long as a child that inherited it lives', async () => {
    const { process: holding, childPid, ended } = await startHolder(['sh', '-c', 'echo $$; exec sleep 300 >/dev/null']);
    expect(await take('exclusive')).toEqual({ state: 'busy', holder });
    holding.kill('SIGKILL');
    await ended;
    expect(await take('exclusive')).toEqual({ state: 'busy', holder });
    process.kill(childPid, 'SIGKILL');
    await expect.poll(async () => (await take('exclusive')).state).toBe('held');
  });
});
