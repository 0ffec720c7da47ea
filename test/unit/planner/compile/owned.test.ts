import { describe, expect, it } from 'vitest';
import { CARGO_IDS } from '../../../../src/planner/file-systems/kept.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { IdentityFacts, Owner } from '../../../../src/planner/model/identity.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { buildPrepare } from '../../../../src/planner/purposes/prepare.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, planOf, specFrom } from '../../../support/planning.ts';

const SPEC = `version = 1
[volumes]
laptop.path = "~"
usb.path = "/mnt/usb"
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
snapshots.mode = "hard-link"
`;
const MERGING = SPEC.replace('"hard-link"', '"none"\nrsync.delete = false');

function ownedBy(source: string | null): Owner {
  return { source, machine: 'desktop', spec: '/etc/nbkp.toml', sync: 'papers' };
}

interface Scene {
  source?: IdentityFacts;
  destination?: IdentityFacts;
  change?: (facts: Facts) => void;
}

function facts({ source, destination, change }: Scene): Facts {
  const made = world({
    volumes: { laptop: { path: '/home/ada', target: '/' }, usb: { path: '/mnt/usb' } },
    endpoints: {
      'laptop:docs': { source: true, ...(source && { identity: source }) },
      'usb:docs': { destination: true, snapshots: [], ...(destination && { identity: destination }) },
    },
  });
  change?.(made);
  return made;
}

function stateOf(scene: Scene, spec = SPEC): string {
  const [sync] = planOf(spec, facts(scene)).syncs;
  return sync?.code ?? sync?.state ?? 'none';
}

function adopted(scene: Scene, spec = SPEC): Plan['steps'] {
  return planOf(spec, facts(scene)).steps.filter(({ kind }) => kind === 'create');
}

function readOnly({ endpoints }: Facts): void {
  const directory = endpoints['laptop:docs']?.directory;
  if (directory != null) directory.writable = false;
}

describe('a destination', () => {
  it('that belongs to the source is used, whatever the sync and its spec are called now', () => {
    expect(stateOf({ source: { source: 'a' }, destination: { owner: ownedBy('a') } })).toBe('planned');
  });

  it.each([
    ['another source', { source: 'a' }, ownedBy('b')],
    ['another source, where this one has no id yet', { source: null }, ownedBy('b')],
    ['nobody can say whom', { source: 'a' }, ownedBy(null)],
  ])('that belongs to %s is refused, also with --allow-destructive', (_, source, owner) => {
    const scene = { source, destination: { owner } };
    const plan = planOf(SPEC, facts(scene), { allowDestructive: true });
    expect(plan.syncs).toMatchObject([{ state: 'blocked', code: 'destination-owned' }]);
    expect(plan.findings).toMatchObject([{ code: 'destination-owned', guard: true, sync: 'docs', volume: 'usb' }]);
    expect(plan.steps).toEqual([]);
  });

  it('says whose it is, and names the volumes that have to be prepared', () => {
    const help = (source: string | null): string | undefined =>
      planOf(SPEC, facts({ source: { source }, destination: { owner: ownedBy('b') } })).findings[0]?.help;
    expect(help('a')).toContain('nbkp prepare usb --take-over');
    expect(help(null)).toContain('nbkp prepare laptop usb --take-over');
    const [finding] = planOf(SPEC, facts({ source: { source: 'a' }, destination: { owner: ownedBy('b') } })).findings;
    expect(finding?.message).toContain('desktop, sync papers, /etc/nbkp.toml');
  });

  it.each([
    ['source', { source: { newer: { name: '.nbkp-src', format: '2.0' } } }, '/home/ada/docs/.nbkp-src'],
    [
      'destination',
      { destination: { newer: { name: '.nbkp-last.json', format: '2.0' } } },
      '/mnt/usb/docs/.nbkp-last.json',
    ],
  ])('is left alone where a newer nbkp has marked the %s', (_, scene, path) => {
    for (const spec of [SPEC, MERGING]) {
      const plan = planOf(spec, facts(scene), { allowDestructive: true });
      expect(plan.syncs).toMatchObject([{ state: 'blocked', code: 'mark-newer' }]);
      expect(plan.findings[0]?.message).toContain(`${path} was written by a newer nbkp (format 2.0)`);
      expect(plan.steps).toEqual([]);
    }
  });

  it("may be several sources' where nothing is deleted and there is no history", () => {
    const scene = { source: { source: 'a' }, destination: { owner: ownedBy('b') } };
    expect(stateOf(scene, MERGING)).toBe('planned');
    expect(adopted({ source: { source: 'a' }, destination: { owner: null } }, MERGING)).toEqual([]);
  });

  it('is told by host and real path where its source cannot be written', () => {
    const mine = { owner: ownedBy('place:laptop:/home/ada/docs') };
    expect(stateOf({ source: { source: null }, destination: mine, change: readOnly })).toBe('planned');
    const other = { owner: ownedBy('place:laptop:/home/ben/docs') };
    expect(stateOf({ source: { source: null }, destination: other, change: readOnly })).toBe('destination-owned');
    const [step] = adopted({ source: { source: null }, destination: { owner: null }, change: readOnly });
    expect(step?.commands.flat().join(' ')).toContain('"source":"place:laptop:/home/ada/docs"');
  });

  it('is not judged where nobody could look', () => {
    expect(stateOf({ destination: { owner: ownedBy('b') } })).toBe('planned');
    expect(stateOf({ source: { source: 'a' } })).toBe('planned');
    expect(adopted({})).toEqual([]);
  });
});

