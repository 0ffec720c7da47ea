import { describe, expect, it } from 'vitest';
import { withMarkFolders } from '../../../../src/planner/spec/resolve/provided.ts';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import { compileSettings } from '../../../../src/planner/spec/compile-settings.ts';
import type { SpecExecutors } from '../../../../src/planner/spec/executors.ts';

const volume = compileSettings({
  type: 'object',
  additionalProperties: false,
  properties: { compress: { type: 'boolean' } },
});
const keeper: SpecExecutors = {
  of: (name) => (name === 'keeper' ? { sync: null, spec: null, volume } : null),
  names: ['keeper'],
};

const SPEC = `version = 1
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/media/usb"
[volumes.vault]
on = "usb:vault"
snapshots.keep.last = 2
keeper.compress = true
[syncs.documents]
source = "laptop:documents"
destination = "vault:documents"
[syncs.photos]
source = "laptop:photos"
destination = "vault:photos"
`;

describe('a volume that an executor provides', () => {
  it('is a place on another volume, and each name in it a history', () => {
    const spec = readSpec(SPEC, 'nbkp.toml', keeper);
    if (!spec.ok) throw new Error(JSON.stringify(spec.findings));
    const { provided, syncs, volumes, findings } = spec.value;
    expect([Object.keys(volumes), findings]).toEqual([['laptop', 'usb'], []]);
    expect(provided).toEqual({
      vault: {
        name: 'vault',
        executor: 'keeper',
        on: { volume: 'usb', subdir: 'vault' },
        settings: { compress: true },
        description: null,
      },
    });
    expect(syncs['documents']).toMatchObject({
      destination: { volume: 'usb', subdir: 'vault/documents' },
      stored: { volume: 'vault', history: 'documents' },
      transfer: 'keeper',
      snapshots: { mode: 'keeper', keep: { last: 2 } },
    });
  });

  it('may lie on no other, and has its marks in the state directory then', () => {
    const spec = readSpec(SPEC.replace('on = "usb:vault"', ''), 'nbkp.toml', keeper);
    if (!spec.ok) throw new Error(JSON.stringify(spec.findings));
    const { provided, syncs, volumes } = withMarkFolders(spec.value, '/var/lib/nbkp');
    expect(provided?.['vault']).toMatchObject({ on: null });
    expect(volumes['vault']).toMatchObject({ path: '/var/lib/nbkp/stores/vault', marksOnly: true, mount: null });
    expect(syncs['documents']).toMatchObject({
      destination: { volume: 'vault', subdir: 'documents' },
      stored: { volume: 'vault', history: 'documents' },
    });
    const home = SPEC.replace('on = "usb:vault"', '')
      .replace('/home/ada', '~')
      .replace('"laptop:documents"', '"laptop"');
    expect(readSpec(home, 'nbkp.toml', keeper)).toMatchObject({ ok: true, findings: [{ code: 'unused-volume' }] });
  });

  it.each([
    ['keeper.compress = true', 'keeper.compres = true', 'unknown-key', '`compress`'],
    ['keeper.compress = true', '', 'provided-volume-unclear', 'no executor'],
    ['on = "usb:vault"\nsnapshots.keep.last = 2\nkeeper.compress = true', '', 'conflicting-keys', 'needs a `path`'],
    ['keeper.compress = true', 'keeper.compress = true\npath = "/srv"', 'provided-volume-unclear', 'path'],
    ['keeper.compress = true', 'kepper.compress = true', 'executor-unknown', 'kepper'],
    ['on = "usb:vault"', 'path = "/srv"', 'provided-volume-unclear', 'a place of its own'],
    ['on = "usb:vault"', 'on = "usb"', 'provided-volume-unclear', 'takes all of usb'],
    ['on = "usb:vault"', 'on = "usc:vault"', 'provided-volume-unclear', 'usc'],
    ['on = "usb:vault"', 'on = "vault:vault"', 'provided-volume-unclear', 'an executor provides'],
    ['on = "usb:vault"', 'on = "usb:../vault"', 'provided-volume-unclear', 'lies nowhere'],
    ['"vault:documents"', '"vault"', 'provided-volume-misused', 'a history'],
    ['"vault:documents"', '"vault:documents"\ntransfer = "rsync"', 'provided-volume-misused', 'who copies'],
    ['"vault:documents"', '"vault:documents"\nsnapshots.mode = "btrfs"', 'provided-volume-misused', 'snapshots'],
    ['"vault:documents"', '"vault:photos"', 'destinations-overlap', 'photos'],
    ['"vault:documents"', '"usb"', 'destinations-overlap', 'usb'],
    ['"vault:documents"', '"usb:vault/archives"', 'provided-volume-misused', 'the folder of vault'],
    [
      '[syncs.documents]',
      '[volumes.other]\non = "usb:vault/in"\nkeeper = {}\n[syncs.documents]',
      'provided-volume-unclear',
      'lies in vault',
    ],
    ['"laptop:documents"', '"vault:letters"', 'provided-volume-misused', 'only keeper can read'],
    ['"laptop:documents"', '"usb"', 'destination-inside-source', ''],
  ])('has its mistakes told with their places: %s → %s', (before, after, code, words) => {
    const spec = readSpec(SPEC.replace(before, after), 'nbkp.toml', keeper);
    const found = spec.findings.find((finding) => finding.code === code);
    expect(found, JSON.stringify(spec.findings)).toMatchObject({ location: { line: expect.any(Number) } });
    expect(JSON.stringify(found)).toContain(words);
  });
});
