import { isWithin } from '../model/paths.ts';
import type { Facts } from '../model/facts.ts';
import { type Finding, findingOf } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { NOWHERE } from '../model/rsync-flags.ts';
import type { Step } from '../model/step.ts';
import { planNamesUnsafe, planPathOutside } from '../model/findings/plan-files.ts';

/** Names of syncs and what ids of steps are made of. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ID = /^[a-z0-9-]+(?::[a-z0-9-]+)+$/;

/** Options whose value is a pattern, not a path. */
const PATTERN = /^--(?:filter|exclude|include)=/;
/** A path as a word of its own, or as the value of an option. */
const PATH = /^(?:--?[\w-]+=)?(\/.*)$/s;

/**
 * What in a plan no nbkp would have written, whoever counted its digest. For plans that are about to be applied: one that
 * is only shown is made safe to look at instead.
 *
 * @param facts of this moment, for where the plan's volumes are
 * @param fresh what is planned now: what is in it too is nothing foreign
 * @returns errors `plan-names-unsafe` and `plan-path-outside`
 */
export function hostileFindings(saved: Plan, fresh: Plan, facts: Facts): Finding[] {
  const names = [
    ...saved.syncs.filter(({ name }) => !NAME.test(name)).map(() => 'a sync'),
    ...saved.steps.filter(({ id }) => !ID.test(id)).map(() => 'a step'),
  ];
  const places = placesOf(facts);
  const own = new Set(fresh.steps.flatMap((step) => step.commands.map((argv) => JSON.stringify(argv))));
  return [
    ...(names[0] === undefined ? [] : [planNamesUnsafe(names[0])]),
    ...saved.steps.flatMap((step) => outside(step, places, own)),
  ];
}

function placesOf({ volumes, endpoints }: Facts): string[] {
  const all = [...Object.values(volumes), ...Object.values(endpoints)];
  return [...new Set(all.flatMap(({ path, directory }) => [path ?? [], directory?.realPath ?? []].flat()))];
}

function outside(step: Step, places: readonly string[], own: ReadonlySet<string>): Finding[] {
  const argvs = step.commands.filter((argv) => !own.has(JSON.stringify(argv)));
  const paths = [...argvs.flatMap(pathsIn), ...step.locks.map(({ path }) => path)];
  const foreign = paths.find((path) => !places.some((place) => isSafelyWithin(path, place)));
  if (foreign === undefined) return [];
  return [findingOf({ sync: step.sync }, planPathOutside(step.id, foreign))];
}

function pathsIn(argv: readonly string[]): string[] {
  const isTrial = argv[0] === 'rsync' && argv.includes('--dry-run');
  return argv.filter((word) => !isTrial || word !== NOWHERE).flatMap(pathIn);
}

function pathIn(word: string): string[] {
  if (PATTERN.test(word)) return [];
  const path = PATH.exec(word)?.[1];
  return path === undefined || path === '/dev/null' ? [] : [path];
}

function isSafelyWithin(path: string, place: string): boolean {
  return !path.split('/').includes('..') && isWithin(path, place);
}
