import { folderInTheWay } from '../../planner/model/findings/copying.ts';
import { causeOf, hidesNames, type Cause } from './causes.ts';
import { saidBy, type Said } from './said.ts';

/** How many lines that are not understood are kept for the finding. */
const KEPT = 5;
/** How many paths a cause names. */
const NAMED = 3;

const SKIPPED = /^Deletions stopped due to --max-delete limit \((\d+) skipped\)$/;
const VANISHED = /^(?:file|directory) has vanished: /;
const NO_WAY = /^could not make way for new [a-z ]+: (.*)$/;
/** What the first pass is for: the guard judges it. */
const AT_LIMIT = /^rsync error: the --max-delete limit stopped deletions /;
/** They follow from another line, or advise to switch a protection off. */
const NOTHING_NEW =
  /^rsync (?:error|warning): |^\*\*\* Skipping any contents from this failed directory \*\*\*$|^refusing to follow a symlink owned by an untrusted user; |^WARNING: .* failed verification -- update |^IO error encountered -- skipping file deletion$/;

const NOISY = /is your shell clean\?/;

/** What rsync says of one cause. */
export interface Seen {
  count: number;
  /** The first few, in rsync's spelling. */
  paths: string[];
  why: string;
}

/** What rsync wrote to standard error, sorted; needs `LC_ALL=C`. Its exit code alone hides one thing behind another. */
export class Complaints {
  /** Entries that `--max-delete` kept. */
  skipped = 0;
  vanished = 0;
  /** Folders of the source that could not be listed: what is in them is not known. */
  hidden: Seen = { count: 0, paths: [], why: '' };
  /** Directories that could not be removed where a file has to be. */
  noWay: Seen = { count: 0, paths: [], why: '' };
  readonly causes = new Map<Cause, Seen>();
  /** What came in place of the other side's greeting was none: it is a login shell's. */
  noisyShell = false;
  /** Lines that are not understood. */
  others = 0;
  readonly firstOthers: string[] = [];

  /** True for the lines of a pass that was to stop at its limit of deletions. */
  add(line: string): boolean {
    const skipped = SKIPPED.exec(line)?.[1];
    const inTheWay = NO_WAY.exec(line)?.[1];
    if (skipped !== undefined) this.skipped = Number(skipped);
    else if (VANISHED.test(line)) this.vanished += 1;
    else if (inTheWay !== undefined) note(this.noWay, { path: inTheWay, why: '' });
    else if (line !== '' && !NOTHING_NEW.test(line)) this.addOther(line);
    return skipped !== undefined || AT_LIMIT.test(line);
  }

  /** What is behind the exit code. A folder in the way is none where the limit of deletions has kept it. */
  allCauses(): ReadonlyMap<Cause, Seen> {
    const inTheWay = this.noWay.count > 0 && this.skipped === 0;
    return inTheWay ? new Map([...this.causes, [folderInTheWay, this.noWay]]) : this.causes;
  }

  private addOther(line: string): void {
    const said = saidBy(line);
    const cause = said === null ? null : causeOf(said);
    if (said === null || cause === null) return this.addUnknown(line);
    const seen = this.causes.get(cause) ?? { count: 0, paths: [], why: said.why };
    this.causes.set(cause, seen);
    note(seen, said);
    if (hidesNames(said)) note(this.hidden, said);
  }

  private addUnknown(line: string): void {
    this.noisyShell ||= NOISY.test(line);
    this.others += 1;
    if (this.others <= KEPT) this.firstOthers.push(line);
  }
}

/** One entry can be complained about more than once. */
function note(seen: Seen, { path, why }: Pick<Said, 'path' | 'why'>): void {
  if (seen.paths.includes(path)) return;
  seen.count += 1;
  seen.why ||= why;
  if (seen.paths.length < NAMED) seen.paths.push(path);
}

/** `/a, /b, /c and 7 more` */
export function pathsOf({ count, paths }: Seen): string {
  const more = count - paths.length;
  return `${paths.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
