import type { Finding } from '../../planner/model/finding.ts';
import { findingLines } from '../findings.ts';
import type { Style } from '../style.ts';
import { sanitise, sanitised } from '../text/sanitise.ts';

/** A single finding that ends a command before it began. */
export function usageText(finding: Finding, style: Style): string {
  const lines = sanitised([finding]).flatMap((each) => findingLines(each, style, { excerpt: false }));
  return `${lines.join('\n')}\n`;
}

export interface Bug {
  error: unknown;
  /** The words after `nbkp`. */
  argv: readonly string[];
  /** Of nbkp. */
  version: string;
  /** `node v20.20.2, linux x64`. */
  platform: string;
}

/** A user is never at fault for one of these, and can only help by telling. */
export function bugText({ error, argv, version, platform }: Bug): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const facts = [`nbkp ${version}, ${platform}`, `command: nbkp ${argv.join(' ')}`, ...trace.split('\n')];
  return [
    'This is a bug in nbkp, not something that you did. Please report it, with these lines:',
    '',
    ...facts.map((line) => `  ${sanitise(line)}`),
    '',
    'and with what `nbkp doctor` prints.',
    '',
  ].join('\n');
}
