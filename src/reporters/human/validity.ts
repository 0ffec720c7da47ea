import type { Finding } from '../../planner/model/finding.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { plural } from '../text/numbers.ts';
import { sanitise } from '../text/sanitise.ts';

/** That a spec is in order, how much is in it, and the warnings about it. */
export function validityText(
  spec: Pick<Spec, 'path' | 'volumes' | 'syncs'>,
  findings: readonly Finding[],
  style: Style,
): string {
  const volumes = plural(Object.keys(spec.volumes).length, 'volume');
  const syncs = plural(Object.keys(spec.syncs).length, 'sync', 'syncs');
  const verdict = `${style.green('✓')} ${sanitise(spec.path)} is valid: ${volumes}, ${syncs}.\n`;
  return findings.length === 0 ? verdict : `${findingsText(findings, style)}\n${verdict}`;
}
