import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { quote } from '../../src/planner/model/quote.ts';
import type { RunOptions, Transport } from '../../src/hosts/transport/transport.ts';
import { withTempDir } from '../support/tempdir.ts';

const transport = localTransport();
const sh = (script: string, options?: RunOptions) => transport.run(['sh', '-c', script], options);

/** Ended, even if nobody has collected its exit code yet. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Runs a script and waits until it has written something, a number. */
function started(script: string, options: RunOptions = {}, by: Transport = transport) {
  let onNumber: (number: number) => void = () => undefined;
  let said = '';
  const number = new Promise<number>((resolve) => (onNumber = resolve));
  const onStdout = (chunk: Buffer): void => {
    said += String(chunk);
    onNumber(Number.parseInt(said, 10));
  };
  const result = by.run(['sh', '-c', script], { ...options, onStdout });
  return { number, result, output: () => said };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('run', () => {
  it('gives exit code, output and lines of standard error', async () => {
    const result = await sh('echo out; echo one >&2; printf two >&2; exit 3');
    expect(result).toEqual({
      code: 3,
      signal: null,
      error: null,
      timedOut: false,
      stdout: Buffer.from('out\n'),
      stderr: ['one', 'two'],
    });
  });

  it('passes arguments on as they are, without a shell', async () => {
    const words = ['$HOME', '`id`', "it's", 'a\nb', '*', '', '-n', '"'];
    const { stdout } = await transport.run(['printf', '%s\\0', ...words]);
    expect(stdout.toString()).toBe(words.map((word) => `${word}\0`).join(''));
  });

  it('says why a program could not be started', async () => {
    expect(await transport.run(['/no/such/program'])).toMatchObject({ code: null, error: 'ENOENT' });
    expect(await transport.run(['/'])).toMatchObject({ code: null, error: 'EACCES' });
    expect(await transport.run(['echo', 'x'.repeat(200_000)])).toMatchObject({ code: null, error: 'E2BIG' });
    expect(await transport.run(['echo', 'a\0b'])).toMatchObject({ code: null, error: 'ERR_INVALID_ARG_VALUE' });
  });

  it('gives all of a large output, collected or piece by piece', async () => {
    const megabytes = 20;
    const script = `head -c ${megabytes}000000 /dev/zero`;
    expect((await sh(script)).stdout.length).toBe(megabytes * 1_000_000);
    let seen = 0;
    const streamed = await sh(script, { onStdout: (chunk) => (seen += chunk.length) });
    expect([seen, streamed.stdout.length]).toEqual([megabytes * 1_000_000, 0]);
  });

  it('keeps the last 50 lines of standard error and hands over each', async () => {
    const lines: string[] = [];
    const { stderr } = await sh('i=0; while [ $i -lt 120 ]; do echo $i >&2; i=$((i+1)); done', {
      onStderrLine: (line) => lines.push(line),
    });
    expect([lines.length, stderr.length, stderr[0], stderr.at(-1)]).toEqual([120, 50, '70', '119']);
  });

  it('feeds standard input, and survives a process that does not read it', async () => {
    const text = 'x'.repeat(1_000_000);
    expect((await transport.run(['cat'], { stdin: text })).stdout.toString()).toBe(text);
    expect(await transport.run(['true'], { stdin: text })).toMatchObject({ code: 0, error: null });
  });

  it('gives an empty standard input when there is none', async () => {
    expect((await transport.run(['cat'])).stdout.length).toBe(0);
  });

  it('does not wait for a grandchild that keeps the pipe open, and loses nothing of the child', async () => {
    const script = 'sleep 300 & echo $!; head -c 300000 /dev/zero | tr "\\0" x; exit 4';
    const { code, stdout } = await sh(script);
    const [pid = '', rest = ''] = stdout.toString().split('\n');
    expect([code, rest.length, isAlive(Number(pid))]).toEqual([4, 300_000, true]);
    process.kill(Number(pid));
  });

  it('gives what a grandchild writes soon after the end of the child', async () => {
    await withTempDir(async (folder) => {
      // Time stands still, so that "soon" does not depend on how busy the machine is.
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const script = `(until test -e ${folder}/go; do sleep 0.01; done; echo late) & echo $$`;
      const { number, output, result } = started(script);
      const child = await number;
      while (isAlive(child)) await setImmediate();
      writeFileSync(join(folder, 'go'), '');
      await result;
      expect(output()).toBe(`${child}\nlate\n`);
    });
  });
});

describe('a sink', () => {
  it('gets no more than it takes, and all of it', async () => {
    const sink = new PassThrough();
    const said: string[] = [];
    const script = 'head -c 8000000 /dev/zero; echo done >&2';
    const result = sh(script, { sink, onStderrLine: (line) => said.push(line) });
    while (!sink.writableNeedDrain) await setImmediate();
    expect(sink.readableLength + sink.writableLength).toBeLessThan(1_000_000);
    expect(said).toEqual([]);
    let bytes = 0;
    sink.on('data', (chunk: Buffer) => (bytes += chunk.length));
    expect(await result).toMatchObject({ code: 0, stdout: Buffer.alloc(0) });
    expect(said).toEqual(['done']);
    sink.end();
    await once(sink, 'end');
    expect(bytes).toBe(8_000_000);
  });

  it('gets what a process wrote that has long ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sink = new PassThrough();
    // All of it fits into a pipe and what was read of it.
    const { pid, result } = await writingTo(sink, 100_000);
    while (!sink.writableNeedDrain || isAlive(pid)) await setImmediate();
    for (let second = 0; second < 60; second += 1) {
      vi.advanceTimersByTime(1000);
      await setImmediate();
    }
    const chunks: Buffer[] = [];
    sink.on('data', (chunk: Buffer) => chunks.push(chunk));
    expect(await result).toMatchObject({ code: 0 });
    sink.end();
    await once(sink, 'end');
    expect(Buffer.concat(chunks)).toHaveLength(100_000);
  });

  it('keeps no process that is told to end', async () => {
    const sink = new PassThrough();
    const stop = new AbortController();
    const result = sh('yes', { sink, signal: stop.signal });
    while (!sink.writableNeedDrain) await setImmediate();
    stop.abort();
    expect(await result).toMatchObject({ signal: 'SIGTERM' });
  });
});

