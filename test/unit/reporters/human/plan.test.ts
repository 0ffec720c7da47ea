import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { confirmationText } from '../../../../src/reporters/human/confirmation.ts';
import { planText } from '../../../../src/reporters/human/plan/plan.ts';
import type { PlanTextOptions } from '../../../../src/reporters/human/plan/view.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { sanitise } from '../../../../src/reporters/text/sanitise.ts';
import { textWidth } from '../../../../src/reporters/text/width.ts';
import {
  estimate,
  items,
  plan,
  plannedSync,
  planOf,
  prune,
  retention,
  snapshotName,
  step,
  transfer,
  withSteps,
} from '../../../../src/reporters/samples/parts.ts';
import { SCENARIOS } from '../scenarios.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/plan');
const DEFAULT: PlanTextOptions = { commands: false, files: false, all: false };
const style = (width: number, colour = false): ReturnType<typeof createStyle> => createStyle({ colour, width });
const shown = (of: Plan, options: Partial<PlanTextOptions> = {}): string =>
  planText(of, { ...DEFAULT, ...options }, style(80));
const withoutColours = (text: string): string => text.replace(new RegExp('\u001b\\[[0-9;]*m', 'g'), '');

describe.each(Object.entries(SCENARIOS))('the plan "%s"', (name, scenario) => {
  it.each([80, 120])('looks as in its golden file at %i columns', async (width) => {
    await expect(planText(scenario, DEFAULT, style(width))).toMatchFileSnapshot(join(GOLDEN, `${name}-${width}.txt`));
  });

  it('looks as in its golden file with colours', async () => {
    await expect(planText(scenario, DEFAULT, style(80, true))).toMatchFileSnapshot(join(GOLDEN, `${name}-colour.txt`));
  });

  it('is the same text with and without colours', () => {
    expect(withoutColours(planText(scenario, DEFAULT, style(80, true)))).toBe(planText(scenario, DEFAULT, style(80)));
  });

  it('is confirmed as in its golden file', async () => {
    await expect(confirmationText(scenario, style(80))).toMatchFileSnapshot(join(GOLDEN, `${name}-confirmation.txt`));
  });

  it.each([60, 80, 120])('has no line over %i columns but for words that cannot be broken', (width) => {
    const long = planText(scenario, DEFAULT, style(width))
      .split('\n')
      .filter((line) => textWidth(line) > width);
    expect(long.filter((line) => !line.split(' ').some((word) => textWidth(word) > width / 3))).toEqual([]);
  });

  it('sends the terminal nothing but text', () => {
    for (const options of [DEFAULT, { commands: true, files: true, all: true }]) {
      const text = planText(scenario, options, style(80)).replaceAll('\n', ' ');
      expect(sanitise(text)).toBe(text);
    }
  });
});

it.each(['second-run', 'preview', 'hostile', 'prepare'])(
  'shows the details of "%s" as in its golden file',
  async (name) => {
    const text = shown(SCENARIOS[name]!, { commands: true, files: true });
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `${name}-details.txt`));
  },
);

describe('deletions', () => {
  it('names every pruned snapshot with its reason up to twenty', () => {
    const text = shown(planOf([withSteps(plannedSync('a', { retention: retention(1, 20) }), prune('a', 20))]));
    expect(text.match(/- \S+Z {2}in none of last 3, daily 7/g)).toHaveLength(20);
    expect(text).not.toContain('more');
  });

  it('tells the reason of those beyond too, each once, with how many they are', () => {
    const lines = retention(1, 30).map((line, index) =>
      index === 29 ? { ...line, reasons: ['another reason'] } : line,
    );
    const text = shown(planOf([withSteps(plannedSync('a', { retention: lines }), prune('a', 30))]));
    expect(text).toContain('and 9 more, from');
    expect(text).toMatch(/and 1 more, \S+Z: another reason/);
  });

  it('folds nothing when all is asked for', () => {
    const text = shown(SCENARIOS['long-prune']!, { all: true });
    expect(text.match(/^ {8}- \S+Z/gm)).toHaveLength(57);
    expect(shown(SCENARIOS['many']!, { all: true })).not.toMatch(/alike|and [0-9,]+ more/);
  });

  it('counts no snapshot as deleted that no step deletes', () => {
    const text = shown(planOf([withSteps(plannedSync('a', { retention: retention(3, 3) }), transfer('a'))]));
    expect(text).toContain('This plan deletes nothing.');
    expect(text).not.toContain('in none of last 3');
  });

  it('does not say that nothing is deleted when that is not known', () => {
    expect(shown(SCENARIOS['mirror']!)).not.toContain('deletes nothing');
    expect(confirmationText(SCENARIOS['mirror']!, style(80))).toMatch(/at\s+most 25 % of the entries/);
  });

  it('does not say that nothing is deleted when files are only replaced', () => {
    const replacing = transfer('a', { destructive: true, estimate: estimate({ files: 3, bytes: 10, updates: 3 }) });
    const text = shown(planOf([withSteps(plannedSync('a', { mode: 'none' }), replacing)]));
    expect(text).not.toContain('deletes nothing');
    expect(text).toContain('changes 3 files and folders of which no snapshot keeps the old state');
  });

  it('says that older snapshots keep what a snapshot of the source no longer has', () => {
    const gone = transfer('a', { estimate: estimate({ files: 1, bytes: 1, creates: 1, deletes: 7 }) });
    const text = shown(planOf([withSteps(plannedSync('a'), gone)])).replaceAll(/\s+/g, ' ');
    expect(text).toContain('7 gone from the source but kept in older snapshots');
    expect(text).toContain('This plan deletes nothing.');
  });

  it('names a step that deletes something else', () => {
    const cleanUp = step({
      id: 'clean-up:a',
      kind: 'clean-up',
      action: 'delete',
      summary: 'remove 2 temporary links',
      reason: 'they are left over',
      sync: 'a',
    });
    const recover = planOf([withSteps(plannedSync('a'), cleanUp)], { purpose: 'recover' });
    expect(shown(recover)).toContain('The clean-up of a: remove 2 temporary links.');
    expect(confirmationText(recover, style(80))).toContain('clean-up:a: remove 2 temporary links (they are left over)');
  });
});

