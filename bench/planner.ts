/*
 * The pure planner alone, from the text of a spec with so many syncs to the text of its plan, once, as a run of the
 * program does it. Prints what it took as JSON.
 */
import { BUILT_IN } from '../src/executors/registry.ts';
import { buildPlan } from '../src/planner/purposes/backup.ts';
import { selectSyncs } from '../src/planner/compile/select.ts';
import type { PlanRequest } from '../src/planner/model/plan.ts';
import { readSpec } from '../src/planner/spec/index.ts';
import { planText } from '../src/reporters/human/plan/plan.ts';
import { createStyle } from '../src/reporters/style.ts';
import { world } from '../test/support/facts.ts';
import type { PlannerTimes } from './plan.ts';
import { manySyncs } from './support/many.ts';

const SNAPSHOTS = Array.from({ length: 10 }, (_, day) => `2026-03-0${day}T12:00:00.000Z`).slice(1);
const REQUEST: PlanRequest = {
  only: [],
  exclude: [],
  prune: true,
  allowDestructive: false,
  volumes: [],
  restore: null,
};

const count = Number(process.argv[2]);
const text = manySyncs(count, '/home/ada', '/media/drive');
const facts = world({
  volumes: { laptop: { path: '/home/ada', target: '/' }, drive: { path: '/media/drive' } },
  endpoints: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`laptop:s${index}`, { source: true }] as const,
      [`drive:s${index}`, { destination: true, snapshots: SNAPSHOTS }] as const,
    ]).flat(),
  ),
});

const started = performance.now();
const spec = readSpec(text, 'nbkp.toml');
if (!spec.ok) throw new Error('the spec is not right');
const read = performance.now();
const executors = BUILT_IN.map((executor) => executor.planning);
const syncs = selectSyncs(spec.value, REQUEST);
if (!syncs.ok) throw new Error('the syncs are not in the spec');
const plan = buildPlan({ spec: spec.value, facts, request: REQUEST, executors, version: '0' }, syncs.value);
const built = performance.now();
const shown = planText(plan, { commands: false, files: false, all: false }, createStyle({ colour: false, width: 80 }));
const ended = performance.now();

if (plan.summary.syncs.planned !== count || shown === '') throw new Error('not all syncs are planned');
const times: PlannerTimes = {
  read: read - started,
  build: built - read,
  text: ended - built,
  total: ended - started,
};
console.log(JSON.stringify(times));
