import type { StepContext } from '../../contract.ts';
import { nameOf, type ListedNames } from '../../../hosts/rsync/listed-names.ts';
import { foldersAbove } from '../../../hosts/rsync/renames.ts';
import type { Job } from './job.ts';
import { readItems } from './renames.ts';

/** By the clock that people set, and by the one that nobody sets but that stands still while the machine sleeps. */
export interface Moment {
  wall: number;
  steady: number;
}

export function momentNow({ now }: Pick<StepContext, 'now'>): Moment {
  return { wall: now(), steady: performance.now() };
}

/** Both times that are compared are whole seconds, and what is known of a server's clock is that it is right to a second or two. */
const MARGIN = 3_000;
/** `%i %l %M %t %n` of an entry of the source: rsync tells the time of a folder and its own by one clock. */
const LINE = /^c?.(?<kind>[fdLDS])[^ ]* \d+ (?<changed>[^ ]+) (?<now>[^ ]+ [^ ]+) (?<name>.+)$/;

/**
 * Whether what a comparison has listed as gone still is, and nothing of the source can have moved past it: from where it was not yet
 * looked to where it was looked already. That would have its only copy under a name that is gone. Whatever moves changes the folders
 * that it leaves: these differ from the copy, or it was copied from there before.
 *
 * @param since when the comparison began
 */
export async function isSettled(
  job: Job,
  argv: readonly string[],
  { gone, folders, newFolders }: ListedNames,
  since: Moment,
): Promise<boolean> {
  const changed = [...folders, ...newFolders];
  const above = [...foldersAbove([...gone, ...changed])].filter((name) => !gone.has(name));
  const ages = new Map(['.', ...changed, ...above].map((name) => [name, -Infinity]));
  const back: string[] = [];
  const code = await readItems(job, argv, [...gone, ...ages.keys()], (line) => {
    const { kind, changed: then = '', now = '', name: shown = '' } = LINE.exec(line)?.groups ?? {};
    if (kind === undefined) return;
    const name = nameOf(shown);
    if (gone.has(name)) back.push(name);
    if (kind === 'd' && ages.has(name)) ages.set(name, milliseconds(now) - milliseconds(then));
  });
  const { wall, steady } = momentNow(job.context);
  const passed = Math.max(wall - since.wall, steady - since.steady);
  return code === 0 && back.length === 0 && isOneZone(since.wall, wall) && Math.min(...ages.values()) > passed + MARGIN;
}

/** Of a local time; only differences count. */
function milliseconds(shown: string): number {
  const [date = '', time = ''] = shown.split(/[- ]/);
  return Date.parse(`${date.replaceAll('/', '-')}T${time}Z`);
}

function isOneZone(one: number, other: number): boolean {
  return new Date(one).getTimezoneOffset() === new Date(other).getTimezoneOffset();
}