/** Starts what tells its number and then writes so many bytes. */
async function writingTo(sink: PassThrough, bytes: number) {
  let told: (pid: number) => void = () => undefined;
  const pid = new Promise<number>((resolve) => (told = resolve));
  const script = `echo $$ >&2; exec head -c ${bytes} /dev/zero`;
  const result = sh(script, { sink, onStderrLine: (line) => told(Number(line)) });
  return { pid: await pid, result };
}

describe('ending a process', () => {
  it('ends the whole group gently when it is aborted', async () => {
    const abort = new AbortController();
    const { number, result } = started('trap "echo caught >&2; exit 20" TERM; sleep 300 & echo $!; wait', {
      signal: abort.signal,
    });
    const grandchild = await number;
    abort.abort();
    expect(await result).toMatchObject({ code: 20, signal: null, stderr: ['caught'] });
    await expect.poll(() => isAlive(grandchild)).toBe(false);
  });

  it('ends a process at once of which nothing more is wanted, whatever it does about SIGTERM', async () => {
    const enough = new AbortController();
    const { number, result } = started("trap '' TERM; echo $$; sleep 1000", { enough: enough.signal });
    const pid = await number;
    enough.abort();
    expect(await result).toMatchObject({ code: null, signal: 'SIGKILL', error: null });
    expect(isAlive(pid)).toBe(false);
  });

  it('does not start anything once it is aborted', async () => {
    expect(await sh('true', { signal: AbortSignal.abort() })).toMatchObject({ code: null, error: 'ECANCELED' });
  });

  it('ends all groups at once with killAll, also those that ignore SIGTERM', async () => {
    const abort = new AbortController();
    const own = localTransport();
    const { number, result } = started(
      'trap "" TERM; sleep 300 & echo $!; wait; sleep 300',
      { signal: abort.signal },
      own,
    );
    const grandchild = await number;
    abort.abort();
    own.killAll();
    expect(await result).toMatchObject({ code: null, signal: 'SIGKILL' });
    await expect.poll(() => isAlive(grandchild)).toBe(false);
  });

  it('says when a process took too long', async () => {
    expect(await sh('sleep 300', { timeoutMs: 50 })).toMatchObject({ code: null, signal: 'SIGTERM', timedOut: true });
    const month = 30 * 24 * 60 * 60 * 1000;
    for (const timeoutMs of [60_000, month]) {
      expect(await sh('sleep 0.1; exit 5', { timeoutMs })).toMatchObject({ code: 5, timedOut: false });
    }
  });

  it('kills what ignores the SIGTERM of a timeout', async () => {
    // Time passes when the process is ready for it.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { number, result } = started('trap "" TERM; echo $$; while :; do sleep 0.1; done', { timeoutMs: 50 });
    const pid = await number;
    vi.advanceTimersByTime(50);
    expect(isAlive(pid)).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(await result).toMatchObject({ code: null, signal: 'SIGKILL', timedOut: true });
  });

  it('runs each process in a group of its own, out of reach of the Ctrl-C of our terminal', async () => {
    const { stdout } = await sh('ps -o pgid= -p $$; echo $$');
    const [group = '', pid = ''] = stdout.toString().trim().split('\n');
    expect(group.trim()).toBe(pid);
  });
});

describe('quote', () => {
  it.each(['sh', 'bash', 'busybox sh'])('makes a word that %s reads back', (shell) => {
    const words = [
      '',
      "it's",
      "''",
      '$HOME `id` "x" \\',
      'a\nb',
      '*',
      '-n',
      ' ',
      'é\u{1f600}',
      '~',
      '!x',
      '#',
      '{a,b}',
    ];
    const [program = '', ...args] = shell.split(' ');
    const script = `printf '%s\\0' ${words.map(quote).join(' ')}`;
    expect(spawnSync(program, [...args, '-c', script]).stdout.toString()).toBe(
      words.map((word) => `${word}\0`).join(''),
    );
  });
});
