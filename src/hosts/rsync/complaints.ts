/** How many lines that are not understood are kept for the finding. */
const KEPT = 5;

const SKIPPED = /^Deletions stopped due to --max-delete limit \((\d+) skipped\)$/;
const VANISHED = /^(?:file|directory) has vanished: /;
const NO_WAY = /^could not make way for new /;
/** What the first pass is for: the guard judges it. */
const AT_LIMIT = /^rsync error: the --max-delete limit stopped deletions /;
const SUMMARY = /^rsync (?:error|warning): /;
/** ENOSPC and EDQUOT, at the end so that no file name can pass for them. */
const FULL = /: (?:No space left on device \(28\)|Disk quota exceeded \(122\))$/;

const NOISY = /is your shell clean\?/;

/** What rsync wrote to standard error, sorted; needs `LC_ALL=C`. Its exit code alone hides one thing behind another. */
export class Complaints {
  /** Entries that `--max-delete` kept. */
  skipped = 0;
  vanished = 0;
  /** Directories that could not be removed where a file has to be. */
  noWay = 0;
  full = false;
  /** What came in place of the other side's greeting was none: it is a login shell's. */
  noisyShell = false;
  others = 0;
  readonly firstOthers: string[] = [];

  /** True for the lines of a pass that was to stop at its limit of deletions. */
  add(line: string): boolean {
    const skipped = SKIPPED.exec(line)?.[1];
    if (skipped !== undefined) this.skipped = Number(skipped);
    else if (VANISHED.test(line)) this.vanished += 1;
    else if (NO_WAY.test(line)) this.noWay += 1;
    else if (line !== '' && !SUMMARY.test(line)) this.addOther(line);
    return skipped !== undefined || AT_LIMIT.test(line);
  }

  private addOther(line: string): void {
    this.full ||= FULL.test(line);
    this.noisyShell ||= NOISY.test(line);
    this.others += 1;
    if (this.others <= KEPT) this.firstOthers.push(line);
  }
}
