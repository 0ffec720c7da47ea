import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { SshTransport } from '../../src/hosts/transport/ssh/transport.ts';
import { endpoints } from '../support/ssh/endpoints.ts';
import { HAS_SMALL_BOXES } from '../support/ssh/machine.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer, runningOn, until } from '../support/ssh/server.ts';
import { Transports } from '../support/ssh/transports.ts';

const SSH = endpoints({
  hub: { host: 'hub.road' },
  small: { host: 'hub.road', port: 2222 },
  box: { host: 'hub.road', port: 2200 },
});
/** Busybox has the shell and the tools. */
const SMALL = `mkdir /run/small
for applet in $(busybox --list); do ln -sf "$(which busybox)" /run/small/$applet; done`;

describeWithNetwork('a session that stands', () => {
  let lab: LaptopAndServer;
  let transports: Transports;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    await lab.hub.must(SMALL);
    await lab.hub.startSshd({ port: 2222, config: ['SetEnv PATH=/run/small TMOUT=1'] });
    lab.laptop.know(lab.hub, '[hub.road]:2222');
    await lab.hub.startSmallBox(2200);
    lab.laptop.know(lab.hub, '[hub.road]:2200');
    transports = new Transports(lab, SSH);
  });

  afterEach(() => transports.close());

  afterAll(() => lab.stop());

  /** The shell that runs what is run there. */
  async function shellOf(hub: SshTransport, alone = false): Promise<string> {
    return (await hub.run(['sh', '-c', 'echo $PPID'], { alone })).stdout.toString().trim();
  }

  async function isQuiet(): Promise<void> {
    expect(new Set(await runningOn(lab.hub))).toEqual(new Set(['sleep', 'sshd', 'dropbear']));
  }

  test('runs one after the other; what may leave others behind, what is long and what is read slowly, alone', async () => {
    const { hub } = await transports.connect('hub');
    const shell = await shellOf(hub);
    expect([await shellOf(hub), await shellOf(hub)]).toEqual([shell, shell]);
    expect(await shellOf(hub, true)).not.toBe(shell);
    const long = 'x'.repeat(100_000);
    const { stdout } = await hub.run(['sh', '-c', 'echo $PPID; wc -c'], { stdin: long });
    expect(stdout.toString().split('\n')).toEqual([expect.not.stringContaining(shell), '100000', '']);
    const left = await hub.run(['sh', '-c', '(sleep 1; echo late) & echo early'], { alone: true });
    expect(left).toMatchObject({ code: 0 });
    expect(await shellOf(hub)).toBe(shell);
  });

  test.each(['hub', 'small'])(
    'tells what each wrote from what the next one does, whatever it is (%s)',
    async (name) => {
      const { hub } = await transports.connect(name);
      const shell = await shellOf(hub);
      const large = randomBytes(10 * 1024 * 1024);
      writeFileSync(join(lab.hub.home, 'large'), large);
      const bytes = Buffer.from([...Array(256).keys()].reverse());
      const cases: [words: string, stdin: string | Buffer | undefined, out: Buffer, err: string[]][] = [
        ['printf "no end"; printf "none here" >&2; exit 7', undefined, Buffer.from('no end'), ['none here']],
        ['cat', bytes, bytes, []],
        [
          'cat; printf "\\0nbkp-\\0" >&2',
          `it's\n\nlines $(false) \\`,
          Buffer.from(`it's\n\nlines $(false) \\`),
          ['\0nbkp-\0'],
        ],
        ['printf "\\0nbkp-"', undefined, Buffer.from('\0nbkp-'), []],
        [`cat ${lab.hub.home}/large; echo said >&2`, undefined, large, ['said']],
        ['true', undefined, Buffer.alloc(0), []],
      ];
      for (const [words, stdin, out, err] of cases) {
        const said: string[] = [];
        const options = { onStderrLine: (line: string) => said.push(line), ...(stdin === undefined ? {} : { stdin }) };
        const { code, stdout, stderr } = await hub.run(['sh', '-c', words], options);
        expect({ words, code, same: stdout.equals(out), stderr, said }).toEqual({
          ...{ words, code: words.includes('exit') ? 7 : 0, same: true, stderr: err, said: err },
        });
      }
      expect(await shellOf(hub)).toBe(shell);
      // Longer than the server's TMOUT.
      expect(await hub.run(['sh', '-c', 'sleep 1.5; echo there'])).toMatchObject({
        code: 0,
        stdout: Buffer.from('there\n'),
      });
      expect(await shellOf(hub)).toBe(shell);
    },
  );

  test('that is killed ends what it runs, and says so; one that stands by is missed by nobody', async () => {
    const { hub } = await transports.connect('hub');
    const shell = await shellOf(hub);
    const running = hub.run(['sh', '-c', 'echo begun; sleep 1004']);
    await until(lab.hub, `ps -e -o args= | grep -q '^sleep 1004$'`);
    await lab.hub.must(`kill -9 ${shell}`);
    expect(await running).toMatchObject({ code: 255, error: null, stdout: Buffer.from('begun\n') });
    await until(lab.hub, `! ps -e -o stat=,args= | grep -v ^Z | grep -q 'sleep [1]004'`);
    const next = await shellOf(hub);
    expect(next).not.toBe(shell);
    await lab.hub.must(`kill -9 ${next}`);
    expect(await hub.run(['sh', '-c', 'echo there'])).toMatchObject({ code: 0, stdout: Buffer.from('there\n') });
    // Whatever kills a process itself is its own end.
    expect(await hub.run(['sh', '-c', 'kill -9 $$'])).toMatchObject({ code: 137, error: null });
  });

  test.each(['hub', 'small', 'box'])('may be begun before anybody needs it (%s)', async (name) => {
    const { hub } = await transports.connect(name, true);
    // It has said that it takes orders by then, or has not: both are well.
    const [early, stdin] = [await shellOf(hub), "it's\n\nlines $(false) \\"];
    expect(await hub.run(['cat'], { stdin })).toMatchObject({ code: 0, stdout: Buffer.from(stdin), stderr: [] });
    expect(await shellOf(hub)).toBe(early);
    const stop = new AbortController();
    const { hub: another } = await transports.connect(name, true);
    stop.abort();
    expect(await another.run(['true'], { signal: stop.signal })).toMatchObject({ error: 'ECANCELED' });
    const told = new AbortController();
    const running = another.run(['sleep', '1007'], { signal: told.signal });
    told.abort();
    expect((await running).code).not.toBe(0);
    expect(await another.run(['echo', 'there'])).toMatchObject({ code: 0, stdout: Buffer.from('there\n') });
    // One that nobody has needed.
    await transports.connect(name, true);
    await transports.close();
    await vi.waitFor(isQuiet, { timeout: 120_000 });
  });

  test('that is told to end takes along what it runs, and no other', async () => {
    const { hub } = await transports.connect('hub');
    const stop = new AbortController();
    // Where one session at a time is all that a server is good for.
    const beside = HAS_SMALL_BOXES ? (await transports.connect('hub')).hub : hub;
    const told = hub.run(['sh', '-c', 'trap "echo saved; exit 3" TERM; sleep 1005 & wait'], { signal: stop.signal });
    const other = beside.run(['sh', '-c', 'sleep 1005; echo "not yet"']);
    await until(lab.hub, `test "$(ps -e -o args= | grep -c '^sleep 1005$')" = 2`);
    stop.abort();
    const { code, stdout } = await told;
    expect(stdout.toString()).toBe('saved\n');
    // busybox forgets how a child ended that did so while a signal came.
    expect(HAS_SMALL_BOXES ? [3, 143] : [3]).toContain(code);
    expect(await lab.hub.must(`ps -e -o args= | grep -c '^sleep 1005$'`)).toBe('1');
    await lab.hub.must('pkill -9 -x -f "sleep 1005"');
    expect(await other).toMatchObject({ code: 0, stdout: Buffer.from('not yet\n') });
    expect(await hub.run(['true'], { signal: stop.signal })).toMatchObject({ error: 'ECANCELED' });
    await transports.close();
    await vi.waitFor(isQuiet, { timeout: 120_000 });
  });

  test('takes no lock along where the server is dropbear, which has one group of processes for all of a connection', async () => {
    const { hub } = await transports.connect('box');
    const { hub: another } = await transports.connect('box');
    const file = { path: join(lab.hub.home, 'lock'), mode: 'exclusive' as const };
    const holder = { pid: 7, host: 'laptop', startedAt: '2026-03-01T00:00:00.000Z', command: 'nbkp run', run: 'r' };
    expect(await hub.lock(file, holder)).toMatchObject({ state: 'held' });
    for (const alone of [false, true]) {
      const stop = new AbortController();
      const told = hub.run(['sh', '-c', 'sleep 1006 & sleep 1006'], { alone, signal: stop.signal });
      await until(lab.hub, `test "$(ps -e -o args= | grep -c '^sleep 1006$')" = 2`);
      stop.abort();
      expect(await told).toMatchObject({ code: 143 });
      await until(lab.hub, `! ps -e -o stat=,args= | grep -v ^Z | grep -q 'sleep [1]006'`);
      expect(await hub.run(['true'], { alone })).toMatchObject({ code: 0 });
      expect(await another.lock(file, holder)).toMatchObject({ state: 'busy', holder });
    }
  });
});
