import type { Finding, Severity } from '../../planner/model/finding.ts';
import { bySeverity } from '../findings.ts';
import { code, prose } from './escape.ts';

const SIGNS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };

/** Findings as items of a list, errors first. */
export function findingItems(findings: readonly Finding[]): string[] {
  return bySeverity(findings).map(({ severity, code: name, message, location, help }) => {
    const where = location === undefined ? '' : ` (${code(`${location.file}:${location.line}:${location.column}`)})`;
    const what = help === undefined ? '' : ` *${prose(help)}*`;
    return `${SIGNS[severity]} **${severity}** ${code(name)}: ${prose(message)}${where}${what}`;
  });
}
