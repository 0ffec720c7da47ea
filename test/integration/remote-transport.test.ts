import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LockHolder } from '../../src/planner/model/event.ts';
import type { TracedCommand } from '../../src/planner/model/traced-command.ts';
import { traceCommands } from '../../src/hosts/transport/trace.ts';
import { endpoints } from '../support/ssh/endpoints.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { HAS_SMALL_BOXES } from '../support/ssh/machine.ts';
import { LaptopAndServer, until } from '../support/ssh/server.ts';
import { Transports } from '../support/ssh/transports.ts';
import { NASTY_NAMES } from '../support/tempdir.ts';

const SSH = endpoints({ hub: { host: 'hub.road' }, small: { host: 'hub.road', port: 2222 } });
const HOLDER: LockHolder = {
  pid: 7,
  host: 'laptop',
  startedAt: '2026-03-01T00:00:00.000Z',
  command: 'nbkp run',
  run: 'r',
};
const OTHER = { ...HOLDER, host: `it's "another"` };

/** Busybox in place of coreutils and sh; what is no applet of it is there as it is. */
const SMALL = `mkdir /run/small
for applet in $(busybox --list); do ln -sf "$(which busybox)" /run/small/$applet; done
for tool in rsync flock; do ln -sf "$(which $tool)" /run/small/$tool; done`;

