import { isDecided } from '../file-systems/kept.ts';
import { FOLDERS_ONLY, FROM_INPUT } from '../kinds/rsync/argv.ts';
import { BY_LIST } from '../kinds/rsync/lists.ts';
import { EXACT_TIMES } from '../kinds/rsync/times.ts';
import { isNote } from '../model/idle.ts';
import { type Finding, findingOf, hasErrors } from '../model/finding.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import { inPlaceOf, type Step } from '../model/step.ts';
import { planExceeded, prunePostponed, syncExceeded } from '../model/findings/plan-files.ts';

/** What became of the steps of a sync that were shown before its drives were open. */
export type Decision =
  /** The step to run for each that was shown; null for one that is not needed. */
  | { state: 'fits'; steps: ReadonlyMap<string, Step | null>; remarks: Finding[] }
  | { state: 'not-run'; outcome: 'skipped' | 'blocked' | 'refused'; finding: Finding };

/** Words of rsync that depend on what is on the drive: they are about speed and reports, and about comparing times more closely. */
const HARMLESS = new Set([EXACT_TIMES, '--no-whole-file', '--info=progress2', '--stats', '--no-human-readable']);

/** Words with which rsync does less than without them. From its input come names to leave out, and those that the guard has judged. */
const NARROWER = new Set([`--filter=${FOLDERS_ONLY}`, `--filter=${FROM_INPUT}`, '--existing', ...BY_LIST]);

/**
 * Decides a sync whose drives are open now. `decided` is planned from what is there, by the same planner; of it only
 * that is run which fits what `shown` has shown: the same steps by the same executors on the same hosts, nothing more
 * destructive, and the same command lines but for paths on the drives and the housekeeping there.
 *
 * @param values of the placeholders that are known now; those of mounts stand for the paths on the drives
 * @param mostPrunes how many snapshots the shown plan lets go
 */
export function decideSync(
  shown: Plan,
  decided: Plan,
  name: string,
  values: Readonly<Record<string, string>>,
  mostPrunes: number,
): Decision {
  const sync = decided.syncs.find((candidate) => candidate.name === name);
  if (sync?.state !== 'planned') return notPlanned(name, sync, decided.findings);
  const before = shown.steps.filter((step) => step.sync === name);
  const now = new Map(decided.steps.filter((step) => step.sync === name).map((step) => [step.id, step]));
  const known = new Set(before.map(({ id }) => id));
  // Whose a destination is that nobody has is written down by a plan that has seen it, and so is its success.
  const surplus = [...now.values()].find((step) => !known.has(step.id) && step.kind !== 'create' && !isNote(step));
  if (surplus !== undefined) return exceeds(surplus, 'the plan did not show it');
  const mounts = Object.entries(values).filter(([placeholder]) => placeholder.startsWith('{mount:'));
  for (const step of before) {
    const fresh = now.get(step.id);
    const difference = fresh === undefined ? null : excess(step, fresh, mounts);
    if (fresh !== undefined && difference !== null) return exceeds(fresh, difference);
  }
  const { steps, remarks } = withinBound(sync, mostPrunes, now);
  return {
    state: 'fits',
    steps: new Map(before.map((step) => [step.id, decidedOf(step, steps.get(step.id))])),
    remarks,
  };
}

/** More snapshots than the plan has spoken of are all kept: which of them go first is for a plan that names them. */
function withinBound(
  { name, retention }: PlannedSync,
  most: number,
  decided: ReadonlyMap<string, Step>,
): { steps: ReadonlyMap<string, Step>; remarks: Finding[] } {
  const count = retention.filter(({ verdict }) => verdict === 'prune').length;
  const prunes = [...decided.values()].some(({ kind }) => kind === 'prune');
  if (count <= most || !prunes) return { steps: decided, remarks: [] };
  const finding = { ...prunePostponed(name, count, most), sync: name };
  return { steps: new Map([...decided].filter(([, { kind }]) => kind !== 'prune')), remarks: [finding] };
}