describe('files', () => {
  const previewed = (count: number): Plan =>
    planOf([
      withSteps(
        plannedSync('a', { items: items('create', count, 'music/new') }),
        transfer('a', { estimate: estimate({ files: count, bytes: 1, creates: count }) }),
      ),
    ]);

  it('are listed largest first', () => {
    const reversed = SCENARIOS['preview']!;
    const paths = shown(reversed, { files: true }).match(/\+ +1.9 GiB {2}(\S+)/g);
    expect(paths?.[0]).toContain('file-001');
  });

  it('are folded by folder beyond twenty, and not for a single one', () => {
    expect(shown(previewed(21), { files: true })).not.toContain('more');
    expect(shown(previewed(30), { files: true })).toContain('and 10 more: music/new/ 10');
  });

  it('say what changes where the content stays', () => {
    const changed = { change: 'update' as const, path: 'a.sh', size: 1, code: '.f...po....' };
    const of = planOf([
      withSteps(plannedSync('a', { items: [changed] }), transfer('a', { estimate: estimate({ updates: 1 }) })),
    ]);
    expect(shown(of, { files: true })).toContain('a.sh  only permissions, owner');
  });
});

describe('what does not run', () => {
  it('is told with its reason and its last success', () => {
    const text = shown(SCENARIOS['idle']!);
    expect(text).toContain('usb is not here');
    expect(text).toContain('documents: last success 3 days ago');
    expect(text).toContain('photos: no success so far, overdue');
  });

  it('never hides an overdue sync behind a number', () => {
    const syncs = Array.from({ length: 60 }, (_, index) =>
      plannedSync(`s-${index}`, {
        state: 'skipped',
        reason: 'away',
        code: 'x',
        overdue: index === 55,
        lastSuccess: snapshotName(50),
      }),
    );
    expect(shown(plan(syncs, []))).toContain('s-55: last success 50 days ago, overdue');
  });

  it('tells the error of a blocked sync once', () => {
    expect(shown(SCENARIOS['guard']!).match(/max-delete-exceeded/g)).toHaveLength(1);
  });
});

it('says plainly that nothing is to be done', () => {
  expect(shown(SCENARIOS['nothing-to-do']!)).toContain('Nothing to do: there are no syncs.');
  expect(shown(SCENARIOS['nothing-changed']!)).toContain('Nothing to do: a dry run found nothing that has changed.');
  expect(shown(SCENARIOS['idle']!)).toContain('Nothing will be done: 1 sync is blocked and 3 syncs are skipped.');
});

it('keeps 200 syncs on a few pages, and names each of them with --all', () => {
  const text = shown(SCENARIOS['many']!);
  expect(text.split('\n').length).toBeLessThan(130);
  expect(text).toMatch(/ more:\s+--all shows each/);
  const whole = shown(SCENARIOS['many']!, { all: true });
  for (const sync of SCENARIOS['many']!.syncs) expect(whole).toContain(sync.name);
});

it('says why a plan cannot be applied', () => {
  const none = { ...SCENARIOS['first-run']!, basis: 'none' as const, applyable: false };
  expect(shown(none)).toContain('This plan cannot be applied: nothing was observed, so that it');
  const recorded = { ...none, basis: 'recorded' as const };
  expect(shown(recorded)).toContain('its facts were recorded, not observed');
});

it('shows argv so that they can be pasted, with their placeholders', () => {
  const text = shown(SCENARIOS['second-run']!, { commands: true });
  expect(text).toContain(
    '$ rsync -a --delete /home/sam/documents/ /media/usb/documents/snapshots/.partial-{snapshot:documents}/',
  );
});
