import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Spec } from '../../../../src/planner/model/spec.ts';
import { isSame } from '../../../../src/planner/spec-diff/index.ts';
import { diffOf, factsFor } from '../../../support/diffing.ts';
import { world } from '../../../support/facts.ts';

const HEAD = 'version = 1\n';
const VOLUMES = `[volumes.laptop]
path = "~"
[volumes.usb]
path = "/mnt/usb"
[volumes.hub]
path = "/srv/hub"
`;
const sync = (name: string, more = '', destination = `usb:${name}`): string =>
  `[syncs.${name}]\nsource = "laptop:${name}"\ndestination = "${destination}"\n${more}\n`;
const BASE = HEAD + VOLUMES;

describe('a comparison of two specs', () => {
  it('finds no difference in a spec and itself, nor in its tables in any order', () => {
    const tables = [...VOLUMES.split(/(?=\[volumes)/), sync('a'), sync('b'), sync('c', 'rsync.checksum = true')];
    fc.assert(
      fc.property(fc.shuffledSubarray(tables, { minLength: tables.length }), (shuffled) => {
        const diff = diffOf(HEAD + tables.join(''), HEAD + shuffled.join(''));
        expect(isSame(diff)).toBe(true);
        expect(diff.findings).toEqual([]);
      }),
    );
  });

  it('shows a rename as a rename, with what else has changed in its steps', () => {
    const was = BASE + sync('a', 'snapshots.mode = "hard-link"', 'usb:x') + sync('b', '', 'hub:y');
    const is = was.replaceAll('syncs.a', 'syncs.letters');
    expect(diffOf(was, is).syncs).toEqual([
      { name: 'letters', renamedFrom: 'a', change: 'renamed', fields: [], steps: [] },
    ]);
    const more = is.replace('hard-link"', 'hard-link"\nrsync.checksum = true');
    const [renamed] = diffOf(was, more).syncs;
    expect(renamed).toMatchObject({ change: 'renamed', steps: [{ id: 'transfer:letters', change: 'changed' }] });
    expect(renamed?.steps).toHaveLength(1);
  });

  it('follows a rename through the chain that reads from it', () => {
    const chain = (name: string): string =>
      `${BASE}${sync(name, 'snapshots.mode = "hard-link"', 'usb:x')}[syncs.off]\nsource = "usb:x"\ndestination = "hub:x"\n`;
    const diff = diffOf(chain('a'), chain('letters'));
    expect(diff.syncs.map(({ name }) => name)).toEqual(['letters']);
    expect(diff.summary.syncs).toEqual({ added: 0, removed: 0, renamed: 1, changed: 0, unchanged: 1 });
  });

  it('tells syncs that are new, gone, disabled or moved', () => {
    const was = BASE + sync('a') + sync('b') + sync('c') + sync('d');
    const is = BASE + sync('b', 'enabled = false') + sync('c', '', 'hub:c') + sync('d') + sync('e');
    const diff = diffOf(was, is);
    expect(diff.syncs.map(({ name, change }) => `${name} ${change}`)).toEqual([
      ...['b changed', 'c changed', 'e added', 'a removed'],
    ]);
    expect(diff.syncs[0]?.fields).toContainEqual({ field: 'state', was: 'planned', is: 'disabled' });
    expect(diff.summary.steps).toEqual({ added: 1, removed: 2, changed: 1 });
  });

  it('says when a step waits for another one than before', () => {
    const hooked = diffOf(BASE + sync('a'), BASE + sync('a', 'before = [["true"]]'));
    const transfer = hooked.syncs[0]?.steps.find(({ id }) => id === 'transfer:a');
    expect(transfer?.fields).toEqual([{ field: 'after', was: '', is: 'before:a:1' }]);
  });
});

describe('a reviewer is told', () => {
  const HUB = 'snapshots.mode = "btrfs"';
  const SSH = '[volumes.pi]\nssh = "pi"\npath = "/srv"\n[ssh.pi]\nhost = "10.0.0.42"\n';
  const DRIVE = (uuid: string, more = ''): string =>
    `[volumes.drive]\nmount.device-uuid = "${uuid}"\n${more}\n${sync('z', '', 'drive:z')}`;
  const [ONE, TWO] = ['8a3b2c1d-1111-2222-3333-444455556666', '8a3b2c1d-1111-2222-3333-444455557777'];

  it.each<[code: string, line: string, was: string, is: string]>([
    ['sync-removed', '[syncs.b]', sync('a') + sync('b'), sync('b')],
    ['sync-newly-disabled', 'enabled = false', sync('a'), sync('a', 'enabled = false')],
    ['snapshot-mode-changed', '"none"', sync('a', HUB), sync('a', 'snapshots.mode = "none"')],
    ['retention-shrinks', 'last = 3', sync('a', HUB), sync('a', 'snapshots = { mode = "btrfs", keep = { last = 3 } }')],
    ['delete-newly-on', 'delete = true', sync('a', 'rsync.delete = false'), sync('a', 'rsync.delete = true')],
    ['delete-newly-on', '[syncs.a]', sync('a', 'rsync.delete = false'), sync('a')],
    ['filter-drops-data', '*.iso', sync('a', 'filters = ["- *.tmp"]'), sync('a', 'filters = ["- *.tmp", "- *.iso"]')],
    ['destination-moved', 'hub:a', sync('a'), sync('a', '', 'hub:a')],
    ['source-moved', 'laptop:b', sync('a'), sync('a').replace('laptop:a', 'laptop:b')],
    ['destination-on-source-device', 'laptop:copy', sync('a'), sync('a', '', 'laptop:copy')],
    ['drive-changed', TWO, DRIVE(ONE), DRIVE(TWO)],
    ['guard-loosened', 'percent = 60', sync('a'), `${sync('a')}[policy]\nmax-delete.percent = 60\n`],
    ['guard-loosened', '[syncs.a]', `${sync('a')}[policy]\nmin-free = "5GiB"\n`, sync('a')],
    [
      'guard-loosened',
      '100MB',
      `${sync('a')}[policy]\nmin-free = "5GiB"\n`,
      `${sync('a')}[policy]\nmin-free = "100MB"\n`,
    ],
    ['guard-loosened', '[23, 24]', sync('a'), sync('a', 'tolerate = [23, 24]')],
    ['max-age-loosened', '"30d"', sync('a', 'max-age = "7d"'), sync('a', 'max-age = "30d"')],
    ['host-key-check-weakened', 'false', sync('a') + SSH, `${sync('a')}${SSH}strict-host-key-checking = false\n`],
    [
      'host-key-check-weakened',
      'accept-new',
      sync('a') + SSH,
      `${sync('a')}${SSH}options = { StrictHostKeyChecking = "accept-new" }\n`,
    ],
    ['passphrase-id-changed', 'mount.encryption', DRIVE(ONE), DRIVE(ONE, 'mount.encryption = { type = "luks" }')],
    ['credentials-changed', '"env"', sync('a'), `${sync('a')}[credentials]\nprovider = "env"\n`],
    ['command-added', '["true"]', sync('a'), sync('a', 'after = [["true"]]')],
    ['command-added', '["true"]', '', sync('a', 'on-failure = [["true"]]')],
    ['executor-changed', 'rclone', sync('a'), sync('a', 'transfer = "rclone"')],
    ['unused-volume', '[volumes.spare]', sync('a'), `${sync('a')}[volumes.spare]\npath = "/spare"\n`],
  ])('%s, at the line %s', (code, line, was, is) => {
    const found = diffOf(BASE + was, BASE + is).findings.filter((finding) => finding.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]?.excerpt).toContain(line);
    expect(found[0]?.location?.file).toBe('b.toml');
    expect(diffOf(BASE + is, BASE + is).findings.filter((finding) => finding.code === code)).toEqual([]);
  });

  it('nothing of a change that protects more', () => {
    const was = sync(
      'a',
      'rsync.delete = true\nmax-age = "30d"\npolicy.max-delete.percent = 50\nfilters = ["- *.iso"]',
    );
    const is = sync('a', 'rsync.delete = false\nmax-age = "7d"\npolicy.max-delete.percent = 5');
    expect(diffOf(BASE + was, BASE + is).findings).toEqual([]);
  });

  it('whether a copy that moves fits, as far as the facts tell', () => {
    const TIB = 1024 ** 4;
    const facts = (freeBytes: number) =>
      world({
        volumes: {
          laptop: { path: '/home/ada', target: '/' },
          usb: { path: '/mnt/usb', freeBytes: 0.5 * TIB },
          hub: { path: '/srv/hub', freeBytes },
        },
        endpoints: {
          'laptop:a': { source: true },
          'usb:a': { destination: true },
          'hub:a': { destination: true },
        },
      });
    const moved = (freeBytes: number): string =>
      diffOf(BASE + sync('a'), BASE + sync('a', '', 'hub:a'), () => facts(freeBytes)).findings[0]?.message ?? '';
    expect(moved(0.9 * TIB)).toMatch(/921\.6 GiB are free there.*so it fits/);
    expect(moved(0.1 * TIB)).toMatch(/so it may not fit/);
  });

  it.each([
    [
      'from a dry run with the new filters',
      ['- *.tmp', '- *.iso'],
      /^.* 3 of the 9 entries of the copy would go \(a\.iso\)/,
    ],
    [
      'from a dry run with the old ones, how many there are',
      ['- *.tmp'],
      /The copy has 9 entries; how many of them go/,
    ],
  ])('how much a filter drops, as far as the facts tell: %s', (_, filters, message) => {
    const gone = { change: 'delete' as const, path: 'a.iso', size: 0, code: '*deleting' };
    const counts = { files: 0, bytes: 0, creates: 0, updates: 0, deletes: 3, sourceEntries: 6, destinationEntries: 9 };
    const previews = { a: { ...counts, items: [gone], truncated: false, filters } };
    const facts = (spec: Spec): Facts => ({ ...factsFor(null)(spec), previews });
    const filtered = (rules: string): string => BASE + sync('a', `filters = [${rules}]`);
    const [finding] = diffOf(filtered('"- *.tmp"'), filtered('"- *.tmp", "- *.iso"'), facts).findings;
    expect(finding?.message).toMatch(message);
  });

  it('of no deletions that a dry run with other filters would make', () => {
    const counts = {
      files: 0,
      bytes: 0,
      creates: 0,
      updates: 0,
      deletes: 90,
      sourceEntries: 9,
      destinationEntries: 99,
    };
    const previews = { a: { ...counts, items: [], truncated: false, filters: ['- *.iso'] } };
    const facts = (spec: Spec): Facts => ({ ...factsFor(null)(spec), previews });
    const dropping = BASE + sync('a', 'filters = ["- *.iso"]');
    expect(
      diffOf(BASE + sync('a'), BASE + sync('a', 'after = [["true"]]'), facts).findings.map(({ code }) => code),
    ).toEqual(['command-added']);
    const [change] = diffOf(BASE + sync('a'), dropping, facts).syncs;
    expect(change?.fields[0]).toEqual({ field: 'state', was: 'planned', is: 'blocked' });
  });

  it('what retention would delete, counted from recorded facts', () => {
    const { facts, spec } = pruning();
    const shrunk = diffOf(spec(30), spec(2), factsFor(JSON.stringify(facts))).findings;
    expect(shrunk).toMatchObject([{ code: 'retention-shrinks' }]);
    expect(shrunk[0]?.message).toContain('would delete 3 snapshots');
  });
});

function pruning() {
  const snapshots = [1, 2, 3, 4].map((day) => `2026-03-0${day}T12:00:00.000Z`);
  const facts = world({
    volumes: { laptop: { path: '/home/ada', target: '/' }, usb: { path: '/mnt/usb' }, hub: { path: '/srv/hub' } },
    endpoints: { 'laptop:a': { source: true }, 'usb:a': { destination: true, snapshots } },
  });
  const spec = (last: number): string =>
    BASE + sync('a', `snapshots = { mode = "hard-link", keep = { last = ${last} } }`);
  return { facts, spec };
}
