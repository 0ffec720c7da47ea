import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { untilWhile } from '../support/running.ts';
import { Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

let dir: TempDir;
let places = 0;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

beforeEach(() => {
  places += 1;
  subject = new Backup(join(dir.path, String(places)), { mode: 'hard-link' });
  subject.write({ file: '1' });
});

/** A command on a terminal of its own, which script(1) makes. */
function onTerminal(...args: string[]): Running {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const env = {
    PATH: process.env['PATH'],
    HOME: subject.sandbox.home,
    TERM: 'xterm',
    NBKP_STATE_DIR: subject.sandbox.state,
  };
  const options = { cwd: subject.sandbox.root, env: { ...env, NBKP_SPEC: subject.sandbox.spec } };
  return new Running(spawn('script', ['-qefc', words, '/dev/null'], { ...options, stdio: ['pipe', 'pipe', 'pipe'] }));
}

async function asked(...args: string[]): Promise<Running> {
  const running = onTerminal(...args);
  await isAsking(running, 'Run it? [y/N]');
  return running;
}

function isAsking(running: Running, question: string): Promise<void> {
  return untilWhile(running, () => running.stdout.includes(question));
}

function answer(running: Running, text: string): void {
  running.process.stdin?.write(`${text}\r`);
}

/** Without script(1) there is no terminal to test with. */
describe.skipIf(spawnSync('script', ['--version']).status !== 0)('apply on a terminal', () => {
  it('runs when the answer is yes', async () => {
    const running = await asked('apply');
    answer(running, 'y');
    expect((await running.ended).code).toBe(0);
    const { source, restored } = await subject.roundTrip();
    expect(restored).toEqual(source);
  });

  it.each(['', 'n', 'nonsense'])('runs nothing when the answer is %j', async (text) => {
    const running = await asked('apply');
    answer(running, text);
    expect((await running.ended).code).toBe(3);
    expect(subject.entries()).toEqual([]);
  });

  it('refuses with 3 before the first step when the world changed while it asked, and says how', async () => {
    subject.respec({ mode: 'hard-link', sync: 'before = [["touch", "begun"]]' });
    const running = await asked('apply');
    rmSync(join(subject.source, '.nbkp-src'));
    answer(running, 'y');
    const { code, stdout } = await running.ended;
    expect(code).toBe(3);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'the source sentinel of laptop:Documents was true and is now false',
    );
    expect(existsSync(join(subject.sandbox.root, 'begun'))).toBe(false);
    expect(subject.entries()).toEqual([]);
  });
});

describe.skipIf(spawnSync('script', ['--version']).status !== 0)('prepare on a terminal', () => {
  /** As before the first `prepare`. */
  function unprepared(): void {
    for (const folder of [subject.drive, subject.destination]) rmSync(join(folder, '.nbkp-dst'), { force: true });
    for (const marked of [join(subject.drive, '.nbkp-vol'), join(subject.sandbox.root, 'laptop/.nbkp-vol')]) {
      rmSync(marked);
    }
  }

  it('asks about each volume, names its device, and prepares just those that were agreed to', async () => {
    unprepared();
    const running = onTerminal('prepare');
    await isAsking(running, 'Prepare laptop? [y/N]');
    answer(running, 'y');
    await isAsking(running, 'Prepare usb? [y/N]');
    answer(running, 'n');
    const { code, stdout } = await running.ended;
    const device = execFileSync('findmnt', ['-no', 'SOURCE', '-T', subject.drive], { encoding: 'utf8' }).trim();
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`usb is ${subject.drive} on ${device} (`);
    expect([code, stdout]).toEqual([3, expect.stringContaining('Nothing was done on usb.')]);
    const marked = [join(subject.sandbox.root, 'laptop'), subject.drive].map((at) => existsSync(join(at, '.nbkp-vol')));
    expect(marked).toEqual([true, false]);
  });

  it('does nothing at all when the answers end with Ctrl-C', async () => {
    unprepared();
    const running = onTerminal('prepare');
    await isAsking(running, 'Prepare laptop? [y/N]');
    answer(running, 'y');
    await isAsking(running, 'Prepare usb? [y/N]');
    running.process.stdin?.write('\u0003');
    expect((await running.ended).code).toBe(130);
    expect(existsSync(join(subject.sandbox.root, 'laptop/.nbkp-vol'))).toBe(false);
  });

  it('refuses to prepare another folder than the one that it has shown', async () => {
    const other = `${subject.drive}-other`;
    subject.sandbox.files({ 'usb-other/x': '' });
    rmSync(join(subject.drive, '.nbkp-vol'));
    const running = onTerminal('prepare');
    await isAsking(running, 'Prepare usb? [y/N]');
    renameSync(subject.drive, `${subject.drive}-away`);
    renameSync(other, subject.drive);
    answer(running, 'y');
    const { code, stdout } = await running.ended;
    expect([code, stdout]).toEqual([3, expect.stringContaining('plan-stale')]);
    expect(existsSync(join(subject.drive, '.nbkp-vol'))).toBe(false);
  });
});
