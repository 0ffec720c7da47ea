import type { ImportDocument } from '../../planner/model/documents.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';

/** The spec itself, or where it was written and what to type next. */
export function importedText({ toml, path }: ImportDocument, style: Style): string {
  if (path === null) return toml;
  const plan = sanitise(shellCommand(['nbkp', 'plan', '--spec', path]));
  return `${style.green('✓')} The spec is in ${sanitise(path)}. See what its first run would do:\n\n  ${plan}\n`;
}