function decidedOf(shown: Step, decided: Step | undefined): Step | null {
  return decided === undefined ? null : inPlaceOf(shown, decided);
}

function notPlanned(name: string, sync: PlannedSync | undefined, findings: readonly Finding[]): Decision {
  const error = findings.find((finding) => finding.sync === name && hasErrors([finding]));
  if (sync?.state === 'blocked' && error !== undefined) {
    return { state: 'not-run', outcome: error.guard === true ? 'refused' : 'blocked', finding: error };
  }
  const { code, message } = syncExceeded();
  const why = { severity: 'warning' as const, code: sync?.code ?? code, message: sync?.reason ?? message };
  return { state: 'not-run', outcome: 'skipped', finding: { ...why, sync: name } };
}

function exceeds(step: Step, difference: string): Decision {
  const finding = findingOf({ sync: step.sync }, planExceeded(step.id, difference));
  return { state: 'not-run', outcome: 'refused', finding };
}

/** What the decided step would do beyond the shown one; null when it fits. */
function excess(shown: Step, decided: Step, mounts: readonly [string, string][]): string | null {
  if (decided.kind !== shown.kind || decided.executor.name !== shown.executor.name || decided.host !== shown.host) {
    return `it is now ${decided.kind} by ${decided.executor.name} on ${decided.host}`;
  }
  if (decided.destructive && !shown.destructive) return 'it would delete what no snapshot holds';
  if (decided.action === 'delete' && shown.action !== 'delete') return 'it would delete';
  const template = shown.commands.map((argv) => essence(shown, argv));
  const programs = new Set(shown.commands.map(programOf));
  const odd = decided.commands.find((argv) => {
    const here = argv.map((word) => mounts.reduce((text, [name, path]) => text.replaceAll(path, name), word));
    if (template.some((words) => covers(words, essence(shown, here)))) return false;
    const [program = ''] = here;
    return program === 'rsync' ? !here.includes('--dry-run') : programs.has(programOf(here)) || !staysOn(here);
  });
  return odd === undefined ? null : `run ${odd.join(' ')}`;
}

/** Each script is a program of its own. */
function programOf([program = '', option, script = '']: readonly string[]): string {
  return program === 'sh' && option === '-c' ? script : program;
}

/** A command without what depends on the drive: paths there. A snapshot's own folder may be cleared of other things. */
function essence({ destructive }: Step, argv: readonly string[]): string[] {
  return argv.filter(
    (word) => !word.includes('{mount:') && !HARMLESS.has(word) && (destructive || word !== '--delete'),
  );
}

/**
 * A snapshot to build on could not be named: whichever it is, the copy is the same. What it keeps only the open drive
 * tells. A pass that does less is none too many.
 */
function covers(shown: readonly string[], now: readonly string[]): boolean {
  const decided = now.filter((word) => !isDecided(word) || shown.includes(word));
  const same = (word: string, index: number): boolean =>
    word === decided[index] || /^\{parent:[a-z0-9-]+\}$/.test(word);
  if (shown.length === decided.length && shown.every(same)) return true;
  const unnamed = shown.findIndex((word) => /^\{forget:[a-z0-9-]+\}$/.test(word));
  if (unnamed !== -1) return namesSome(shown, decided, unnamed);
  return (
    decided.some((word) => NARROWER.has(word)) && decided.every((word) => NARROWER.has(word) || shown.includes(word))
  );
}

/** It names a place on an opened drive and no other. */
function staysOn(argv: readonly string[]): boolean {
  return argv.some((word) => word.includes('{mount:')) && !argv.some((word) => word.startsWith('/'));
}

/** In the place of those that could not be named stand some that are: no options, and no paths. */
function namesSome(shown: readonly string[], decided: readonly string[], at: number): boolean {
  const after = shown.slice(at + 1);
  const end = decided.length - after.length;
  const isPlain = decided.slice(at, end).every((word) => !/^[-/]/.test(word));
  return (
    end > at && isPlain && sameWords(shown.slice(0, at), decided.slice(0, at)) && sameWords(after, decided.slice(end))
  );
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, index) => word === others[index]);
}
