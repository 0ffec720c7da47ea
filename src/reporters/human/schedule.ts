import type { PlannedFile, ScheduleDocument } from '../../planner/model/documents.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';

const SYMBOLS = { create: '+', update: '~', keep: '=', remove: '-' } as const;
const WORDS = {
  create: '',
  update: '',
  keep: ' (is there, as it should be)',
  remove: ' (not needed any more)',
} as const;

/** The files with what will be in them, and the commands that make them count. */
export function scheduleText({ files, commands }: ScheduleDocument, style: Style): string {
  const parts = files.map((file) => fileText(file, style));
  const then = commands.map((argv) => `  ${sanitise(shellCommand(argv))}\n`).join('');
  return [...parts, ...(then === '' ? [] : [`${style.bold('Then:')}\n${then}`])].join('\n');
}

function fileText({ path, text, change }: PlannedFile, style: Style): string {
  const paint = { create: style.green, update: style.yellow, keep: style.dim, remove: style.red }[change];
  const title = `${paint(SYMBOLS[change])} ${style.bold(sanitise(path))}${WORDS[change]}\n`;
  if (change === 'keep' || change === 'remove') return title;
  return (
    title +
    text
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '\n' : `    ${sanitise(line)}\n`))
      .join('')
  );
}

/** What became of it. */
export function scheduledText(document: ScheduleDocument, style: Style): string {
  const { name, scope } = document;
  const user = scope === 'user' ? ['--user'] : [];
  return [
    `${style.green('✓')} The schedule ${sanitise(name)} is installed.`,
    `  When it runs next:  ${shellCommand(['systemctl', ...user, 'list-timers', `${name}.timer`])}`,
    `  What it says:       ${shellCommand(['journalctl', ...user, '--unit', `${name}.service`])}`,
    '',
  ].join('\n');
}

export function unchangedText(name: string, style: Style): string {
  return `${style.green('✓')} The schedule ${sanitise(name)} is installed already. Nothing changed.\n`;
}

export function unscheduledText(name: string, files: number, style: Style): string {
  if (files === 0) return `There is no schedule ${sanitise(name)} of this spec. Nothing changed.\n`;
  return `${style.green('✓')} The schedule ${sanitise(name)} is taken away. Backups and their records are as they were.\n`;
}
