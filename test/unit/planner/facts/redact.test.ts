import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { redactFacts } from '../../../../src/planner/facts/redact.ts';
import { isNote } from '../../../../src/planner/model/idle.ts';
import type { Facts, TransferPreview } from '../../../../src/planner/model/facts.ts';
import { planOf } from '../../../support/planning.ts';

const SCENARIOS = fileURLToPath(new URL('../../../golden/scenarios', import.meta.url));

function scenario(name: string): { spec: string; facts: Facts } {
  const read = (file: string): string => readFileSync(`${SCENARIOS}/${name}/${file}`, 'utf8');
  return { spec: read('spec.toml'), facts: JSON.parse(read('facts.json')) as Facts };
}

const PREVIEW: TransferPreview = {
  ...{ files: 1, bytes: 9, creates: 1, updates: 0, deletes: 0, sourceEntries: 1, destinationEntries: 1 },
  items: [{ change: 'create', path: 'divorce/letter.txt', size: 9, code: '>f+++++++++' }],
  truncated: false,
  inTheWay: { count: 1, paths: ['divorce/older.txt'] },
};

/** The same with a property in each object that nobody knows yet, and with its mounts' options full of names. */
function marked(facts: Facts): Facts {
  const isFixed = new Set([
    'hosts',
    'volumes',
    'endpoints',
    'filterFiles',
    'history',
    'previews',
    'snapshots',
    'answers',
  ]);
  const text = JSON.stringify(facts, (key, value: unknown) => {
    if (key === 'options' && Array.isArray(value)) return [...(value as unknown[]), 'username=added'];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !isFixed.has(key) ? { ...value, added: 'added' } : value;
  });
  return JSON.parse(text) as Facts;
}

describe('redacted facts', () => {
  it('name no machine, user, folder or file', () => {
    const { facts } = scenario('contract-example');
    const text = JSON.stringify(redactFacts({ ...facts, previews: { documents: PREVIEW } }));
    expect(text).not.toMatch(/"laptop"(?!:)|\bada\b|divorce|letter|older/);
    expect(text).not.toMatch(/Pictures"(?!:)|Documents"(?!:)/);
  });

  it('say nothing of addresses in why a host cannot be reached, or of the server of a mount', () => {
    const { facts } = scenario('contract-example');
    const usb = facts.volumes['usb'];
    if (usb?.directory?.mount == null) throw new Error('the scenario has changed');
    const problem = {
      code: 'host-no-route' as const,
      message: 'no route to 10.0.0.42',
      help: 'ping 10.0.0.42',
      short: '10.0.0.42',
    };
    const route = { endpoint: null, passedOver: [{ endpoint: 'pi', problem }], excluded: [] };
    const mount = { ...usb.directory.mount, source: 'nas.example.org:/export/ada' };
    const redacted = redactFacts({
      ...facts,
      hosts: { ...facts.hosts, other: { reachable: false, reason: 'no route to 10.0.0.42', route } },
      volumes: { ...facts.volumes, usb: { ...usb, directory: { ...usb.directory, mount } } },
    });
    expect(JSON.stringify(redacted)).not.toMatch(/10\.0\.0\.42|nas|example|export/);
  });

  it('keep what snapshots are called, and give one name one pseudonym', () => {
    const { facts } = scenario('second-run-prunes');
    const redacted = redactFacts(facts);
    expect(Object.keys(redacted.endpoints)).toEqual(Object.keys(facts.endpoints));
    for (const [key, endpoint] of Object.entries(facts.endpoints)) {
      expect(Object.keys(redacted.endpoints[key]?.snapshots ?? {})).toEqual(Object.keys(endpoint.snapshots ?? {}));
      const volume = redacted.volumes[key.split(':')[0] ?? ''];
      expect(redacted.endpoints[key]?.path.startsWith(volume?.path ?? 'none')).toBe(true);
    }
  });

  it('keep no word that is not known to be harmless, whatever is added to the facts', () => {
    const { facts } = scenario('contract-example');
    const usb = facts.volumes['usb'];
    const [key = '', endpoint] = Object.entries(facts.endpoints)[0] ?? [];
    if (usb?.directory == null || endpoint === undefined) throw new Error('the scenario has changed');
    const disk = { path: '/dev/mapper/acme', type: 'crypt', fsType: 'ext4', uuid: 'u', label: 'acme', readOnly: false };
    const full: Facts = {
      ...facts,
      volumes: {
        ...facts.volumes,
        usb: { ...usb, drive: { devices: [disk], cleartext: { ...disk, path: '/dev/vg/acme' }, namesake: null } },
      },
      endpoints: { ...facts.endpoints, [key]: { ...endpoint, leftovers: ['.nbkp-acme', '.nbkp-latest-2026'] } },
      filterFiles: { 'filters.txt': ['- acme/', 'merge /home/acme/rules', '!', 'acme'] },
      previews: { documents: { ...PREVIEW, filters: ['- acme.key', '+ */'] } },
      answers: { tar: { documents: { size: { code: 0, stdout: 'acme', problem: null } } } },
    };
    const added = marked(full);
    const text = JSON.stringify(redactFacts(added));
    expect(text).not.toMatch(/acme|added/);
    expect(text).toContain('.nbkp-latest-2026');
    const signs = redactFacts(full).filterFiles['filters.txt']?.map((rule) => rule.replace(/\d+$/, ''));
    expect(signs).toEqual(['- name-', 'merge name-', '!', '- name-']);
  });

  it.each(['contract-example', 'second-run-prunes', 'chain', 'btrfs', 'drive-wrong', 'drive-bare-mountpoint'])(
    'make the same plan of %s, but for names',
    (name) => {
      const { spec, facts } = scenario(name);
      const [open, redacted] = [planOf(spec, facts), planOf(spec, redactFacts(facts))];
      const outline = ({ syncs, steps }: typeof open) => ({
        syncs: syncs.map(({ name: sync, state, code, retention }) => ({ sync, state, code, retention })),
        // Whose a destination is they do not say, and so not whose success there could be noted.
        steps: steps
          .filter((step) => !isNote(step))
          .map(({ id, action, dependsOn, preconditions }) => [id, action, dependsOn, preconditions.length]),
      });
      expect(outline(redacted)).toEqual(outline(open));
    },
  );
});
