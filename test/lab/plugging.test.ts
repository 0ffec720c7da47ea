import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../src/planner/model/finding.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
const BOX_ID = '8a3b2c1d-1111-4222-8333-444455556666';

describeInLab('a drive that comes and goes', () => {
  let machine: Machine;
  const run = async (code: number): Promise<RunRecord> => {
    const ended = await machine.run(`${NBKP} run --json -c /etc/nbkp.toml`);
    expect(ended.code, ended.stdout + ended.stderr).toBe(code);
    return JSON.parse(ended.stdout) as RunRecord;
  };
  const findings = (record: RunRecord): Finding[] => [
    ...record.findings,
    ...record.steps.flatMap((step) => step.findings),
  ];
  const codes = (record: RunRecord): string[] => findings(record).map(({ code }) => code);
  const opened = (): Promise<string> => machine.must('findmnt --noheadings -o TARGET -t ext4 || true; ls /dev/mapper');
  /** What is in the container of a drive that is plugged in and locked: `nbkp` itself is not asked. */
  const inside = (drive: string, script: string): Promise<string> =>
    machine.must(`printf secret | cryptsetup open "$(device_of ${drive})" look; mount /dev/mapper/look /mnt
      ${script}
      umount /mnt; cryptsetup close look; udevadm settle`);

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must(`
      ready_drive box 80M ext4 secret --uuid ${BOX_ID}; unplug box
      mkdir -p /run/home/docs /run/secrets; touch /run/home/.nbkp-vol /run/home/docs/.nbkp-src; echo one >/run/home/docs/one
      (umask 077; printf secret >/run/secrets/box)
      cat >/etc/nbkp.toml <<END
version = 1
volumes.box.mount = { device-uuid = "${BOX_ID}", encryption.type = "luks" }
volumes.home.path = "/run/home"
credentials = { provider = "file", directory = "/run/secrets" }
[syncs.docs]
source = "home:docs"
destination = "box:docs"
snapshots.mode = "hard-link"
rsync.bandwidth = "1m"
END`);
  });
  afterAll(() => machine.stop());

  it('is left alone when it is another with the same label, and its syncs are skipped', async () => {
    // It has the sentinels and even the passphrase of the right one.
    await machine.must('ready_drive other 60M ext4 secret');
    await inside('other', 'e2label /dev/mapper/look box');
    const before = await machine.must('sync; cksum </run/drives/other');
    const record = await run(0);
    expect(record.syncs).toMatchObject([{ outcome: 'skipped', reason: expect.stringContaining('not plugged in') }]);
    expect(await machine.must('sync; cksum </run/drives/other')).toBe(before);
    await machine.must('unplug other');
  });

  it('is closed again, untouched, when it has the UUID and not the sentinel', async () => {
    await machine.must(`ready_drive copy 60M ext4 secret --uuid ${BOX_ID}`);
    await inside('copy', 'rm /mnt/.nbkp-vol');
    const record = await run(0);
    expect(record.syncs).toMatchObject([{ outcome: 'skipped' }]);
    expect(codes(record)).toContain('sentinel-missing');
    expect(await opened()).toBe('control');
    expect(await inside('copy', 'ls -A /mnt /mnt/docs/snapshots')).not.toMatch(/nbkp-vol|nbkp-lock|Z/);
  });

  it('is not chosen between two with one UUID', async () => {
    await machine.must('plug box');
    const record = await run(1);
    expect(record.syncs).toMatchObject([{ outcome: 'blocked' }]);
    expect(codes(record)).toEqual(['drive-ambiguous']);
    expect(await opened()).toBe('control');
    await machine.must('unplug copy');
  });

  it('fails its sync when it is pulled in the middle of a transfer, and says what became of closing it', async () => {
    await machine.must('head -c 12M /dev/urandom >/run/home/docs/big');
    const running = machine.run(`${NBKP} run --json -c /etc/nbkp.toml`);
    await machine.must(`
      growing() { [ -n "$(find /media/root/box/docs -name '.big.*' -size +1M)" ]; }
      wait_until growing; unplug box`);
    const { code, stdout, stderr } = await running;
    expect(code, stdout + stderr).toBe(1);
    const record = JSON.parse(stdout) as RunRecord;
    expect(record.syncs).toMatchObject([{ outcome: 'failed' }]);
    expect(codes(record)).toContain('drive-gone');
    const outcomes = new Map(record.steps.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes.get('transfer:docs')).toBe('failed');
    expect(outcomes.get('unmount:box')).toMatch(/^(?:done|failed)$/);
    expect(outcomes.get('lock:box')).toMatch(/^(?:done|failed)$/);
  });

  it('has no snapshot of that, and the next run goes on when it is back, though something else keeps it open', async () => {
    await machine.must("plug box; sed -i '/bandwidth/d' /etc/nbkp.toml");
    expect(await inside('box', 'ls /mnt/docs/snapshots; readlink /mnt/docs/latest')).toBe('/dev/null');
    const holding = machine.run('wait_until test -d /media/root/box/docs; cd /media/root/box/docs; exec sleep 1000');
    const record = await run(1);
    expect(record.syncs).toMatchObject([{ outcome: 'succeeded' }]);
    const busy = findings(record).find(({ code }) => code === 'drive-busy');
    expect(busy?.message).toMatch(/It is not safe to unplug\. In use by sleep \(\d+\)\./);
    await machine.must('pkill -x sleep');
    await holding;
  });

  it('is closed by hand when nothing uses it any more, and holds what was copied', async () => {
    const closed = await machine.run(`${NBKP} volumes unmount --yes -c /etc/nbkp.toml`);
    expect(closed.code, closed.stdout + closed.stderr).toBe(0);
    expect(closed.stdout).toContain('closed: safe to unplug');
    expect(await opened()).toBe('control');
    const seen = await inside('box', 'cmp /mnt/docs/latest/big /run/home/docs/big; ls /mnt/docs/snapshots | wc -l');
    expect(seen).toBe('1');
  });

  it('starts its run when udev sees it, by the rule and the unit of `nbkp schedule`', async () => {
    await machine.must(`unplug box; mkdir -p /run/udev/rules.d
      ${NBKP} schedule show --system -c /etc/nbkp.toml >/run/schedule
      sed -n '/ACTION==/s/^ *//p' /run/schedule >/run/udev/rules.d/90-nbkp.rules
      udevadm control --reload; echo two >/run/home/docs/two`);
    const property = 'udevadm info --query=property "$(plug box)" | sed -n s/^SYSTEMD_WANTS=//p';
    expect(await machine.must(property)).toBe('nbkp-plugged-box.service');
    // There is no systemd in the lab: what it would start for the event is started here.
    const { code, stdout, stderr } = await machine.run(
      "$(sed -n '/nbkp-plugged-box[.]service$/,/ExecStart=/s/^ *ExecStart=//p' /run/schedule)",
    );
    expect(code, stdout + stderr).toBe(0);
    expect(await inside('box', 'cat /mnt/docs/latest/two')).toBe('two');
  });
});