describe('a destination that belongs to nobody', () => {
  const free = { owner: null };

  it('is adopted by a step of the sync, with the id that its source has', () => {
    const [step, ...others] = adopted({ source: { source: 'a' }, destination: free });
    expect(others).toEqual([]);
    expect(step).toMatchObject({ id: 'adopt:docs', sync: 'docs', action: 'update', dependsOn: [] });
    expect(step?.commands[0]?.slice(4, 6)).toEqual([
      '/mnt/usb/docs/.nbkp-dst',
      JSON.stringify({
        ...{ formatVersion: '1.0', source: 'a', machine: 'laptop', spec: 'nbkp.toml', sync: 'docs' },
        options: { keeps: CARGO_IDS, modifyWindow: 0 },
      }),
    ]);
    expect(step?.preconditions).toContainEqual(
      expect.objectContaining({ fact: '/endpoints/usb:docs/identity/owner', value: null }),
    );
  });

  it('waits for the id of a source that has none; the plan is the same each time', () => {
    const scene = { source: { source: null }, destination: free };
    const steps = adopted(scene);
    expect(steps.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['adopt:docs:source', []],
      ['adopt:docs', ['adopt:docs:source']],
    ]);
    expect(steps[0]?.commands[0]?.slice(4)).toEqual([
      '/home/ada/docs/.nbkp-src',
      '{"formatVersion":"1.0","id":"{identity:docs}"}',
      'new',
    ]);
    expect(steps[1]?.commands[0]?.[5]).toContain('"source":"{identity:docs}"');
    expect(planOf(SPEC, facts(scene)).id).toBe(planOf(SPEC, facts(scene)).id);
  });

  it('gives one source one id, though two syncs read it', () => {
    const two = `${SPEC}[syncs.more]\nsource = "laptop:docs"\ndestination = "usb:more"\nsnapshots.mode = "hard-link"\n`;
    const made = facts({ source: { source: null }, destination: free });
    made.endpoints['usb:more'] = structuredClone(made.endpoints['usb:docs']!);
    Object.assign(made.endpoints['usb:more'].directory!, { realPath: '/mnt/usb/more', inode: '999' });
    const ids = planOf(two, made).steps.filter(({ kind }) => kind === 'create');
    expect(ids.map(({ id }) => id)).toEqual(['adopt:docs:source', 'adopt:docs']);
  });
});

describe('prepare', () => {
  const prepare = (scene: Scene, takeOver: boolean, ...volumes: string[]): Plan =>
    buildPrepare(inputFor(specFrom(SPEC), facts(scene), { volumes, ...(takeOver ? { takeOver: true as const } : {}) }));
  const others = { source: { source: 'a' }, destination: { owner: ownedBy('b') } };

  it('leaves the destination of another source alone', () => {
    const plan = prepare(others, false);
    expect(plan.steps).toEqual([]);
    expect(plan.findings).toMatchObject([{ code: 'destination-owned', guard: true, volume: 'usb' }]);
  });

  it('takes it over when it is told to, and says from whom', () => {
    const plan = prepare(others, true, 'usb');
    expect(plan.findings.map(({ code }) => code)).not.toContain('destination-owned');
    expect(plan.steps.map(({ id }) => id)).toEqual(['create:usb:docs']);
    expect(plan.steps[0]?.summary).toContain('desktop, sync papers');
    expect(plan.steps[0]?.commands.at(-1)?.slice(4)).toEqual([
      '/mnt/usb/docs/.nbkp-dst',
      expect.stringContaining('"source":"a"'),
      'replace',
    ]);
  });

  it('takes over for a source that has no id only together with it', () => {
    const scene = { source: { source: null }, destination: { owner: ownedBy('b') } };
    expect(prepare(scene, true, 'usb').findings).toMatchObject([{ code: 'destination-owned' }]);
    const [destination, source] = prepare(scene, true).steps.toSorted((a, b) => b.id.localeCompare(a.id));
    expect(source?.id).toBe('create:laptop:docs');
    expect(destination).toMatchObject({ id: 'create:usb:docs', dependsOn: ['create:laptop:docs'] });
  });

  it('leaves what a newer nbkp has marked as it is, also when it is to take over', () => {
    const newer = { name: '.nbkp-dst', format: '2.0' };
    const scene = { source: { source: 'a' }, destination: { owner: ownedBy(null), newer } };
    for (const takeOver of [false, true]) {
      const plan = prepare(scene, takeOver);
      expect(plan.findings).toMatchObject([{ severity: 'error', code: 'mark-newer', volume: 'usb' }]);
      expect(plan.steps).toEqual([]);
    }
    const source = { source: null, sourceDamaged: true, newer: { ...newer, name: '.nbkp-src' } } as const;
    expect(prepare({ source, destination: { owner: null } }, false).steps).toEqual([]);
  });

  it('replaces what is no id', () => {
    const damaged = { source: null, sourceDamaged: true } as const;
    const [step] = prepare({ source: damaged, destination: { owner: null } }, false).steps.filter(
      ({ id }) => id === 'create:laptop:docs',
    );
    expect(step?.commands[0]?.at(-1)).toBe('replace');
  });

  it('writes down nothing of a source that is not prepared with it', () => {
    const scene = { source: { source: null }, destination: { owner: null } };
    expect(prepare(scene, false, 'usb').steps).toEqual([]);
    expect(prepare(scene, false).steps).toHaveLength(2);
  });
});
