import type { Plan } from '../../../src/planner/model/plan.ts';
import { PLANS } from '../../../src/reporters/samples/plans.ts';
import { hostile, many } from './scenarios-special.ts';

/** Plans as they occur, by name: each has golden files. */
export const SCENARIOS: Readonly<Record<string, Plan>> = { ...PLANS, many: many(), hostile: hostile() };