describeWithNetwork('a server', () => {
  let lab: LaptopAndServer;
  let transports: Transports;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    await lab.hub.must(SMALL);
    await lab.hub.startSshd({ port: 2222, config: ['SetEnv PATH=/run/small RSYNC_PROXY=nobody'] });
    lab.laptop.know(lab.hub, '[hub.road]:2222');
    transports = new Transports(lab, SSH);
  });

  afterEach(() => transports.close());

  afterAll(() => lab.stop());

  const connect = (name = 'hub') => transports.connect(name);

  test.each(['hub', 'small'])('gets each word as it is, whatever is in it (%s)', async (name) => {
    const { hub } = await connect(name);
    const word = fc.oneof(fc.constantFrom(...NASTY_NAMES), fc.string({ unit: 'grapheme' }));
    const words = fc.array(
      word.filter((text) => !text.includes('\0')),
      { maxLength: 20 },
    );
    const property = fc.asyncProperty(words, async (argv) => {
      const { stdout, code } = await hub.run(['printf', '%s\\0', '', ...argv]);
      expect({ code, words: stdout.toString('utf8').split('\0').slice(1, -1) }).toEqual({ code: 0, words: argv });
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test('tells how a process ended, and does not take its exit code 255 for a lost connection', async () => {
    const { hub } = await connect();
    expect(await hub.run(['sh', '-c', 'echo out; echo err >&2; exit 255'])).toMatchObject({
      code: 255,
      error: null,
      stderr: ['err'],
      stdout: Buffer.from('out\n'),
    });
    expect(await hub.run(['sleep', '60'], { timeoutMs: 300 })).toMatchObject({ timedOut: true });
    await until(lab.hub, `! ps -e -o stat=,args= | grep -v ^Z | grep -q 'sleep [6]0$'`);
  });

  test('is named in the trace, with the command that was run there', async () => {
    const { hub } = await connect();
    const traced: TracedCommand[] = [];
    traceCommands((command) => traced.push(command));
    await hub.run(['sh', '-c', 'echo out; exit 3']);
    traceCommands(null);
    expect(traced).toMatchObject([
      { host: 'ssh:hub', argv: ['sh', '-c', 'echo out; exit 3'], end: 3, bytes: { out: 4, err: 0 } },
    ]);
  });

  test.each(['hub', 'small'])('runs several in one session, up to the first that fails (%s)', async (name) => {
    const { hub } = await connect(name);
    const traced: TracedCommand[] = [];
    const said: string[] = [];
    const commands = [
      ['sh', '-c', 'printf "no end" >&2'],
      ['sh', '-c', 'echo "$1"; echo more >&2', 'sh', NASTY_NAMES.join(' ')],
      ['sh', '-c', 'echo wrong >&2; exit 255'],
      ['touch', `${lab.hub.home}/never`],
    ];
    traceCommands((command) => traced.push(command));
    const { index, result } = (await hub.runInOrder?.(commands, { onStderrLine: (line) => said.push(line) })) ?? {};
    traceCommands(null);
    expect([index, result?.code, result?.stderr]).toEqual([2, 255, ['wrong']]);
    expect(said).toEqual(['no end', 'more', 'wrong']);
    expect(traced.map(({ host, argv, end }) => [host, argv, end])).toEqual([
      ['ssh:' + name, commands[0], 0],
      ['ssh:' + name, commands[1], 0],
      ['ssh:' + name, commands[2], 255],
    ]);
    expect(await lab.hub.must('ls ~')).not.toContain('never');
    const all = await hub.runInOrder?.([['true'], ['sh', '-c', 'cat']]);
    expect(all).toMatchObject({ index: 1, result: { code: 0, stderr: [] } });
  });

  test('begins no further one when it is told to end', async () => {
    const { hub } = await connect();
    const stop = new AbortController();
    const commands = [
      ['sleep', '1003'],
      ['touch', `${lab.hub.home}/never`],
    ];
    const told = hub.runInOrder?.(commands, { signal: stop.signal });
    await until(lab.hub, `ps -e -o args= | grep -q '^sleep 1003$'`);
    stop.abort();
    expect(await told).toMatchObject({ index: 0, result: { code: 143 } });
    const left = hub.runInOrder?.(commands);
    await until(lab.hub, `ps -e -o args= | grep -q '^sleep 1003$'`);
    await lab.breakConnections();
    expect(await left).toMatchObject({ index: 0, result: { error: 'ENOTCONN' } });
    await until(lab.hub, '! ps -e -o stat=,args= | grep -v ^Z | grep -q "sleep [1]003"');
    expect(await lab.hub.must('ls ~')).not.toContain('never');
  });

  test('gets a passphrase on standard input and in no argv', async () => {
    const { hub } = await connect('small');
    const { stdout } = await hub.run(['sh', '-c', 'cat; ps -o args'], { stdin: "it's a $ecret" });
    expect(stdout.toString().split('$ecret')).toHaveLength(2);
  });

  test('keeps variables from rsync that would change what it does', async () => {
    const { hub } = await connect('small');
    expect((await hub.run(['env'])).stdout.toString()).toContain('RSYNC_PROXY=nobody');
    expect(await hub.run(['rsync', '--list-only', 'rsync://127.0.0.1:9/'])).toMatchObject({
      stderr: expect.arrayContaining([expect.stringContaining('127.0.0.1')]),
    });
  });

  test('ends what it runs, children too, when it is told to or the connection ends', async () => {
    const { hub } = await connect();
    const stop = new AbortController();
    const { hub: other } = await connect();
    const told = hub.run(['sh', '-c', 'sleep 1001 & sleep 1001'], { signal: stop.signal });
    const left = (HAS_SMALL_BOXES ? other : hub).run(['sh', '-c', 'sleep 1002 & sleep 1002']);
    await until(lab.hub, `test "$(ps -e -o args= | grep -c 'sleep 100[12]$')" -ge 4`);
    stop.abort();
    expect(await told).toMatchObject({ code: 143 });
    expect(await lab.hub.must('ps -e -o args= | grep -c "^sleep 100[12]"')).toBe('2');
    expect(await hub.run(['true'])).toMatchObject({ code: 0 });
    await lab.breakConnections();
    expect(await left).toMatchObject({ error: 'ENOTCONN' });
    expect(await hub.run(['true'])).toMatchObject({ error: 'ENOTCONN' });
    await until(lab.hub, '! ps -e -o stat=,args= | grep -v ^Z | grep -q "sleep [1]00"');
  });

  test('is not waited for where all has ended and each lock was given back', async () => {
    const { servers, hub } = await connect();
    const held = await hub.lock({ path: `${lab.hub.home}/given back`, mode: 'exclusive' }, HOLDER);
    expect(await hub.run(['false'])).toMatchObject({ code: 1 });
    if (held.state === 'held') await held.lock.release();
    await lab.breakConnections('STOP');
    // The clock is a fake, so that nobody gives up waiting for a server that says nothing.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await servers.close();
    } finally {
      vi.useRealTimers();
      await lab.breakConnections();
    }
  });

  test('runs more at once than it allows sessions', async () => {
    const { hub } = await connect();
    const all = await Promise.all(
      Array.from({ length: 15 }, (_, index) => hub.run(['sh', '-c', `sleep 0.1; exit ${index}`])),
    );
    expect(all.map(({ code }) => code)).toEqual(Array.from({ length: 15 }, (_, index) => index));
  });

  test.each(['hub', 'small'])('holds locks, and lets go of them with the connection (%s)', async (name) => {
    const { hub } = await connect(name);
    const { servers, hub: other } = await connect(name);
    const file = { path: `${lab.hub.home}/${name} it's a\nlock`, mode: 'exclusive' as const };
    const held = await hub.lock(file, OTHER);
    expect(held.state).toBe('held');
    expect(await other.lock(file, HOLDER)).toEqual({ state: 'busy', holder: OTHER });
    expect(await other.lock({ ...file, mode: 'shared' }, HOLDER)).toMatchObject({ state: 'busy' });
    if (held.state === 'held') await held.lock.release();
    expect(await other.lock({ ...file, mode: 'shared' }, HOLDER)).toMatchObject({ state: 'held' });
    expect(await hub.lock({ ...file, mode: 'shared' }, HOLDER)).toMatchObject({ state: 'held' });
    expect(await hub.lock(file, HOLDER)).toEqual({ state: 'busy', holder: null });
    servers.killAll();
    const waiting: (LockHolder | null)[] = [];
    const own = { ...file, path: `${lab.hub.home}/${name} own` };
    const { hub: third } = await connect(name);
    const first = await third.lock(own, OTHER);
    expect(first.state).toBe('held');
    const second = await hub.lock(own, HOLDER, {
      waitMs: 120_000,
      onWaiting: (holder) => {
        waiting.push(holder);
        if (first.state === 'held') void first.lock.release();
      },
    });
    expect({ state: second.state, waiting }).toEqual({ state: 'held', waiting: [OTHER] });
  });

  test('locks nothing but a regular file', async () => {
    const { hub } = await connect();
    await lab.hub.must('cd; mkdir dir; mkfifo fifo; ln -s "$PWD/target" link');
    const lock = (name: string) => hub.lock({ path: `${lab.hub.home}/${name}`, mode: 'exclusive' }, HOLDER);
    expect(await lock('link')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('symbolic link'),
    });
    for (const name of ['dir', 'fifo']) {
      expect(await lock(name)).toMatchObject({
        state: 'failed',
        message: expect.stringContaining('not a regular file'),
      });
    }
    expect(await lock('none/lock')).toMatchObject({ state: 'failed' });
    expect(await lab.hub.run('test -e ~/target')).toMatchObject({ code: 1 });
  });
});
