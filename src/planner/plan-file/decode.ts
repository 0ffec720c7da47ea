import type { Finding } from '../model/finding.ts';
import { PLAN_FORMAT, type Plan } from '../model/plan.ts';
import { failure, success, type Result } from '../model/result.ts';
import validate from './generated/validate-plan.js';
import { planId } from './id.ts';

/** Far more than any plan has. What is nested deeper would overflow the stack of whoever reads it. */
const MAX_DEPTH = 100;

/**
 * Reads the text of a plan file. Properties that this version does not know stay in the plan, where nothing reads
 * them. The plan is as it was made, by its own `id`; whether it still fits the world is for `staleness.ts`.
 *
 * @param file how messages call it
 * @returns the plan, or one error: `plan-truncated`, `plan-unreadable` (no JSON), `plan-format-unknown` (a newer major
 *   version), `plan-format-obsolete` (an older one), `plan-foreign` (a document of another kind or tool), `plan-invalid` (not
 *   of the plan's schema), `plan-tampered` (its content is not what its id says)
 */
export function decodePlan(text: string, file: string): Result<Plan> {
  const parsed = parse(text);
  if (parsed === null) return failure(unreadable(text, file));
  const { data } = parsed;
  const format = formatVersion(data);
  if (format !== null && majorOf(format) !== majorOf(PLAN_FORMAT)) return failure(unknownFormat(format, file));
  if (isForeign(data)) return failure(foreign(file));
  if (nestedTooDeep(data)) return failure(invalid(file, `it is nested deeper than ${MAX_DEPTH} levels`));
  if (!validate(data)) return failure(invalid(file, schemaErrors()));
  return planId(data) === data.id ? success(data) : failure(tampered(file));
}

function parse(text: string): { data: unknown } | null {
  try {
    return { data: JSON.parse(text) };
  } catch {
    return null;
  }
}

function formatVersion(data: unknown): string | null {
  const named = typeof data === 'object' && data !== null && 'formatVersion' in data ? data.formatVersion : null;
  return typeof named === 'string' && /^\d+\.\d+$/.test(named) ? named : null;
}

function majorOf(format: string): number {
  return Number.parseInt(format, 10);
}

/** Other documents, of nbkp too, have a format and do not name the tool that made a plan. */
function isForeign(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('formatVersion' in data)) return false;
  const tool = 'tool' in data ? data.tool : null;
  return typeof tool !== 'object' || tool === null || !('name' in tool) || tool.name !== 'nbkp';
}

function nestedTooDeep(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function schemaErrors(): string {
  const places = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath || '/'} (${keyword})`);
  return `it does not fit plan.schema.json at ${places.slice(0, 3).join(', ')}`;
}

const HELP = 'Make it again: nbkp plan --out FILE';

function unreadable(text: string, file: string): Finding {
  return text.trimEnd().endsWith('}')
    ? { severity: 'error', code: 'plan-unreadable', message: `${file} is not JSON, so not a plan.`, help: HELP }
    : {
        severity: 'error',
        code: 'plan-truncated',
        message: `${file} ends in the middle of a plan${text.trim() === '' ? ': it is empty' : ''}.`,
        help: `It may not have been written or copied completely. ${HELP}`,
      };
}

function unknownFormat(format: string, file: string): Finding {
  if (majorOf(format) < majorOf(PLAN_FORMAT)) {
    return {
      severity: 'error',
      code: 'plan-format-obsolete',
      message: `${file} is a plan of format ${format}, which this nbkp reads no more; it reads format ${majorOf(PLAN_FORMAT)}.`,
      help: HELP,
    };
  }
  return {
    severity: 'error',
    code: 'plan-format-unknown',
    message: `${file} is a plan of format ${format}, and this nbkp reads format ${majorOf(PLAN_FORMAT)}.`,
    help: `Use the nbkp that made it, or make it again with this one: nbkp plan --out FILE`,
  };
}

function foreign(file: string): Finding {
  return {
    severity: 'error',
    code: 'plan-foreign',
    message: `${file} is a document of another kind, not a plan of nbkp.`,
    help: HELP,
  };
}

function invalid(file: string, cause: string): Finding {
  return { severity: 'error', code: 'plan-invalid', message: `${file} is not a plan: ${cause}.`, help: HELP };
}

function tampered(file: string): Finding {
  return {
    severity: 'error',
    code: 'plan-tampered',
    message: `${file} was changed after it was made: its content does not have the digest that its id says.`,
    help: `Nothing of it is run. ${HELP}`,
  };
}
