import type { ExecutorsDocument } from '../../planner/model/plugin-documents.ts';
import type { Style } from '../style.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';

/** The installed executors, one per line. */
export function executorsText(document: ExecutorsDocument, style: Style): string {
  const rows = sanitised(document).executors.map(({ name, version, kinds, origin, path }) => [
    style.bold(name),
    version,
    kinds.join(', '),
    style.dim(path === null ? origin : `${origin} (${path})`),
  ]);
  return `${table([['NAME', 'VERSION', 'KINDS', 'FROM'].map(style.dim), ...rows], { width: style.width, indent: '' }).join('\n')}\n`;
}
