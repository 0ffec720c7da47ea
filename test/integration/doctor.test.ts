import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DoctorDocument } from '../../src/planner/model/doctor.ts';
import { schemaErrors } from '../support/schemas.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const box = new Sandbox(dir.path);

/** Whose names nobody may see. */
const SPEC = `version = 1
[ssh.grandma-lan]
host = "grandmas-nas.example"
[volumes.attic]
ssh = ["grandma-lan"]
path = "/srv/adas-letters"
[volumes.cellar]
path = "~/love-letters"
snapshots.mode = "hard-link"
[syncs.diaries]
source = "cellar:teenage"
destination = "attic:hidden"
source-snapshot = "lvm"
`;
const SECRETS = ['grandma', 'attic', 'adas', 'cellar', 'love', 'diaries', 'teenage', 'hidden', dir.path];

/** A folder with every program of this machine but some. */
function programsWithout(...left: string[]): string {
  const bin = join(dir.path, `without-${left.join('-')}`);
  mkdirSync(bin);
  const names = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].flatMap((from) =>
    readdirSync(from).map((name) => ({ name, from })),
  );
  for (const [name, from] of new Map(names.map(({ name, from }) => [name, from])))
    if (!left.includes(name)) symlinkSync(join(from, name), join(bin, name));
  return bin;
}

const examined = (env: Record<string, string> = {}): { code: number | null; document: DoctorDocument } => {
  const { code, stdout } = box.nbkpWith(env, 'doctor', '--json');
  return { code, document: JSON.parse(stdout) as DoctorDocument };
};

describe('nbkp doctor', () => {
  it('shows build, libraries and programs, and of the spec nothing but numbers', () => {
    box.writeSpec(SPEC);
    const { code, document } = examined();
    expect(code).toBe(0);
    expect(schemaErrors('doctor', document)).toEqual([]);
    expect(document).toMatchObject({
      ok: true,
      nbkp: { build: expect.stringMatching(/^[0-9a-f]{16}$/), form: 'package' },
      system: { architecture: process.arch, node: process.version },
      spec: { state: 'valid', syncs: 1, volumes: 2, onServers: 1, drives: 0, modes: ['none'] },
    });
    expect(document.programs.find(({ name }) => name === 'rsync')?.version).toMatch(/^\d+\.\d+/);
    expect(document.libraries.map(({ name }) => name)).toContain('toml');
    const text = box.nbkp('doctor').stdout;
    expect(text).toContain('1 sync, 2 volumes, 1 on servers');
    // The user of a container may be called like a program, and root is in no text by that.
    const names = userInfo().username === 'root' ? SECRETS : [...SECRETS, userInfo().username];
    for (const secret of names) expect(text + JSON.stringify(document)).not.toContain(secret);
    expect((text + JSON.stringify(document)).split(/[^\w-]/)).not.toContain(hostname());
  });

  it('starts ssh for nothing but its version, and no other program of the network', () => {
    const trace = join(dir.path, 'trace');
    box.nbkpWith({ NBKP_TRACE: trace }, 'doctor');
    const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
    const started = lines.map(
      (line) =>
        / (?:sh -c|rsync|flock|ssh|findmnt|lsblk|udisksctl|btrfs|lvs|secret-tool|systemctl) .*$/.exec(line)?.[0],
    );
    expect(started).not.toContain(undefined);
    expect(started.filter((each) => each?.startsWith(' ssh '))).toEqual([' ssh -V']);
  });

  it('is what version --verbose shows', () => {
    expect(box.nbkp('version', '--verbose')).toEqual(box.nbkp('doctor'));
    expect(box.nbkp('version').stdout).toBe(box.nbkp('--version').stdout);
  });

  it('says what is missing of that which the spec needs, with the way to get it', () => {
    const { code, document } = examined({ PATH: programsWithout('rsync', 'ssh', 'udisksctl', 'lvs') });
    expect(code).toBe(1);
    const failed = document.checks.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ finding }) => finding?.code)).toEqual([
      'rsync-missing',
      'ssh-missing',
      'source-snapshot-lvm-missing',
    ]);
    expect(failed.map(({ fix }) => fix[0]?.at(-1))).toEqual(['rsync', 'openssh-client', 'lvm2']);
    expect(document.programs.find(({ name }) => name === 'udisksctl')?.version).toBeNull();
  });

  it('works without a spec, and tells of one that is not valid by codes alone', () => {
    const elsewhere = { NBKP_SPEC: '', XDG_CONFIG_HOME: join(dir.path, 'empty') };
    box.writeSpec(`${SPEC}\nnonsense = "my-own-words"\n`);
    const { code, document } = examined();
    expect(code).toBe(65);
    expect(document).toMatchObject({ ok: false, spec: { state: 'invalid', codes: ['unknown-key'] } });
    expect(JSON.stringify(document)).not.toContain('my-own-words');
    const none = box.nbkpThrough(
      ['env', '-C', box.home, 'NBKP_SPEC=', `XDG_CONFIG_HOME=${elsewhere.XDG_CONFIG_HOME}`],
      'doctor',
    );
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('none found') });
  });
});
