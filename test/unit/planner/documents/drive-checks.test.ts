import { describe, expect, it } from 'vitest';
import type { DriveServices } from '../../../../src/planner/model/drive-services.ts';
import { driveChecks, driveQuestions } from '../../../../src/planner/documents/drive-checks.ts';
import { specFrom } from '../../../support/planning.ts';

const SPEC = specFrom(`version = 1
[volumes.laptop]
path = "~"
[volumes.usb]
mount.device-uuid = "5941f273-f73c-44c5-a3ef-fae7248db1b6"
mount.encryption.type = "luks"
[volumes.disk]
path = "/mnt/disk"
mount.device-uuid = "8a3b2c1d-1111-2222-3333-444455556666"
[syncs.a]
source = "laptop:a"
destination = "usb:a"
[syncs.b]
source = "laptop:b"
destination = "disk:b"
`);
const QUESTIONS = driveQuestions(SPEC, Object.values(SPEC.syncs));
const WELL: DriveServices = {
  udisks: 'running',
  btrfsModule: true,
  subvolumeRemoval: true,
  permissions: { usb: { outcome: 'allowed' }, disk: { outcome: 'not-tried' } },
};

function checksOf(services: DriveServices, btrfs: string[] = [], pruned: string[] = []) {
  const volumes = { all: new Set(btrfs), pruned: new Set(pruned) };
  return driveChecks(QUESTIONS, volumes, new Map([['local', services]])).map(({ subject, outcome, finding }) =>
    [outcome, finding?.code ?? subject].join(' '),
  );
}

describe('what is checked of drives', () => {
  it('asks about the drives that syncs use, and which of them fstab mounts', () => {
    expect(QUESTIONS.get('local')).toEqual([
      { volume: 'usb', uuid: '5941f273-f73c-44c5-a3ef-fae7248db1b6', encrypted: true, inFstab: false },
      { volume: 'disk', uuid: '8a3b2c1d-1111-2222-3333-444455556666', encrypted: false, inFstab: true },
    ]);
    expect(driveQuestions(SPEC, []).size).toBe(0);
  });

  it('passes what was tried and works, and says nothing of what could not be tried', () => {
    expect(checksOf(WELL)).toEqual(['passed udisks on this machine', 'passed the permission to unlock usb']);
  });

  it('tells a refusal by polkit from every other trouble', () => {
    expect(checksOf({ ...WELL, permissions: { usb: { outcome: 'refused' } } })).toContain(
      'failed polkit-not-authorized',
    );
    const broken = { outcome: 'failed', message: 'Timeout was reached' } as const;
    expect(checksOf({ ...WELL, permissions: { usb: broken } })).toContain('failed drive-not-usable');
  });

  it('blames udisks alone when it is missing or does not answer', () => {
    expect(checksOf({ ...WELL, udisks: 'missing' })).toEqual(['failed udisks-missing']);
    expect(checksOf({ ...WELL, udisks: 'not-running' })).toEqual(['failed udisks-not-running']);
  });

  it('misses the btrfs module only where snapshots are btrfs, which work without it', () => {
    expect(checksOf({ ...WELL, btrfsModule: false })).toHaveLength(2);
    expect(checksOf({ ...WELL, btrfsModule: false }, ['usb'])).toContain('absent udisks-btrfs-missing');
  });

  it('misses the right to delete subvolumes only where udisks will mount a drive that is pruned', () => {
    const services = { ...WELL, subvolumeRemoval: false };
    expect(checksOf(services, ['usb'])).not.toContain('failed btrfs-prune-not-allowed');
    expect(checksOf(services, ['disk'], ['disk'])).not.toContain('failed btrfs-prune-not-allowed');
    expect(checksOf(services, ['usb'], ['usb'])).toContain('failed btrfs-prune-not-allowed');
    expect(checksOf(WELL, ['usb'], ['usb'])).toContain('passed deleting btrfs snapshots of usb');
  });
});
