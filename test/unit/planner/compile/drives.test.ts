import { describe, expect, it } from 'vitest';
import { driveState } from '../../../../src/planner/volumes/drive.ts';
import type { BlockDevice, DriveFacts, Facts } from '../../../../src/planner/model/facts.ts';
import type { Plan, PlanRequest } from '../../../../src/planner/model/plan.ts';
import { planOf, specFrom } from '../../../support/planning.ts';
import { world } from '../../../support/facts.ts';

const UUID = '5941f273-f73c-44c5-a3ef-fae7248db1b6';
const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.mount = { device-uuid = "${UUID}", encryption.type = "luks" }
syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
syncs.music = { source = "laptop:music", destination = "usb:music" }
`;

const container: BlockDevice = {
  path: '/dev/sdb',
  type: 'disk',
  fsType: 'crypto_LUKS',
  uuid: UUID,
  label: '',
  readOnly: false,
};
const inside: BlockDevice = { ...container, path: '/dev/mapper/luks', type: 'crypt', fsType: 'ext4', uuid: 'inner' };

function drive(change: Partial<DriveFacts> = {}): DriveFacts {
  return { devices: [container], cleartext: null, namesake: null, ...change };
}

function facts(change: Partial<DriveFacts> = {}): Facts {
  const source = { source: true };
  const seen = world({
    volumes: { laptop: { path: '/home/ada' }, usb: null },
    endpoints: { 'laptop:docs': source, 'laptop:music': source },
  });
  const { local } = seen.hosts;
  if (local?.reachable !== true || seen.volumes['usb'] === undefined) throw new Error('the world is not as it was');
  local.udisks = true;
  seen.volumes['usb'].drive = drive(change);
  return seen;
}

function ids(plan: Plan): string[] {
  return plan.steps.map(({ id }) => id);
}

function plan(change: Partial<DriveFacts> = {}, request: Partial<PlanRequest> = {}): Plan {
  return planOf(SPEC, facts(change), request);
}

describe('a drive that is locked', () => {
  it('is opened once before all syncs that need it and closed after the last, whatever failed', () => {
    const { steps } = plan();
    expect(steps.map(({ id, releases }) => [id, releases ?? null])).toEqual([
      ['unlock:usb', null],
      ['mount:usb', null],
      ['transfer:docs', null],
      ['transfer:music', null],
      ['unmount:usb', 'mount:usb'],
      ['lock:usb', 'unlock:usb'],
    ]);
    expect(steps.find(({ id }) => id === 'unmount:usb')?.dependsOn).toEqual(['transfer:docs', 'transfer:music']);
    expect(steps.find(({ id }) => id === 'transfer:music')?.dependsOn).toEqual(['mount:usb']);
  });

  describe('on a server', () => {
    const codes = (ssh: string): (string | undefined)[] => {
      const spec = SPEC.replace('volumes.usb.mount', `ssh.pi.${ssh}\nvolumes.usb.ssh = "pi"\nvolumes.usb.mount`);
      const seen = facts();
      const { local } = seen.hosts;
      if (local?.reachable !== true) throw new Error('this machine was observed');
      seen.hosts['ssh:pi'] = { ...local, route: { endpoint: 'pi', passedOver: [], excluded: [] } };
      return planOf(spec, seen).syncs.map(({ state, code }) => code ?? state);
    };

    it.each([
      'strict-host-key-checking = false',
      'options.StrictHostKeyChecking = "no"',
      'options.StrictHostKeyChecking = "accept-new"',
      'options.stricthostkeychecking = false',
      'options.STRICTHOSTKEYCHECKING = "Accept-New"',
    ])('that may be another one with %s is not opened: the passphrase might go to a stranger', (ssh) => {
      expect(codes(ssh)).toEqual(['host-not-verified', 'host-not-verified']);
    });

    it.each(['strict-host-key-checking = true', 'options.StrictHostKeyChecking = "yes"'])(
      'whose key is known with %s is opened',
      (ssh) => expect(codes(ssh)).toEqual(['planned', 'planned']),
    );
  });

  it('is opened for a source that is empty, since only then it shows whether that would delete anything', () => {
    const seen = facts();
    const source = seen.endpoints['laptop:docs']?.directory;
    if (source == null) throw new Error('there is no source');
    source.empty = true;
    expect(planOf(SPEC, seen, { only: ['docs'] }).syncs[0]).toMatchObject({ name: 'docs', state: 'planned' });
  });

  it('is not opened for a sync that was not asked for', () => {
    const { steps } = plan({}, { only: ['docs'] });
    expect(steps.find(({ id }) => id === 'mount:usb')?.reason).toBe('needed by docs');
  });

  it('shows what waits for it, with placeholders and without preconditions that nobody can check', () => {
    const transfer = plan().steps.find(({ id }) => id === 'transfer:docs');
    expect(transfer).toMatchObject({ awaits: ['usb'], deferred: 'decided when usb is open', preconditions: [] });
    expect(transfer?.commands[0]?.at(-1)).toBe('{mount:usb}/docs/.');
  });

  it('has no secret in its plan, only the name of one', () => {
    expect(plan().steps[0]?.params).toMatchObject({ passphraseId: 'usb' });
  });
});

describe('a drive that somebody has unlocked', () => {
  it('is mounted and unmounted, and stays unlocked', () => {
    expect(ids(plan({ cleartext: inside }))).toEqual(['mount:usb', 'transfer:docs', 'transfer:music', 'unmount:usb']);
    expect(plan({ cleartext: inside }).findings).toMatchObject([{ code: 'drive-open', volume: 'usb' }]);
    expect(plan({ cleartext: inside }).steps[0]?.commands[0]).toContain('/dev/disk/by-uuid/inner');
  });

  it.each([
    ['is in the container', { ...inside, uuid: UUID }],
    ['lies on a volume in the container', { ...inside, uuid: UUID, type: 'lvm', inContainer: true as const }],
  ])('stays unlocked too where the file system of the spec %s, and the plan says so', (_, device) => {
    const spec = SPEC.replace(', encryption.type = "luks"', '');
    const made = planOf(spec, facts({ devices: [device] }));
    expect(ids(made)).toEqual(['mount:usb', 'transfer:docs', 'transfer:music', 'unmount:usb']);
    expect(made.findings).toMatchObject([{ code: 'container-open', volume: 'usb' }]);
  });
});

describe('a drive is left alone', () => {
  const cases: [string, Partial<DriveFacts>, string, string][] = [
    ['when it is not plugged in', { devices: [] }, 'skipped', 'drive-absent'],
    ['when nobody knows whether it is', { devices: [], unlisted: true }, 'blocked', 'drives-unlisted'],
    [
      'when another has its UUID',
      { devices: [container, { ...container, path: '/dev/sdc' }] },
      'blocked',
      'drive-ambiguous',
    ],
    [
      'when the UUID is that of a partition',
      { devices: [], namesake: container },
      'blocked',
      'drive-uuid-of-partition',
    ],
    ['when it is no container', { devices: [{ ...container, fsType: 'ext4' }] }, 'blocked', 'drive-not-encrypted'],
    [
      'when there is no file system in it',
      { cleartext: { ...inside, fsType: '' } },
      'blocked',
      'drive-without-file-system',
    ],
  ];
  it.each(cases)('%s', (_, change, state, code) => {
    const made = plan(change);
    expect(made.steps).toEqual([]);
    expect(made.syncs[0]).toMatchObject({ state, code });
  });

  it('when it is a container that the spec takes for a plain drive', () => {
    const { volumes } = specFrom(SPEC.replace(', encryption.type = "luks"', ''));
    const usb = facts().volumes['usb'];
    if (volumes['usb'] === undefined || usb === undefined) throw new Error('there is no usb');
    expect(driveState(volumes['usb'], usb)).toMatchObject({ remark: { code: 'drive-encrypted' } });
  });

  it('with --no-mount', () => {
    expect(ids(plan({}, { drives: 'leave' }))).toEqual([]);
  });

  it('without udisks2', () => {
    const seen = facts();
    if (seen.hosts['local']?.reachable !== true) throw new Error('this machine is not there');
    seen.hosts['local'].udisks = false;
    expect(planOf(SPEC, seen).syncs[0]?.code).toBe('udisks-missing');
  });

  it('when its path is in no line of fstab', () => {
    const seen = facts();
    const spec = SPEC.replace('volumes.usb.mount', 'volumes.usb.path = "/mnt/usb"\nvolumes.usb.mount');
    expect(planOf(spec, seen).syncs[0]?.code).toBe('fstab-mismatch');
  });
});
