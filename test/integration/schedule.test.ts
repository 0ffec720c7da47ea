import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import type { Answer } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
import { withBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { wholeTreeOf } from '../support/tree.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const subject = new Backup(join(dir.path, 'a b'), { mode: 'none', more: drive('stick') });
const { sandbox } = subject;
const units = join(sandbox.home, '.config/systemd/user');
const bin = join(dir.path, 'bin');
const log = join(dir.path, 'systemctl.log');
mkdirSync(bin);
/*
 * A fake: a systemd of its own that is booted for a test would change the machine that it runs on. It notes what it was told,
 * says that units are enabled once `enable` was called, and fails when it is told to.
 */
writeFileSync(
  join(bin, 'systemctl'),
  `#!/bin/sh
echo "$*" >>${log}
case $* in
  *is-enabled*) grep -q ' enable ' ${log};;
  *enable*) if [ -e ${dir.path}/broken ]; then echo 'Failed to connect to bus' >&2; exit 1; fi;;
esac
`,
  { mode: 0o755 },
);

function drive(name: string): string {
  return `[volumes.${name}]
mount.device-uuid = "${UUID}"
mount.encryption.type = "luks"
[syncs.to-${name}]
source = "laptop:Documents"
destination = "${name}:documents"
[credentials]
provider = "prompt"
`;
}

beforeEach(() => {
  writeFileSync(log, '');
  rmSync(join(dir.path, 'broken'), { force: true });
});

/** Where systemd seems to be at work: sd_booted(3) looks for a folder in /run, which is this process's own here. */
function booted(...args: string[]): Answer {
  const prepare = 'mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && exec "$@"';
  const path = `PATH=${bin}:${process.env['PATH'] ?? ''}`;
  return sandbox.nbkpThrough(['unshare', '--mount', 'sh', '-c', prepare, 'sh', 'env', path], 'schedule', ...args);
}

const told = (): string[] => readFileSync(log, 'utf8').trim().split('\n');

describe('schedule show', () => {
  it.each([
    ['user', []],
    ['system', ['--system', '--every', '36h']],
  ])('makes units of the %s that systemd itself finds nothing wrong with', (scope, flags) => {
    const answer = sandbox.nbkp('schedule', 'show', '--json', ...flags);
    const document = JSON.parse(answer.stdout) as ScheduleDocument;
    expect(schemaErrors('schedule', document)).toEqual([]);
    const folder = join(dir.path, scope);
    mkdirSync(folder);
    const paths = document.files.map(({ path, text }) => {
      writeFileSync(join(folder, basename(path)), text);
      return join(folder, basename(path));
    });
    const verified = paths.filter((path) => !path.endsWith('.rules'));
    const env = { ...process.env, XDG_RUNTIME_DIR: folder };
    const said = execFileSync('systemd-analyze', [`--${scope}`, 'verify', ...verified], { env, encoding: 'utf8' });
    expect(said).toBe('');
    expect(verified.map((path) => basename(path)).sort()).toEqual([
      'nbkp-plugged-stick.service',
      'nbkp.service',
      'nbkp.timer',
    ]);
    expect(answer.stderr).toContain('timer-without-credentials');
    expect(existsSync(units)).toBe(false);
  });

  /** What systemd says that the service of a spec is exposed to, from 0 to 10. */
  function exposure(...flags: string[]): number {
    const { files } = JSON.parse(sandbox.nbkp('schedule', 'show', '--json', ...flags).stdout) as ScheduleDocument;
    const service = join(dir.path, 'nbkp.service');
    writeFileSync(service, files.find(({ path }) => path.endsWith('/nbkp.service'))?.text ?? '');
    const words = ['--offline=true', '--json=short', 'security', service];
    const { stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
    const rows = JSON.parse(stdout) as { exposure: string | null }[];
    const [total = ''] = spawnSync('systemd-analyze', ['--offline=true', 'security', service], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.includes('Overall exposure'));
    expect(rows.length).toBeGreaterThan(50);
    return Number(/: ([\d.]+) /.exec(total)?.[1]);
  }

  it('confines the service as far as backups allow, and no further where commands of the spec need rights', () => {
    expect(exposure('--system')).toBeLessThanOrEqual(4);
    const closed = sandbox.nbkp('schedule', 'show', '--system').stdout;
    expect(closed).toContain('NoNewPrivileges=yes');
    expect(closed).not.toMatch(/ReadWritePaths|MemoryDenyWriteExecute/);
    try {
      subject.respec({ mode: 'none', sync: 'before = [["sudo", "-n", "true"]]', more: drive('stick') });
      const open = sandbox.nbkp('schedule', 'show', '--system').stdout;
      expect(open).not.toMatch(/NoNewPrivileges|CapabilityBoundingSet|SystemCallFilter/);
      expect(open).toContain('# No further, because the spec has commands of its own.');
      expect(open).toContain('ProtectKernelModules=yes');
      // In a user's manager each of these would imply NoNewPrivileges, or a namespace in which others' files are nobody's.
      expect(sandbox.nbkp('schedule', 'show').stdout).not.toMatch(/Protect|Restrict|LockPersonality|SystemCall/);
    } finally {
      subject.respec({ mode: 'none', more: drive('stick') });
    }
  });

  it('tries again what found no power or another run at work, and nothing else', () => {
    const text = sandbox.nbkp('schedule', 'show').stdout;
    expect(text).toMatch(/^ *ExecStart=.* --keep-awake --only-on-power$/m);
    expect(text).toMatch(/^ *Restart=on-failure$/m);
    expect(text).toMatch(/^ *RestartPreventExitStatus=1 3 4 64 65 130 143$/m);
    expect(text).not.toContain('ConditionACPower');
    try {
      subject.respec({ mode: 'none', more: `${drive('stick')}[policy]\non-battery = "skip"\n` });
      expect(sandbox.nbkp('schedule', 'show').stdout).not.toContain('--only-on-power');
    } finally {
      subject.respec({ mode: 'none', more: drive('stick') });
    }
  });

  it('hands variables on as they are, whatever is in them', () => {
    const state = join(dir.path, 'a $HOME %h "quoted" \\back');
    const { files } = JSON.parse(
      sandbox.nbkpWith({ NBKP_STATE_DIR: state }, 'schedule', 'show', '--json').stdout,
    ) as ScheduleDocument;
    const text = files.find(({ path }) => path.endsWith('/nbkp.service'))?.text ?? '';
    const line = /^Environment="NBKP_STATE_DIR=(.*)"$/m.exec(text)?.[1] ?? '';
    expect(line.replaceAll('%%', '%').replace(/\\(["\\])/g, '$1')).toBe(state);
  });

  it('starts a run when the drive appears: by udev for the system, by the unit of the device for a user', () => {
    const rule = sandbox.nbkp('schedule', 'show', '--system').stdout;
    expect(rule).toContain(
      `ENV{ID_FS_UUID}=="${UUID}", TAG+="systemd", ENV{SYSTEMD_WANTS}+="nbkp-plugged-stick.service"`,
    );
    const [device = ''] = execFileSync('systemd-escape', ['--path', '--suffix=device', `/dev/disk/by-uuid/${UUID}`], {
      encoding: 'utf8',
    }).split('\n');
    expect(sandbox.nbkp('schedule', 'show').stdout).toContain(`WantedBy=${device}\n`);
  });

  it('prints an agent for launchd that is a property list, and a line for cron', () => {
    const plist = join(dir.path, 'agent.plist');
    writeFileSync(plist, sandbox.nbkp('schedule', 'show', '--format', 'launchd', '--every', '2h').stdout);
    const read = 'import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))';
    const agent = JSON.parse(execFileSync('python3', ['-c', read, plist], { encoding: 'utf8' })) as object;
    expect(agent).toMatchObject({ Label: 'org.nbkp.nbkp', StartInterval: 7200, Nice: 19 });
    expect(agent).toHaveProperty('ProgramArguments', expect.arrayContaining(['run', '--spec', sandbox.spec]));
    const line = sandbox.nbkp('schedule', 'show', '--format', 'cron', '--every', '4h').stdout;
    expect(line).toMatch(/^17 \*\/4 \* \* \* .*'a b\/nbkp.toml'|^17 \*\/4 \* \* \* .*a b\/nbkp.toml' /);
  });

  it('has no line for cron where the path of the spec has a line break', () => {
    const broken = join(dir.path, 'two\nlines.toml');
    writeFileSync(broken, readFileSync(sandbox.spec), { mode: 0o644 });
    const answer = sandbox.nbkp('schedule', 'show', '--format', 'cron', '--spec', broken);
    expect(answer).toMatchObject({ code: 3, stdout: '' });
    expect(answer.stderr).toContain('error[schedule-not-possible]');
  });
});

describe('schedule install', () => {
  it('names a way on where there is no systemd, and writes nothing', () => {
    const answer = sandbox.nbkpThrough(
      ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run && exec "$@"', 'sh'],
      ...['schedule', 'install', '--yes'],
    );
    expect(answer.code).toBe(4);
    expect(answer.stderr).toMatch(/no-systemd[^]*crontab -e/);
    expect(existsSync(units)).toBe(false);
  });

  it('shows what it writes, asks, and then writes just that; once more changes nothing', () => {
    const cannotConfirm = booted('install');
    expect(cannotConfirm.code).toBe(3);
    expect(cannotConfirm.stdout).toContain(`+ ${units}/nbkp.timer`);
    expect(existsSync(units)).toBe(false);
    const installed = booted('install', '--yes');
    expect(installed.code, installed.stderr).toBe(0);
    expect(installed.stderr).toContain('linger-off');
    expect(readdirSync(units).sort()).toEqual(['nbkp-plugged-stick.service', 'nbkp.service', 'nbkp.timer']);
    const [, ...calls] = told();
    expect(calls).toEqual(['--user enable --now nbkp.timer', '--user enable nbkp-plugged-stick.service']);
    writeFileSync(log, 'before: enable now\n');
    expect(booted('install', '--yes').stdout).toContain('Nothing changed');
    expect(told().filter((line) => !line.includes('is-enabled'))).toEqual(['before: enable now']);
  });

  it('does the rest when the first try ended half-way', () => {
    writeFileSync(join(dir.path, 'broken'), '');
    const broken = booted('install', '--yes');
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('schedule-command-failed') as string });
    rmSync(join(dir.path, 'broken'));
    writeFileSync(log, '');
    expect(booted('install', '--yes').code).toBe(0);
    expect(told()).toContain('--user enable --now nbkp.timer');
  });

  it('takes the unit of a drive away that the spec does not have any more', () => {
    subject.respec({ mode: 'none' });
    const answer = booted('install', '--yes');
    expect(answer.stdout).toContain('- ');
    expect(told()[0]).toBe('--user disable --now nbkp-plugged-stick.service');
    expect(readdirSync(units).sort()).toEqual(['nbkp.service', 'nbkp.timer']);
  });

  it.each([
    ['that somebody else made', '[Timer]\n', 'schedule-foreign-file'],
    ['of another spec', '# Made by nbkp schedule for "/other.toml". x\n', 'schedule-exists'],
  ])('leaves a unit alone %s, and so does remove', (_, text, code) => {
    writeFileSync(join(units, 'mine.timer'), text);
    const answer = booted('install', '--yes', '--name', 'mine');
    expect(answer).toMatchObject({ code: 3, stderr: expect.stringContaining(code) as string });
    expect(booted('remove', '--yes', '--name', 'mine').stdout).toContain('Nothing changed');
    expect(readFileSync(join(units, 'mine.timer'), 'utf8')).toBe(text);
  });
});

describe('schedule remove', () => {
  it('switches the timer off before it removes what install has made, and nothing else', () => {
    writeFileSync(join(units, 'other.service'), '[Service]\n');
    expect(booted('remove').code).toBe(3);
    const answer = booted('remove', '--yes');
    expect(answer.code, answer.stderr).toBe(0);
    expect(readdirSync(units).sort()).toEqual(['mine.timer', 'other.service']);
    expect(told()).toEqual(['--user disable --now nbkp.timer', '--user daemon-reload']);
    expect(booted('remove', '--yes').stdout).toContain('Nothing changed');
  });
});

describe('run in the environment of a unit', () => {
  it('asks nothing, needs no home and no terminal, and writes a line for each event', () => {
    subject.write({ letter: 'Dear reader' });
    const state = `NBKP_STATE_DIR=${sandbox.state}`;
    const prefix = ['env', '-i', 'PATH=/usr/local/bin:/usr/bin:/bin', 'LANG=C.UTF-8', 'COLUMNS=160', state];
    const answer = sandbox.nbkpThrough(prefix, 'run', '--spec', sandbox.spec, '--wait', '10m');
    expect(answer.code, answer.stderr).toBe(0);
    const lines = answer.stderr.trim().split('\n');
    expect(lines[0]).toMatch(/^run \S+: 1 step$/);
    expect(lines.at(-1)).toMatch(/^run \S+: ended after \d.*s$/);
    expect(lines.every((line) => /^(run \S+|documents): /.test(line))).toBe(true);
    expect(`${answer.stdout}${answer.stderr}`).not.toContain('\u001b');
    expect(readFileSync(join(subject.copy(), 'letter'), 'utf8')).toBe('Dear reader');
  });
});

describeWithMounts('what the service of the system keeps', () => {
  it('suffices for snapshots of btrfs and for files of others, of any mode and kind', async () => {
    await withBtrfs(120, async (drive) => {
      const confined = new Backup(join(dir.path, 'confined'), { mode: 'btrfs', drive: drive.path });
      confined.respec({ mode: 'btrfs', sync: 'snapshots.keep.last = 1' });
      confined.write({ 'a/file': 'of somebody', 'a/program': 'x', closed: 'x' });
      const inSource = (path: string): string => join(confined.source, path);
      execFileSync('chown', ['-R', '1234:2345', inSource('a')]);
      execFileSync('chmod', ['4755', inSource('a/program')]);
      execFileSync('chmod', ['0000', inSource('closed')]);
      execFileSync('mknod', [inSource('device'), 'c', '1', '3']);
      const unit = confined.sandbox.nbkp('schedule', 'show', '--system').stdout;
      const kept = /CapabilityBoundingSet=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
      const names = kept.map((name) => name.toLowerCase().replace('cap_', ''));
      const known = execFileSync('setpriv', ['--list-caps'], { encoding: 'utf8' }).trim().split('\n');
      const bounds = known.flatMap((name) => (names.includes(name) ? [] : [`-${name}`])).join(',');
      expect(known).toEqual(expect.arrayContaining(['chown', ...names]));
      expect(names).toContain('chown');
      const prefix = ['setpriv', '--no-new-privs', `--bounding-set=${bounds}`];
      // Twice, so that a snapshot is pruned.
      confined.recordOf(0, confined.sandbox.nbkpThrough(prefix, 'run', '--json'));
      confined.write({ more: 'x' });
      confined.recordOf(0, confined.sandbox.nbkpThrough(prefix, 'run', '--json'));
      expect(confined.snapshots()).toHaveLength(1);
      expect(await wholeTreeOf(confined.copy())).toEqual(await wholeTreeOf(confined.source));
    });
  });
});
