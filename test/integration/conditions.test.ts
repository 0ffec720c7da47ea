import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import type { Answer } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const more = (onBattery: string): string => `[policy]\non-battery = "${onBattery}"\nmetered = "skip"`;
const subject = new Backup(dir.path, { mode: 'none', more: more('skip') });
subject.write({ letter: 'Dear reader' });

/**
 * A machine with that power supply, in a mount namespace of its own. busctl is a fake: no NetworkManager can be started for a
 * test, and what it says is what NetworkManager would.
 */
function onMachine(supply: Record<string, string>, metered: number | null, ...args: string[]): Answer {
  const supplies = join(dir.path, 'supplies');
  mkdirSync(join(supplies, 'S0'), { recursive: true });
  for (const [file, text] of Object.entries(supply)) writeFileSync(join(supplies, 'S0', file), `${text}\n`);
  const bin = join(dir.path, 'bin');
  mkdirSync(bin, { recursive: true });
  const answer = metered === null ? 'exit 1' : `echo u ${metered}`;
  writeFileSync(join(bin, 'busctl'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
  const script = `mkdir -p /sys/class/power_supply && mount --bind ${supplies} /sys/class/power_supply && exec "$@"`;
  const path = `PATH=${bin}:${process.env['PATH'] ?? ''}`;
  return subject.sandbox.nbkpThrough(['unshare', '--mount', 'sh', '-c', script, 'sh', 'env', path], ...args);
}

const BATTERY = { type: 'Battery', status: 'Discharging' };

describe('a run on battery', () => {
  it('skips what the policy says waits, with that reason, and is no error', () => {
    const answer = onMachine(BATTERY, null, 'run', '--json');
    expect(answer.code, answer.stderr).toBe(0);
    const [sync] = (JSON.parse(answer.stdout) as RunRecord).syncs;
    expect(sync).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('on battery') as string });
  });

  it('runs what waits when a person says so once, as the skipped plan tells them to', () => {
    const told = onMachine(BATTERY, null, 'apply', '--yes');
    expect(told.code, told.stderr).toBe(0);
    expect(told.stdout.replaceAll(/\s+/g, ' ')).toContain('nbkp apply --ignore-conditions');
    const answer = onMachine(BATTERY, null, 'apply', '--yes', '--json', '--ignore-conditions');
    expect((JSON.parse(answer.stdout) as RunRecord).syncs[0]?.outcome).toBe('succeeded');
  });

  it('runs a plan as it was shown, which was made to ignore the battery', () => {
    const file = join(dir.path, 'battery.plan');
    expect(onMachine(BATTERY, null, 'plan', '--ignore-conditions', '--out', file).code).toBe(0);
    const answer = onMachine(BATTERY, null, 'apply', file, '--yes', '--json');
    expect((JSON.parse(answer.stdout) as RunRecord).syncs[0]?.outcome, answer.stderr).toBe('succeeded');
  });

  it.each([
    ['the cable is plugged in', { type: 'Mains', online: '1' }],
    ['only the battery of a mouse is empty', { ...BATTERY, scope: 'Device' }],
    ['the battery is being charged', { type: 'Battery', status: 'Charging' }],
  ])('is none when %s', (_, supply) => {
    const facts = JSON.parse(
      onMachine({ online: '', status: '', scope: '', ...supply }, 3, 'facts', 'export').stdout,
    ) as Facts;
    expect(facts.hosts['local']).toMatchObject({ conditions: { onBattery: false, metered: true } });
  });

  it('does not begin with --only-on-power, which a timer uses, and is tried again by its exit code', () => {
    const answer = onMachine(BATTERY, null, 'run', '--only-on-power', '--json');
    expect(answer.code, answer.stderr).toBe(75);
    expect(JSON.parse(answer.stdout)).toMatchObject({ findings: [{ code: 'on-battery' }] });
    expect(onMachine({ type: 'Mains', online: '1' }, null, 'run', '--only-on-power').code).toBe(0);
  });

  it('is like any other where the policy does not ask', () => {
    subject.respec({ mode: 'none' });
    const answer = onMachine(BATTERY, 1, 'run', '--json');
    expect((JSON.parse(answer.stdout) as RunRecord).syncs[0]?.outcome).toBe('succeeded');
  });
});

describe('a run that keeps the machine awake', () => {
  const bin = join(dir.path, 'awake');
  const pid = join(dir.path, 'holder');
  const seen = join(dir.path, 'seen');
  mkdirSync(bin);
  // A fake: it notes its process and does what systemd-inhibit does, without a login manager, which a test cannot start.
  writeFileSync(
    join(bin, 'systemd-inhibit'),
    `#!/bin/sh\nprintf '%s\\n' "$@" >${pid}.words\necho $$ >${pid}\nwhile [ "$1" != cat ]; do shift; done\nexec "$@"\n`,
    { mode: 0o755 },
  );
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const untilHeld = `while ! [ -s ${pid} ]; do sleep 0.05; done`;

  it('holds it for as long as it works, and lets go', () => {
    subject.respec({
      mode: 'none',
      sync: `before = [["sh", "-c", "${untilHeld}; kill -0 $(cat ${pid}) && touch ${seen}"]]`,
    });
    const answer = subject.sandbox.nbkpWith(env, 'run', '--keep-awake');
    expect(answer.code, answer.stderr).toBe(0);
    expect(existsSync(seen)).toBe(true);
    expect(readFileSync(`${pid}.words`, 'utf8').split('\n')).toContain('--what=sleep');
    expect(isAlive()).toBe(false);
  });

  it('lets go when it is killed', async () => {
    writeFileSync(pid, '');
    subject.respec({ mode: 'none', sync: `before = [["sh", "-c", "${untilHeld}; kill -9 $PPID"]]` });
    const killed = await subject.sandbox.start(['run', '--keep-awake'], env).ended;
    expect(killed.signal).toBe('SIGKILL');
    await expect.poll(isAlive).toBe(false);
  });

  it('goes on where the machine cannot be told so', () => {
    subject.respec({ mode: 'none' });
    writeFileSync(join(bin, 'systemd-inhibit'), '#!/bin/sh\necho Access denied >&2\nexit 1\n');
    const answer = subject.sandbox.nbkpWith(env, 'run', '--keep-awake');
    expect(answer.code, answer.stderr).toBe(0);
  });

  function isAlive(): boolean {
    return existsSync(`/proc/${readFileSync(pid, 'utf8').trim()}`);
  }
});
