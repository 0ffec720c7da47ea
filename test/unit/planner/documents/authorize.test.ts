import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import type { PolkitRule } from '../../../../src/planner/model/documents.ts';
import { authorizeDocument } from '../../../../src/planner/documents/authorize.ts';
import { specFrom } from '../../../support/planning.ts';
import { makeTempDir } from '../../../support/tempdir.ts';

const SPEC = specFrom(`version = 1
[ssh.lan]
host = "10.0.0.2"
user = "backup"
[ssh.wan]
extends = "lan"
host = "hub.example.org"
[volumes.laptop]
path = "~"
[volumes.usb]
mount.device-uuid = "5941F273-f73c-44c5-a3ef-fae7248db1b6"
mount.encryption.type = "luks"
[volumes.stick]
mount.device-uuid = "1A2B-3C4D"
[volumes.hub]
ssh = ["lan", "wan"]
path = "/srv/hub"
mount.device-uuid = "8a3b2c1d-1111-2222-3333-444455556666"
[syncs.a]
source = "laptop:a"
destination = "usb:a"
[syncs.b]
source = "laptop:b"
destination = "stick:b"
[syncs.c]
source = "laptop:c"
destination = "hub:c"
`);

const UNLOCK = 'org.freedesktop.udisks2.encrypted-unlock';
const MOUNT = 'org.freedesktop.udisks2.filesystem-mount';

const dir = await makeTempDir();
afterAll(() => dir.remove());

/** A device of the device mapper as sysfs shows it. */
function mapped(device: string, name: string, uuid: string): void {
  dir.make(`${device}/dm`);
  writeFileSync(join(dir.path, device, 'dm/name'), `${name}\n`);
  writeFileSync(join(dir.path, device, 'dm/uuid'), `${uuid}\n`);
}
mapped('dm-0', 'luks-5941f273', 'CRYPT-LUKS2-5941f273f73c44c5a3effae7248db1b6-luks-5941f273');
mapped('dm-1', 'other', 'CRYPT-LUKS2-00000000f73c44c5a3effae7248db1b6-5941f273f73c44c5a3effae7248db1b6-');
mapped('dm-2', 'vg-home', 'LVM-5941f273f73c44c5a3effae7248db1b6');
mapped('dm-10', 'my box', 'CRYPT-LUKS1-5941f273f73c44c5a3effae7248db1b6-my box');

/** Asks a rule as polkit does; its programs find the devices above in sysfs. */
function answer({ text }: PolkitRule, user: string, id: string, details: Record<string, string>): unknown {
  let rule: (action: object, subject: object) => unknown = () => 'no rule was added';
  const spawn = ([program = '', ...words]: string[]): string =>
    execFileSync(
      program,
      words.map((word) => word.replace('/sys/class/block', dir.path)),
      { encoding: 'utf8' },
    );
  const polkit = { addRule: (added: typeof rule) => (rule = added), spawn, Result: { YES: 'yes' } };
  runInNewContext(text, { polkit });
  return rule({ id, lookup: (name: string) => details[name] }, { user });
}

function rulesFor(volumes: string[], user: string | null = null): PolkitRule[] {
  return authorizeDocument(SPEC, volumes, { user, ownUser: 'alice' }).rules;
}

describe('volumes authorize', () => {
  it('makes one rule for each machine, for whoever nbkp is there', () => {
    expect(rulesFor([]).map(({ host, user, volumes, path }) => ({ host, user, volumes, path }))).toEqual([
      { host: 'lan', user: 'backup', volumes: ['hub'], path: '/etc/polkit-1/rules.d/50-nbkp-backup.rules' },
      { host: null, user: 'alice', volumes: ['stick', 'usb'], path: '/etc/polkit-1/rules.d/50-nbkp-alice.rules' },
    ]);
  });

  it('lets the user unlock the containers of the spec and mount what is in them, and nobody else', () => {
    const [rule] = rulesFor(['usb']);
    const container = { 'id.uuid': '5941f273-f73c-44c5-a3ef-fae7248db1b6', device: '/dev/sda' };
    expect(answer(rule!, 'alice', UNLOCK, container)).toBe('yes');
    expect(answer(rule!, 'alice', `${UNLOCK}-system`, container)).toBe('yes');
    expect(answer(rule!, 'bob', UNLOCK, container)).toBeUndefined();
  });

  it.each(['/dev/mapper/luks-5941f273', '/dev/dm-0', '/dev/dm-10', '/dev/mapper/my box'])(
    'lets the user mount what was opened from such a container, as %s',
    (device) => {
      const [rule] = rulesFor(['usb']);
      const opened = { 'id.uuid': 'not known before', device };
      expect(answer(rule!, 'alice', `${MOUNT}-other-seat`, opened)).toBe('yes');
      expect(answer(rule!, 'bob', `${MOUNT}-other-seat`, opened)).toBeUndefined();
    },
  );

  it.each(['/dev/dm-1', '/dev/mapper/other', '/dev/dm-2', '/dev/mapper/vg-home', '/dev/dm-3', '/dev/mapper/*'])(
    'lets nobody mount what else the device mapper offers: %s',
    (device) => {
      const [rule] = rulesFor(['usb']);
      expect(answer(rule!, 'alice', MOUNT, { 'id.uuid': 'x', device })).toBeUndefined();
    },
  );

  it('allows nothing with other drives', () => {
    const [rule] = rulesFor(['usb', 'stick']);
    const other = { 'id.uuid': '00000000-f73c-44c5-a3ef-fae7248db1b6', device: '/dev/sdb' };
    expect(answer(rule!, 'alice', UNLOCK, other)).toBeUndefined();
    expect(answer(rule!, 'alice', MOUNT, other)).toBeUndefined();
    expect(answer(rule!, 'alice', MOUNT, { ...other, 'id.uuid': '1A2B-3C4D' })).toBe('yes');
    expect(answer(rule!, 'alice', UNLOCK, { ...other, 'id.uuid': '1A2B-3C4D' })).toBeUndefined();
  });

  it('allows as few actions as will do', () => {
    const [plain] = rulesFor(['stick']);
    expect(plain?.actions).toEqual([MOUNT, `${MOUNT}-system`, `${MOUNT}-other-seat`]);
    expect(answer(plain!, 'alice', MOUNT, { 'id.uuid': 'x', device: '/dev/mapper/vg-home' })).toBeUndefined();
    const [inFstab] = rulesFor(['hub']);
    expect(inFstab?.actions).toContain('org.freedesktop.udisks2.filesystem-fstab');
    const [encrypted] = rulesFor(['usb']);
    expect(encrypted?.actions.filter((action) => !action.startsWith(UNLOCK) && !action.startsWith(MOUNT))).toEqual([]);
  });

  it('is for somebody else when asked, whose name cannot break out of the rule or of the file name', () => {
    const [rule] = rulesFor(['usb'], 'o"brien/../x');
    expect(rule?.path).toBe('/etc/polkit-1/rules.d/50-nbkp-o_brien_.._x.rules');
    const container = { 'id.uuid': '5941f273-f73c-44c5-a3ef-fae7248db1b6', device: '/dev/sda' };
    expect(answer(rule!, 'o"brien/../x', UNLOCK, container)).toBe('yes');
    expect(answer(rule!, 'o', UNLOCK, container)).toBeUndefined();
  });

  it('makes no rule for root, who needs none', () => {
    expect(rulesFor(['usb'], 'root')).toEqual([]);
  });
});
