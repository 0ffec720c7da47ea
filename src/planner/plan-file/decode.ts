import * as findings from '../model/findings/plan-files.ts';
import type { Facts } from '../model/facts.ts';
import { PLAN_FORMAT, type Plan } from '../model/plan.ts';
import { failure, success, type Result } from '../model/result.ts';
import validateFacts from './generated/validate-facts.js';
import validatePlan from './generated/validate-plan.js';
import { planId } from './id.ts';
import { readDocument, type DocumentKind } from './read-document.ts';
import { isRecord } from '../model/json.ts';

const PLAN: DocumentKind<Plan> = {
  findings: {
    truncated: findings.planTruncated,
    unreadable: findings.planUnreadable,
    unknown: findings.planFormatUnknown,
    obsolete: findings.planFormatObsolete,
    foreign: findings.planForeign,
    invalid: findings.planInvalid,
  },
  format: PLAN_FORMAT,
  schema: 'plan.schema.json',
  validate: validatePlan,
  // Other documents, of nbkp too, have a format and do not name the tool that made a plan.
  isForeign: (data) => hasFormat(data) && toolOf(data) !== 'nbkp',
};

/**
 * Reads the text of a plan file. The plan is as it was made, by its own `id`; whether it still fits the world is for
 * `staleness.ts`.
 *
 * @param file how messages call it
 * @returns the plan, or one error: one of `readDocument`, or `plan-tampered` (its content is not what its id says)
 */
export function decodePlan(text: string, file: string): Result<Plan> {
  const plan = readDocument(text, file, PLAN);
  if (!plan.ok || planId(plan.value) === plan.value.id) return plan;
  return failure(findings.planTampered(file));
}

const FACTS: DocumentKind<Facts> = {
  findings: {
    truncated: findings.factsTruncated,
    unreadable: findings.factsUnreadable,
    unknown: findings.factsFormatUnknown,
    obsolete: findings.factsFormatObsolete,
    foreign: findings.factsForeign,
    invalid: findings.factsInvalid,
  },
  format: '1.0',
  schema: 'facts.schema.json',
  validate: validateFacts,
  isForeign: (data) => hasFormat(data) && !('observedAt' in data && 'endpoints' in data),
};

/**
 * Reads the text of a facts file. From then on its facts count as recorded, so that no plan of them is ever applied;
 * names in it may be anybody's and are made safe where they are shown.
 *
 * @param file how messages call it
 * @returns the facts, or one error: one of `readDocument`, or `facts-invalid` for a time that is none
 */
export function decodeFacts(text: string, file: string): Result<Facts> {
  const facts = readDocument(text, file, FACTS);
  if (!facts.ok) return facts;
  if (!Number.isNaN(Date.parse(facts.value.observedAt))) return success({ ...facts.value, basis: 'recorded' });
  return failure(findings.factsInvalid(file, 'its observedAt is no time'));
}

function hasFormat(data: unknown): data is { formatVersion: unknown } {
  return isRecord(data) && 'formatVersion' in data;
}

function toolOf(data: object): unknown {
  const tool = 'tool' in data ? data.tool : null;
  return isRecord(tool) ? tool['name'] : null;
}
