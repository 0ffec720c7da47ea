import { describe, expect, it } from 'vitest';
import { questionsFor } from '../../../../src/planner/facts/questions.ts';
import type { Policy, Spec, Sync, Volume } from '../../../../src/planner/model/spec.ts';
import { syncOf } from '../../../support/transfer.ts';

const policy: Policy = {
  maxDelete: { percent: 25, files: null },
  maxPrune: null,
  minFree: null,
  maxAge: null,
  parallel: null,
  onBattery: null,
  metered: null,
};

function volume(name: string, more: Partial<Volume> = {}): Volume {
  return { name, path: `/${name}`, ssh: null, host: 'local', mount: null, description: null, ...more };
}

function sync(name: string, source: [string, string], destination: [string, string], more: Partial<Sync> = {}): Sync {
  const ends = {
    source: { volume: source[0], subdir: source[1] },
    destination: { volume: destination[0], subdir: destination[1] },
  };
  return syncOf('none', { name, ...ends, ...more });
}

function spec(volumes: Volume[], syncs: Sync[]): Spec {
  return {
    path: 'nbkp.toml',
    digest: 'sha256:0',
    volumes: Object.fromEntries(volumes.map((each) => [each.name, each])),
    syncs: Object.fromEntries(syncs.map((each) => [each.name, each])),
    ssh: {},
    credentials: { provider: 'keyring', command: null, directory: null },
    policy,
    settings: {},
    positions: {},
    lines: [],
    findings: [],
  };
}

const disk = volume('usb', { path: null, mount: { deviceUuid: '1A2B-3C4D', encryption: null } });

describe('questionsFor', () => {
  it('asks for each volume and endpoint once, by host', () => {
    const hub = volume('hub', { path: '~/x', ssh: ['pi-lan', 'pi-wan'], host: 'ssh:pi-lan,pi-wan' });
    const syncs = [
      sync('a', ['home', 'docs'], ['usb', 'docs']),
      sync('b', ['usb', 'docs'], ['hub', '']),
      sync('c', ['home', ''], ['usb', 'all']),
    ];
    expect(questionsFor(spec([volume('home'), disk, hub], syncs))).toEqual({
      syncs: ['a', 'b', 'c'],
      hosts: {
        local: {
          volumes: [
            { volume: 'home', path: '/home', uuid: null },
            { volume: 'usb', path: null, uuid: '1A2B-3C4D' },
          ],
          endpoints: [
            { key: 'home:docs', volume: 'home', subdir: 'docs' },
            { key: 'home', volume: 'home', subdir: '' },
            { key: 'usb:docs', volume: 'usb', subdir: 'docs' },
            { key: 'usb:all', volume: 'usb', subdir: 'all' },
          ],
        },
        'ssh:pi-lan,pi-wan': {
          volumes: [{ volume: 'hub', path: '~/x', uuid: null }],
          endpoints: [{ key: 'hub', volume: 'hub', subdir: '' }],
        },
      },
      filterFiles: [],
    });
  });

  it('leaves out disabled syncs unless they are asked for by name, and volumes that no sync uses', () => {
    const given = spec(
      [volume('home'), disk, volume('spare')],
      [sync('on', ['home', 'a'], ['usb', 'a']), sync('off', ['home', 'b'], ['usb', 'b'], { enabled: false })],
    );
    const keys = (syncs?: string[]) => questionsFor(given, syncs).hosts.local?.endpoints.map(({ key }) => key);
    expect(keys()).toEqual(['home:a', 'usb:a']);
    expect(keys(['off'])).toEqual(['home:b', 'usb:b']);
    expect(questionsFor(given).hosts.local?.volumes.map(({ volume: name }) => name)).toEqual(['home', 'usb']);
    expect(questionsFor(given, []).hosts).toEqual({});
  });

  it('asks about the host of a command', () => {
    const given = sync('a', ['home', ''], ['home', 'x'], { before: [{ argv: ['true'], onVolume: 'nas' }] });
    const { hosts } = questionsFor(spec([volume('home'), volume('nas', { ssh: ['nas'], host: 'ssh:nas' })], [given]));
    expect(hosts['ssh:nas']).toEqual({ volumes: [{ volume: 'nas', path: '/nas', uuid: null }], endpoints: [] });
  });

  it('asks for each filter file once, as written', () => {
    const filters: Sync['filters'] = [
      { kind: 'merge', path: '~/rules' },
      { kind: 'exclude', pattern: '*.tmp' },
      { kind: 'dir-merge', name: '.rsync-filter', excludeSelf: false },
    ];
    const syncs = [
      sync('a', ['home', 'a'], ['usb', 'a'], { filters, filterFile: 'extra' }),
      sync('b', ['home', 'b'], ['usb', 'b'], { filters }),
    ];
    expect(questionsFor(spec([volume('home'), disk], syncs)).filterFiles).toEqual(['~/rules', 'extra']);
  });
});
