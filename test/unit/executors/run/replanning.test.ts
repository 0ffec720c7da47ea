import { describe, expect, it } from 'vitest';
import { replanning } from '../../../../src/executors/run/replanning.ts';
import type { Further } from '../../../../src/hosts/world.ts';
import type { Facts, SyncHistory } from '../../../../src/planner/model/facts.ts';
import type { Questions } from '../../../../src/planner/model/questions.ts';
import type { Precondition } from '../../../../src/planner/model/step.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, planOf, specFrom } from '../../../support/planning.ts';
import { step } from './rig.ts';

const spec = specFrom(`version = 1
policy.on-battery = "skip"
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/usb"
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
[syncs.music]
source = "laptop:music"
destination = "usb:music"
`);

function facts(history: Record<string, SyncHistory> = {}): Facts {
  return world({
    volumes: { laptop: { path: '/home/ada' }, usb: { path: '/usb' } },
    endpoints: {
      ...{ 'laptop:docs': { source: true }, 'laptop:music': { source: true } },
      ...{ 'usb:docs': { destination: true }, 'usb:music': { destination: true } },
    },
    history,
  });
}

const history: Record<string, SyncHistory> = { docs: { lastRun: null, lastSuccess: null } };
const made = inputFor(spec, facts(history), { only: ['docs', 'music'] });
const plan = planOf(spec, made.facts, made.request);

/** What is asked of the world, and what it answers. */
function asking(answer: Facts = facts(), madeFrom = made, shown = plan) {
  const asked: { questions: Questions; further: Further | undefined }[] = [];
  const observe = (questions: Questions, further?: Further): Promise<Facts> => {
    asked.push({ questions, further });
    return Promise.resolve(answer);
  };
  return { asked, again: replanning({ observe }, shown, madeFrom) };
}

const relies = (fact: string): Precondition => ({ fact, check: 'equals', value: null, description: fact });

describe('before a step', () => {
  it('its sync alone is looked at, and no volume besides', async () => {
    const { asked, again } = asking();
    await again.observeStep(step('transfer:docs', { sync: 'docs', volume: 'usb' }));
    expect(asked[0]?.questions.syncs).toEqual(['docs']);
    expect(asked[0]?.further).toEqual({ answers: false });
  });

  it('those of one place are looked at together, where a look is under way already', async () => {
    const { asked, again } = asking();
    const looks = ['docs', 'music', 'docs'].map((sync) => again.observeStep(step(`transfer:${sync}`, { sync })));
    await Promise.all(looks);
    expect(asked.map(({ questions }) => questions.syncs)).toEqual([['docs'], ['docs', 'music']]);
  });

  it('a look of another step of its sync tells the same, unless executors are asked', () => {
    const { again } = asking();
    const [one, other] = [step('transfer:docs', { sync: 'docs' }), step('snapshot:docs', { sync: 'docs' })];
    expect(again.looksAlike(one, other)).toBe(true);
    expect(again.looksAlike(one, step('transfer:music', { sync: 'music' }))).toBe(false);
    expect(again.looksAlike(step('report'), step('report'))).toBe(false);
    const asks = step('snapshot:docs', { sync: 'docs', preconditions: [relies('/answers/local/archive/x/y')] });
    expect(again.looksAlike(one, asks)).toBe(false);
  });

  it('its volume is looked at where it is of no sync, and nothing where it is of none of both', async () => {
    const { asked, again } = asking();
    await again.observeStep(step('mount:usb', { volume: 'usb' }));
    expect(asked[0]?.questions.syncs).toEqual([]);
    expect(asked[0]?.further?.volumes).toEqual([{ volume: 'usb', path: '/usb', uuid: null }]);
    for (const volume of [{}, { volume: 'gone' }]) await again.observeStep(step('report', volume));
    expect(asked.slice(1).map(({ further }) => further?.volumes)).toEqual([[], []]);
  });

  it.each<[boolean | 'files', string, string[]]>([
    [false, 'a folder', ['/endpoints/usb:docs/latest']],
    [true, 'an answer', ['/answers/tar/docs/state']],
    ['files', 'a file that an executor reads', ['/answers/tar/docs/file:~1etc~1key']],
  ])('executors are asked again where it relies on what they say: %s for %s', async (answers, _, relied) => {
    const { asked, again } = asking();
    await again.observeStep(step('transfer:docs', { sync: 'docs', preconditions: relied.map(relies) }));
    expect(asked[0]?.further?.answers).toBe(answers);
  });

  it.each<[boolean, string]>([
    [true, 'snapshots'],
    [true, 'latest'],
    [true, 'stored/state'],
    [false, 'directory/realPath'],
  ])('what an executor keeps is known from what it says: %s for %s', async (answers, part) => {
    const docs = spec.syncs['docs'];
    if (docs === undefined) throw new Error('there is no sync');
    const stored = { ...spec, syncs: { ...spec.syncs, docs: { ...docs, stored: { volume: 'vault', history: '' } } } };
    const { asked, again } = asking(facts(), { ...made, spec: stored });
    for (const sync of ['docs', 'music']) {
      await again.observeStep(step('x', { sync, preconditions: [relies(`/endpoints/usb:${sync}/${part}`)] }));
    }
    expect(asked.map(({ further }) => further?.answers)).toEqual([answers, false]);
  });
});

describe('a sync is planned again', () => {
  it('from what is there, with what was known of earlier runs, whatever became of battery and network', async () => {
    const { asked, again } = asking();
    const decision = await again.decide('docs', {});
    expect(decision.state).toBe('fits');
    expect(asked[0]?.questions.syncs).toEqual(['docs', 'music']);
    expect(asked[0]?.questions.hosts['local']).not.toHaveProperty('conditions');
    expect(asked[0]?.further?.history?.(facts())).toEqual(history);
    expect([...((await again.renew('docs'))?.keys() ?? [])]).toContain('transfer:docs');
  });

  it('with the answer that it cannot run now', async () => {
    const gone = facts();
    gone.volumes['usb'] = { path: '/usb', directory: null, sentinel: false, unmountedFstabTarget: null };
    const { again } = asking(gone);
    expect(await again.decide('docs', {})).toMatchObject({ state: 'not-run', outcome: 'skipped' });
    expect(await again.renew('docs')).toBeNull();
  });

  it('for what the plan is for: one that prunes makes no new snapshot', async () => {
    const pruning = planOf(spec, made.facts, made.request, 'prune');
    const { again } = asking(facts(), made, pruning);
    expect(await again.decide('docs', {})).toMatchObject({ state: expect.not.stringMatching('refused') as string });
    expect(pruning.steps.map(({ kind }) => kind)).not.toContain('transfer');
    expect([...((await again.renew('docs'))?.keys() ?? [])]).not.toContain('transfer:docs');
  });

  it('only if the spec has it, and the plan asked for what the spec has', async () => {
    await expect(asking().again.decide('none', {})).rejects.toThrow('the spec has no sync none');
    const foreign = { ...plan, request: { ...plan.request, only: ['none'] } };
    await expect(asking(facts(), made, foreign).again.renew('docs')).rejects.toThrow('does not fit its spec');
  });
});
