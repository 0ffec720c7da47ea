import { scanCommand, type RestoreParams } from '../../planner/kinds/restore/command.ts';
import type { CountedPaths, RestorePart } from '../../planner/model/at-target.ts';
import type { PreviewItem } from '../../planner/model/facts.ts';
import { unescapeName } from '../rsync/names.ts';
import { Complaints } from '../rsync/complaints.ts';
import { parseItem } from '../rsync/items.ts';
import { OutputLines } from '../rsync/output-lines.ts';
import type { Pass } from '../rsync/pass.ts';
import { TotalsReader } from '../rsync/totals.ts';
import type { ProcessResult } from '../transport/transport.ts';
import { foldersAbove, NAMED, Surveyor, type Survey } from './surveyor.ts';

/** Runs a command of the restore with names as its input. */
export type Run = (
  argv: readonly string[],
  options: { stdin?: Buffer; onStdout: (chunk: Buffer) => void; onStderrLine: (line: string) => boolean },
) => Promise<ProcessResult>;

/** Whether a dry run has seen what it could: what it did not is no reason to copy nothing (rsync's codes 23 and 24). */
export function isPartial({ result: { code }, totals }: Pass): boolean {
  return totals !== null && code !== null && [0, 23, 24].includes(code);
}

/** Of several parts. */
export function sumOfParts(seen: readonly Survey[], what: 'kept' | 'inTheWay' | 'linksLeft' | 'backups'): CountedPaths {
  const paths = seen.flatMap((one) => one[what].paths).slice(0, NAMED);
  return { count: seen.reduce((sum, one) => sum + one[what].count, 0), paths };
}

/** A restore to a folder that is just made: nothing has to be looked for. */
export function surveyOfNewFolder({ paths }: RestorePart): Pick<Survey, 'missing' | 'copied' | 'changed' | 'touched'> {
  const names = paths.map(unescapeName);
  const missing = [...new Set(names.flatMap(foldersAbove))];
  return { missing, copied: names.length === 0 ? [''] : names, changed: [], touched: new Map() };
}

/**
 * Looks at what is there where a part of a restore goes to, and writes nothing: first at the folders above what was
 * asked for, then with a dry run of rsync at all the rest.
 *
 * @param watch gets each entry that will be written; its path is relative to the snapshot
 */
export async function survey(
  params: RestoreParams,
  part: RestorePart,
  run: Run,
  watch: (item: PreviewItem) => void = () => undefined,
): Promise<Survey> {
  const surveyor = new Surveyor(params, part, watch);
  const names = part.paths.map(unescapeName).filter((name) => surveyor.reaches(name));
  if (part.paths.length > 0 && names.length === 0) return surveyor.survey(null);
  const complaints = new Complaints();
  const totals = new TotalsReader();
  const output = new OutputLines((line) => {
    const [, before, time, name] = TIMED.exec(line) ?? [];
    const item = before === undefined ? null : parseItem(`${before} ${name ?? ''}`);
    if (item === null) totals.read(line);
    else surveyor.add(item, secondsOf(time ?? ''));
  });
  const result = await run(scanCommand(params, part), {
    ...(names.length === 0 ? {} : { stdin: fileList(names) }),
    onStdout: (chunk) => output.write(chunk),
    onStderrLine: (line) => {
      const [, name] = NO_WAY.exec(line) ?? [];
      if (name === undefined) return complaints.add(line);
      surveyor.inTheWay(name);
      return true;
    },
  });
  output.end();
  // A folder where a file has to be is no failure of a look.
  const onlyInTheWay = result.code === 23 && complaints.others === 0 && complaints.allCauses().size === 0;
  const code = onlyInTheWay ? 0 : result.code;
  return surveyor.survey({
    result: { ...result, code },
    complaints,
    totals: totals.totals(),
    reached: null,
    pending: 0,
  });
}

/** Names for `--from0 --files-from=-`. One that begins with `#` is no comment then, and `.` is the folder itself. */
export function fileList(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `./${name}\0`).join(''), 'latin1');
}

/** `%i %l %M %n` */
const TIMED = /^(\S{11} \d+) (\d+\/\d\d\/\d\d-\d\d:\d\d:\d\d) (.*)$/;

/** A dry run says this in place of an item, of a folder that is not empty. */
const NO_WAY = /^could not make way for new [a-z ]+: (.*)$/;

/** rsync writes a time as this machine's clocks show it. In the hour that comes twice it is taken for the earlier. */
function secondsOf(time: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = time.split(/[/:-]/).map(Number);
  return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
}
