import { hasErrors } from '../../planner/model/finding.ts';
import type { ImportDocument } from '../../planner/model/spec-documents.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';

/** The spec itself, or where it was written and what to type next. */
export function importedText({ toml, path, findings }: ImportDocument, style: Style): string {
  if (path === null) return toml;
  if (hasErrors(findings)) {
    const shown = sanitise(shellCommand(['nbkp', 'spec', 'validate', '--spec', path]));
    const draft = `A draft is in ${sanitise(path)}. What could not be imported stands there as comments, with the reason.`;
    return `${style.yellow('!')} ${draft} Once they are mended:\n\n  ${shown}\n`;
  }
  const plan = sanitise(shellCommand(['nbkp', 'plan', '--spec', path]));
  return `${style.green('✓')} The spec is in ${sanitise(path)}. See what its first run would do:\n\n  ${plan}\n`;
}
