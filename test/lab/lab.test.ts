import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const UNLOCK = 'udisksctl unlock -b "$device" --key-file /dev/stdin --no-user-interaction';

/** The processes of this machine that share a network namespace. */
function processesIn(network: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(join('/proc', pid, 'ns/net')) === network;
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

describeInLab('the lab', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must('make_drive box 200M; device=$(plug box); luks "$device" secret; udevadm settle');
  });
  afterAll(() => machine.stop());

  it('has a drive that udisks unlocks, mounts, unmounts and locks', async () => {
    const output = await machine.must(`
      device=$(device_of box)
      printf secret | ${UNLOCK}
      mkfs.btrfs --quiet --label pack /dev/dm-0 >/dev/null && until_udisks_knows /dev/dm-0
      udisksctl mount -b /dev/dm-0
      findmnt --noheadings --output FSTYPE /media/root/pack
      echo kept >/media/root/pack/file
      udisksctl unmount -b /dev/dm-0
      udisksctl lock -b "$device"
      lsblk --noheadings --output TYPE "$device"`);
    expect(output.replaceAll(/\/dev\/sd[a-z]/g, 'DEVICE').split('\n')).toEqual([
      'Unlocked DEVICE as /dev/dm-0.',
      'Mounted /dev/dm-0 at /media/root/pack',
      'btrfs',
      'Unmounted /dev/dm-0.',
      'Locked DEVICE.',
      'disk',
    ]);
  });

  it('has a drive that can be pulled in the middle of a write, and then has what was written before', async () => {
    await machine.must(`device=$(device_of box); printf secret | ${UNLOCK}; udisksctl mount -b /dev/dm-0`);
    const writing = machine.run(`
      exec >/media/root/pack/growing
      while head -c 100000 /dev/zero; do sync -f /media/root/pack || exit 7; done`);
    await machine.must('until [ -s /media/root/pack/growing ]; do sleep 0.1; done; unplug box');
    expect((await writing).code).toBe(7);
    await machine.must('until [ -z "$(lsblk --noheadings)" ]; do sleep 0.1; done');
    const kept = await machine.must(`
      device=$(plug box); printf secret | ${UNLOCK}; udisksctl mount -b /dev/dm-0
      cat /media/root/pack/file; udisksctl unmount -b /dev/dm-0; udisksctl lock -b "$device"`);
    expect(kept.split('\n')).toContain('kept');
  });

  it('has a user who may not unlock drives', async () => {
    const refused = await machine.run(
      `export device=$(device_of box); runuser -u nomad -- sh -c 'printf secret | ${UNLOCK}'`,
    );
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Not authorized') });
  });
});

describeInLab('the lab, when who started it is killed', () => {
  it('leaves no process and no network behind', async () => {
    const started = spawn(process.execPath, [fileURLToPath(new URL('start.js', import.meta.url))], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const machine = await new Promise<string>((resolve) => {
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        const [, pid] = /--net=\/proc\/(\d+)\//.exec(text) ?? [];
        if (pid !== undefined) resolve(pid);
      });
    });
    const network = readlinkSync(`/proc/${machine}/ns/net`);
    expect(processesIn(network).length).toBeGreaterThan(1);
    const [, starter] = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${machine}/status`, 'utf8')) ?? [];
    process.kill(Number(starter), 'SIGKILL');
    await expect.poll(() => processesIn(network)).toEqual([]);
  });
});
