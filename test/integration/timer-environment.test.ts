import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleDocument } from '../../src/planner/model/documents.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import type { Answer } from '../support/sandbox.ts';
import { Network } from '../support/ssh/network.ts';
import { noNetwork } from '../support/ssh/why-no-network.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const SECRET = 'correct horse battery staple';
const subject = new Backup(join(dir.path, 'backup'), { mode: 'none' });
subject.write({ letter: 'Dear reader' });
const bin = join(dir.path, 'bin');
const given = join(dir.path, 'given');
mkdirSync(bin);
/*
 * Fakes: without a device mapper no drive can be unlocked here (the lab does that). lsblk shows a locked one, and udisksctl notes
 * the passphrase that it is given and then says that the drive does not let itself be unlocked.
 */
fake(
  'lsblk',
  `echo 'NAME="/dev/sdz1" KNAME="/dev/sdz1" PKNAME="/dev/sdz" TYPE="part" RO="0" FSTYPE="crypto_LUKS" UUID="${UUID}" PARTUUID="" LABEL=""'`,
);
fake('udisksctl', `case $1 in unlock) cat >${given}; echo 'Error unlocking /dev/sdz1: failed' >&2; exit 1 ;; esac`);

function fake(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function withCredentials(credentials: string): void {
  const more = `[volumes.stick]
mount.device-uuid = "${UUID}"
mount.encryption.type = "luks"
[syncs.to-stick]
source = "laptop:Documents"
destination = "stick:documents"
[credentials]
${credentials}`;
  subject.respec({ mode: 'none', more });
}

/** As a unit of systemd starts it: hardly any variables, no terminal, nothing to ask. */
function fromTimer(...variables: string[]): Answer {
  const { sandbox } = subject;
  const prefix = ['env', '-i', `HOME=${sandbox.home}`, `PATH=${bin}:/usr/local/bin:/usr/bin:/bin`, ...variables];
  return sandbox.nbkpThrough(
    [...prefix, `NBKP_STATE_DIR=${sandbox.state}`, 'COLUMNS=160'],
    ...['run', '--spec', sandbox.spec, '--json'],
  );
}

beforeEach(() => rmSync(given, { force: true }));

describe('run without the variables of a session', () => {
  it.each([
    [
      'a command that looks in the home folder',
      'provider = "command"\ncommand = ["sh", "-c", "cat ~/passphrases/{id}"]',
      [],
    ],
    ['a file in a folder of the spec', 'provider = "file"\ndirectory = "~/passphrases"', []],
    [
      'a file that systemd has put there',
      'provider = "file"',
      [`CREDENTIALS_DIRECTORY=${subject.sandbox.home}/passphrases`],
    ],
  ])('gets a passphrase from %s, and shows it nowhere', (_, credentials, variables) => {
    withCredentials(credentials);
    const folder = join(subject.sandbox.home, 'passphrases');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'stick'), `${SECRET}\n`, { mode: 0o600 });
    const answer = fromTimer(...variables);
    expect(readFileSync(given, 'utf8'), answer.stderr).toBe(SECRET);
    expect(answer.code, answer.stderr + answer.stdout).toBe(1);
    const { syncs } = JSON.parse(answer.stdout) as RunRecord;
    expect(syncs.find(({ name }) => name === 'documents')?.outcome).toBe('succeeded');
    expect(`${answer.stdout}${answer.stderr}`).not.toContain(SECRET);
    const found = spawnSync('grep', ['-rl', SECRET, subject.sandbox.state], { encoding: 'utf8' });
    expect([found.status, found.stdout]).toEqual([1, '']);
  });

  it('says that nobody can be asked, tries no drive, and does the rest', () => {
    withCredentials('provider = "prompt"');
    const answer = fromTimer();
    expect(answer.code, answer.stderr + answer.stdout).toBe(1);
    expect(answer.stderr.replaceAll(/\s+/g, ' ')).toContain('passphrase-missing');
    expect(existsSync(given)).toBe(false);
    const { syncs } = JSON.parse(answer.stdout) as RunRecord;
    expect(syncs.find(({ name }) => name === 'documents')?.outcome).toBe('succeeded');
  });
});

describe.skipIf(noNetwork !== null)('a schedule for a server that lets in by an agent', () => {
  it('says so where only the agent has the key, and is silent where a file has it', async () => {
    const network = await Network.start('laptop', 'hub');
    afterAll(() => network.stop());
    await network.connect('lan', 'laptop', 'hub');
    const [laptop, hub] = [network.machine('laptop'), network.machine('hub')];
    await hub.startSshd();
    hub.authorize(laptop);
    laptop.know(hub, 'hub.lan');
    writeFileSync(join(laptop.folder, 'nbkp.toml'), SPEC);
    const key = `${laptop.home}/.ssh/id_ed25519`;
    const show = `NBKP_STATE_DIR=${laptop.folder}/state ${process.execPath} ${join(process.cwd(), 'bin/run.js')}`;
    const remarks = async (agent: string): Promise<string[]> => {
      const said = await laptop.must(`${agent}
        ${show} schedule show --json --spec ${laptop.folder}/nbkp.toml`);
      const { findings } = JSON.parse(said) as ScheduleDocument;
      return findings.filter(({ code }) => code === 'ssh-needs-agent').map(({ message }) => message);
    };
    const withAgent = `eval "$(ssh-agent)" >/dev/null; ssh-add -q ${key}`;
    expect(await remarks(withAgent)).toEqual([]);
    const onlyInAgent = `${withAgent}; mv ${key} ${key}.away; trap 'mv ${key}.away ${key}' EXIT`;
    expect(await remarks(onlyInAgent)).toEqual([expect.stringContaining('hub lets nbkp in only by the agent')]);
    expect(await remarks('unset SSH_AUTH_SOCK')).toEqual([]);
  });
});

const SPEC = `version = 1
[ssh.hub]
host = "hub.lan"
[volumes.laptop]
path = "~"
[volumes.hub]
ssh = "hub"
path = "/srv"
[syncs.documents]
source = "laptop:Documents"
destination = "hub:documents"
`;
