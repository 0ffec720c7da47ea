import type { Destination } from '../../planner/init/destinations.ts';
import type { Saving } from '../../planner/init/excludes.ts';
import { proposalFor } from '../../planner/init/file-systems.ts';
import type { Style } from '../style.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/width.ts';

/** Where backups can go, numbered from 1. */
export function destinationsText(question: string, destinations: readonly Destination[], style: Style): string {
  const rows = destinations.map((each, index) => [
    String(index + 1),
    sanitise(each.title),
    sanitise(each.where),
    destinationDetails(each),
  ]);
  const none = '  No drive is plugged in, and ~/.ssh/config names no server.';
  const lines = rows.length === 0 ? [none] : table(rows, { width: style.width, indent: '  ' });
  return `${[style.bold(question), ...lines].join('\n')}\n`;
}

/** What can be answered. @param proposed the number that Enter stands for; 0 for none */
export function destinationQuestion(count: number, proposed: number): string {
  if (count === 0) return 'A folder on another drive, or a server as HOST:FOLDER: ';
  const enter = proposed === 0 ? '' : `Enter for ${proposed}, `;
  return `Its number, ${enter}or another folder or HOST:FOLDER: `;
}

/** What is backed up, before that is asked about or where it was named. */
export function sourceText({ absolute, isHome }: { absolute: string; isHome: boolean }, style: Style): string {
  return `${style.bold('What to back up?')}\n  ${sanitise(absolute)}${isHome ? ', your home folder' : ''}\n`;
}

function destinationDetails({ kind, bytes, freeBytes, fsType, encrypted, problem, prepared }: Destination): string {
  const parts = [
    ...(bytes === null ? [] : [formatBytes(bytes)]),
    ...(fsType === null ? [] : [fsType]),
    ...(encrypted ? [fsType === null ? 'encrypted, locked' : 'encrypted'] : []),
    ...(freeBytes === null ? (kind === 'drive' ? ['not mounted'] : []) : [`${formatBytes(freeBytes)} free`]),
    ...(prepared ? ['used by nbkp already'] : []),
  ];
  const mode = problem === null ? `snapshots: ${proposalFor(fsType).mode}` : sanitise(problem.message);
  return [...parts, mode].join(', ');
}

/** What can be left out, with what it takes. */
export function savingsText(savings: readonly Saving[], complete: boolean, style: Style): string {
  const total = savings.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = savings.map(({ filter, what, count, bytes }) => [
    formatBytes(bytes),
    filter.replace(/^- /, ''),
    count <= 1 ? what : `${what} (${plural(count, 'folder')})`,
  ]);
  const saved = `${complete ? '' : 'at least '}${formatBytes(total)}`;
  // Where nbkp will keep its records is named before anything is there.
  const title = total === 0 ? 'These need no backup:' : `These can be made again. Leaving them out saves ${saved}:`;
  const late = 'Not all folders were measured within 20 s.';
  return `\n${[
    style.bold(title),
    ...table(rows, { width: style.width, indent: '  ', right: [0] }),
    ...(complete ? [] : [late]),
  ].join('\n')}\n`;
}

/** The spec as it will be written. */
export function proposedText(toml: string, path: string, style: Style): string {
  const lines = toml
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('#') ? style.dim(sanitise(line)) : sanitise(line)));
  return `\n${style.bold(`${sanitise(path)} will be:`)}\n\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`;
}

/**
 * Where it was written and what to type next.
 *
 * @param found whether commands find it without being told where it is
 */
export function writtenText(path: string, found: boolean, style: Style): string {
  const next = [
    ['prepare', 'marks these folders with a small file each; asks'],
    ['apply', 'makes the first backup; asks'],
    ['schedule install', 'makes the next ones, every day; asks'],
  ].map(([words = '', what = '']) => [`nbkp ${words}${found ? '' : ` --spec ${shellCommand([path])}`}`, what]);
  const lines = found
    ? table(next, { width: style.width, indent: '  ' })
    : next.map(([command = '']) => `  ${sanitise(command)}`);
  return `\n${style.green('✓')} ${sanitise(path)} is written. What to type next:\n\n${lines.join('\n')}\n`;
}

/** Above the plan. */
export function firstRunText(style: Style): string {
  return `${wrap(style.bold('What the first backup will do, once everything is prepared:'), style.width).join('\n')}\n\n`;
}
