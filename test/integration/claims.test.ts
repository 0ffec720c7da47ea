import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keeperScript, lockLine, unlockLine } from '../../src/hosts/transport/ssh/scripts.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** The first session of a connection to a small box, in its shell on this machine. */
class Keeper {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: string[][] = [];
  #waiting: ((answer: string[]) => void) | null = null;
  #said = '';
  #locks = 0;

  constructor(bin: string) {
    this.#process = spawn(join(bin, 'sh'), ['-c', keeperScript(':', 'token')], { env: { PATH: bin }, detached: true });
    this.#process.stdout.setEncoding('latin1').on('data', (text: string) => this.#read(text));
  }

  async take(mode: 'exclusive' | 'shared', path: string): Promise<string> {
    this.#process.stdin.write(lockLine(++this.#locks, mode, path, '{"pid":1}'));
    return (await this.#next())[1] ?? '';
  }

  async release(): Promise<void> {
    this.#process.stdin.write(unlockLine(1000, this.#locks));
    await this.#next();
  }

  /** All of it at once, as a machine that loses its power. */
  kill(): void {
    process.kill(-(this.#process.pid ?? 0), 'SIGKILL');
  }

  #next(): Promise<string[]> {
    const [answer] = this.#answers.splice(0, 1);
    return answer === undefined ? new Promise((resolve) => (this.#waiting = resolve)) : Promise.resolve(answer);
  }

  #read(text: string): void {
    this.#said = (this.#said + text).replace(/^(?:\0token\0)*/, '');
    const words = this.#said.split('\0');
    for (; words.length > 3;) {
      const answer = words.splice(0, 3);
      // It says by itself which server it is.
      if (answer[0] === '0') continue;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting === null) this.#answers.push(answer);
      else waiting(answer);
    }
    this.#said = words.join('\0');
  }
}

describe('locks in a shell without flock', () => {
  let dir: TempDir;
  let bin: string;
  let lock: string;
  const keepers: Keeper[] = [];
  const keeper = (): Keeper => {
    const made = new Keeper(bin);
    keepers.push(made);
    return made;
  };

  beforeAll(async () => {
    dir = await makeTempDir();
    bin = join(dir.path, 'bin');
    mkdirSync(bin);
    execFileSync('busybox', [
      'sh',
      '-c',
      'for name in $(busybox --list); do ln -s "$0" "$1/$name"; done',
      '/usr/bin/busybox',
      bin,
    ]);
    lock = join(dir.path, 'lock');
    writeFileSync(lock, '');
  });

  afterAll(async () => {
    for (const each of keepers) each.kill();
    await dir.remove();
  });

  test('are held by one at a time, however many ask at once, and leave nothing', async () => {
    const inside = join(dir.path, 'inside');
    let held = 0;
    const one = async (): Promise<void> => {
      const own = keeper();
      for (let round = 0; round < 15; round += 1) {
        const answer = await own.take('exclusive', lock);
        expect(['held', 'busy']).toContain(answer);
        if (answer !== 'held') continue;
        // Fails when another is inside.
        mkdirSync(inside);
        held += 1;
        await new Promise((resolve) => setImmediate(resolve));
        rmdirSync(inside);
        await own.release();
      }
    };
    await Promise.all(Array.from({ length: 5 }, one));
    expect(held).toBeGreaterThan(0);
    expect(readdirSync(dir.path).toSorted()).toEqual(['bin', 'lock']);
  });

  test('are shared by readers and keep writers out', async () => {
    const [first, second, writer] = [keeper(), keeper(), keeper()];
    expect(await first.take('shared', lock)).toBe('held');
    expect(await second.take('shared', lock)).toBe('held');
    expect(await writer.take('exclusive', lock)).toBe('busy');
    await first.release();
    expect(await writer.take('exclusive', lock)).toBe('busy');
    await second.release();
    expect(await writer.take('exclusive', lock)).toBe('held');
    expect(await first.take('shared', lock)).toBe('busy');
    await writer.release();
  });

  test('of a process that was killed are nobody’s', async () => {
    const [first, second] = [keeper(), keeper()];
    expect(await first.take('exclusive', lock)).toBe('held');
    expect(await second.take('exclusive', lock)).toBe('busy');
    first.kill();
    await expect.poll(() => second.take('exclusive', lock)).toBe('held');
    await second.release();
    expect(readdirSync(dir.path).toSorted()).toEqual(['bin', 'lock']);
  });
});
