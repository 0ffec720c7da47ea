import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
/** Names of what nbkp may have left: volumes, mounts, folders, notes in the sources. */
const LEFT = `lvs --noheadings -o lv_name @nbkp; findmnt -rno TARGET | grep nbkp-source || true; ls /run/nbkp-source
  ls -A /run/thick/.nbkp-source /run/thin/docs/.nbkp-source | grep -v -e : -e '^$' -e lock || true`;

/**
 * Both volumes are in one group in a LUKS container, as on most encrypted laptops: ext4 on one that is not thin and is a
 * source as a whole, xfs on a thin one.
 */
const SETUP = `
modprobe -a dm-snapshot dm-thin-pool xfs
make_drive disk 1500M; device=$(plug disk); luks "$device" secret; printf secret | cryptsetup open "$device" disk
pvcreate -q /dev/mapper/disk; vgcreate -q vg-a /dev/mapper/disk
lvcreate -q -y -L 100M -n thick vg-a; mkfs.ext4 -q /dev/vg-a/thick
lvcreate -q -y -L 500M -T vg-a/pool; lvcreate -q -y -V 400M -T vg-a/pool -n thin-one; mkfs.xfs -q -f /dev/vg-a/thin-one
mkdir /run/thick /run/thin /run/backup; mount /dev/vg-a/thick /run/thick; mount /dev/vg-a/thin-one /run/thin
mkdir /run/thin/docs; echo old | tee /run/thick/later >/run/thin/docs/later
cat >/etc/nbkp.toml <<END
version = 1
volumes.thick.path = "/run/thick"
volumes.thin.path = "/run/thin"
volumes.backup.path = "/run/backup"
[syncs.thick]
source = "thick"
destination = "backup:thick"
filters = ["- /lost+found"]
source-snapshot = "lvm"
lvm.size = "8MiB"
rsync.bandwidth = "1m"
[syncs.thin]
source = "thin:docs"
destination = "backup:thin"
snapshots.mode = "hard-link"
source-snapshot = "lvm"
END`;

describeInLab('a source on a logical volume', () => {
  let machine: Machine;
  const nbkp = (args: string): Promise<Answer> => machine.run(`${NBKP} ${args} -c /etc/nbkp.toml`);
  const left = (): Promise<string> => machine.must(LEFT);
  /** Starts a run whose transfer takes some seconds, and waits until it reads. */
  const copying = async (args: string): Promise<{ ended: Promise<Answer> }> => {
    // A killed rsync leaves the file into which it wrote.
    await machine.must(
      'rm -f /run/backup/thick/.large.*; head -c 6000000 /dev/urandom >/run/thick/large; sync -f /run/thick',
    );
    const ended = nbkp(args);
    await machine.must('wait_until sh -c "ls -A /run/backup/thick | grep ^.large"');
    return { ended };
  };

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must(SETUP);
    const prepared = await nbkp('prepare --yes');
    expect(prepared.code, prepared.stdout + prepared.stderr).toBe(0);
  });
  afterAll(() => machine.stop());

  it('is shown with each step, and whatever a killed run has made of them is removed by name', async () => {
    const { stdout } = await nbkp('plan --json');
    const { steps } = JSON.parse(stdout) as Plan;
    expect(steps.map(({ id }) => id).filter((id) => id.endsWith(':thin'))).toEqual([
      'source-snapshot:thin',
      'transfer:thin',
      'source-check:thin',
      'source-release:thin',
      'snapshot:thin',
      'record:thin',
    ]);
    const commandsOf = (id: string): string[] =>
      steps.find((step) => step.id === id)?.commands.map((argv) => argv.map(quoted).join(' ')) ?? [];
    const make = commandsOf('source-snapshot:thick');
    const remove = commandsOf('source-release:thick').at(-1) ?? '';
    for (let killed = 1; killed <= make.length; killed += 1) {
      await machine.must([...make.slice(0, killed), remove].join('\n'));
      expect(await left(), `killed after ${killed} commands`).toBe('');
    }
    // What bears the name and is not of nbkp stays.
    const name = /-n(?:ame)?' '(nbkp\.[^']+)'/.exec(make.join('\n'))?.[1] ?? '';
    const other = await machine.run(`lvcreate -q -y -L 4M -n ${name} vg-a
      ${remove}; code=$?; lvremove -q -q -y vg-a/${name} || exit 9; exit $code`);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('that nbkp has made') as string });
  });

  it('is copied as it was at one moment, while it changes', async () => {
    const { ended } = await copying('run');
    await machine.must('echo new | tee /run/thick/later >/run/thin/docs/later; sync -f /run/thick');
    const { code, stdout, stderr } = await ended;
    expect(code, stdout + stderr).toBe(0);
    expect(await machine.must('cat /run/backup/thick/later; ls /run/backup/thin/latest')).toBe('old\nlater');
    expect(await left()).toBe('');
  });

  it('has no snapshot left after a run that was killed, once recover was asked; not while its transfer reads it', async () => {
    const { ended } = await copying('run --only thick');
    const killed = 'pid=$(pgrep -f "[r]un --only thick" | head -n 1)';
    await machine.must(`pkill -STOP -x rsync; ${killed}; kill -9 $pid`);
    await ended;
    expect(await nbkp('recover --yes')).toMatchObject({ code: 75 });
    expect(await left()).toContain('nbkp.thick.thick.');
    await machine.must('pkill -KILL -x rsync; wait_until sh -c "! pgrep -x rsync"');
    const recovered = await nbkp('recover --yes');
    expect(recovered.code, recovered.stdout + recovered.stderr).toBe(0);
    expect(await left()).toBe('');
  });

  it('makes no backup of a snapshot that was full before all was copied, and deletes nothing', async () => {
    await machine.must('rm /run/thick/later; echo old >/run/backup/thick/later; sync -f /run/thick');
    const { ended } = await copying('run --only thick');
    await machine.must('head -c 20000000 /dev/urandom >/run/thick/more; sync -f /run/thick');
    const { code, stdout, stderr } = await ended;
    expect(code, stdout + stderr).toBe(1);
    expect(stdout + stderr).toContain('source-snapshot-full');
    expect(await machine.must('cat /run/backup/thick/later')).toBe('old');
    expect(await left()).toBe('');
    await machine.must('rm /run/thick/more');
  });
});

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
