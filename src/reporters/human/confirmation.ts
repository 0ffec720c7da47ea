import type { Plan } from '../../planner/model/plan.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Style } from '../style.ts';
import { groupBy } from '../text/group.ts';
import { formatCount, joinAnd, listNames, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { wrap } from '../text/width.ts';
import { deletionsOf, type Deletion } from './plan/deletions.ts';
import { sizeText } from './plan/items.ts';
import { NAMED_PRUNES, rangeText } from './plan/prunes.ts';
import { deletionLimit } from './plan/steps.ts';
import { inWords } from './plan/view.ts';

/** So many deleted files are named, the largest. */
const NAMED_FILES = 5;

type Known = Exclude<Deletion, { kind: 'unknown' }>;
type Unknown = Extract<Deletion, { kind: 'unknown' }>;

/**
 * What a person is about to agree to, just before the question: everything that is deleted or replaced without a copy
 * elsewhere, by name where it is known.
 *
 * @returns complete lines
 */
export function confirmationText(plan: Plan, style: Style): string {
  const safe = sanitised(plan);
  const deletions = deletionsOf(safe);
  const steps = plural(plan.steps.length, 'step');
  if (deletions.length === 0) return `This runs ${steps} and deletes nothing.\n`;
  const unknown = groupBy(
    deletions.filter((deletion) => deletion.kind === 'unknown'),
    ({ step }) => deletionLimit(step),
  );
  const items = [
    ...deletions.filter((deletion) => deletion.kind !== 'unknown').map(knownText),
    ...[...unknown].map(([bound, group]) => unknownText(bound, group, safe)),
  ];
  const lines = items.flatMap((item) => wrap(item, style.width, `  ${style.red('-')} `, '    '));
  const title = style.bold(`This runs ${steps}. Deleted or replaced without a copy elsewhere:`);
  return `${[title, ...lines, 'Nothing else is deleted.'].join('\n')}\n`;
}

/** What is about to be marked on one volume, and on which device. */
export function volumeText(steps: readonly Step[], style: Style): string {
  const [first] = sanitised(steps);
  const what = `${first?.reason ?? ''}. ${plural(steps.length, 'step')}; nothing is deleted.`;
  return `${wrap(what, style.width).join('\n')}\n`;
}

function knownText(deletion: Known): string {
  if (deletion.kind === 'other')
    return `${deletion.step.id}: ${inWords(`${deletion.step.summary} (${deletion.step.reason})`)}`;
  const { name, destination } = deletion.sync;
  const what =
    deletion.kind === 'snapshots' ? snapshotNames(deletion.snapshots.map((line) => line.name)) : files(deletion);
  return `${name} (${destination}): ${what}`;
}

function snapshotNames(names: readonly string[]): string {
  const count = plural(names.length, 'snapshot');
  if (names.length <= NAMED_PRUNES) return `${count}, ${joinAnd(names)}`;
  const rest = names.slice(NAMED_PRUNES);
  return `${count}, ${names.slice(0, NAMED_PRUNES).join(', ')} and ${formatCount(rest.length)} more ${rangeText(rest)}`;
}

function files(deletion: Extract<Deletion, { kind: 'files' }>): string {
  const { updates } = deletion.estimate;
  const changed = `${plural(updates, 'file or folder is', 'files and folders are')} changed, and no snapshot keeps the old state`;
  return [...deletedFiles(deletion), ...(updates === 0 ? [] : [changed])].join('; ');
}

function deletedFiles({ estimate, items }: Extract<Deletion, { kind: 'files' }>): string[] {
  if (estimate.deletes === 0) return [];
  const count = `${plural(estimate.deletes, 'file or folder is', 'files and folders are')} deleted`;
  const largest = items.slice(0, NAMED_FILES).map((item) => {
    const size = sizeText(item);
    return size === '' ? item.path : `${item.path} (${size})`;
  });
  const left = estimate.deletes - largest.length;
  const more = left > 0 ? [`${formatCount(left)} more`] : [];
  return [largest.length === 0 ? count : `${count}, ${joinAnd([...largest, ...more])}`];
}

function unknownText(bound: string, group: readonly Unknown[], { purpose }: Plan): string {
  const where = listNames(
    group.map(({ step, sync }) => sync?.destination ?? step.id),
    NAMED_PRUNES,
  );
  const hint = purpose === 'backup' ? ' To see which: nbkp plan --files' : '';
  return `${where}: files that are gone from the source or have changed there, ${bound}.${hint}`;
}
