import { leftOutFinding, undatedFindings } from '../../../planner/kinds/rsync/held.ts';
import type { TransferCommands } from '../../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { sieveOf, spareUndated, type List, type Sieve } from '../../../hosts/rsync/left-out.ts';
import { runPass, type PassOptions } from '../../../hosts/rsync/pass.ts';
import { verdictOf } from '../../../hosts/rsync/verdict.ts';
import type { StepContext } from '../../contract.ts';

/** What a transfer leaves out. */
export interface Sifted {
  ok: true;
  /** Has the rules for the standard input of each command; null where they read none. */
  sieve: Sieve | null;
  /** What is not in the listing is not in the source. */
  sawAll: boolean;
  findings: Finding[];
}

/**
 * Lists the source where its destination cannot hold every entry. A folder that cannot be read is no reason to stop: the
 * transfer meets it too.
 *
 * @param commands filled
 */
export async function sift(
  params: TransferParams,
  { listing, there, undated }: Pick<TransferCommands, 'listing' | 'there' | 'undated'>,
  context: StepContext,
): Promise<Sifted | { ok: false; findings: Finding[] }> {
  const { unholdable } = params;
  if (listing === null || unholdable === undefined) return { ok: true, sieve: null, sawAll: true, findings: [] };
  const problems: Finding[] = [];
  let sawAll = true;
  const { limits } = unholdable;
  const list = async (
    argv: readonly string[],
    onLine: (line: string) => void,
    options: Pick<PassOptions, 'quiet' | 'stdin'>,
  ): Promise<boolean> => {
    const pass = await runPass(argv, context, { onLine, timeoutMs: params.timeout, ...options });
    const verdict = verdictOf(pass, { ...params, tolerate: [23, 24] });
    if (!verdict.ok && pass.result.code !== 23) problems.push(...verdict.findings);
    return verdict.ok && verdict.sawAll;
  };
  const source: List = async (onLine) => {
    sawAll = (await list(listing, onLine, {})) && sawAll;
  };
  // Where no copy is yet rsync ends with 23 too. Whatever else ends it, the names that are there are not known.
  const copy: List = async (onLine) => {
    await list(there ?? [], onLine, { quiet: true });
  };
  const sieve = await sieveOf(limits, source, there && copy);
  await spareUndated(sieve, undated && ((rules, onLine) => list(undated, onLine, { quiet: true, stdin: rules })));
  if (problems.length > 0) return { ok: false, findings: problems };
  const leftOut = sieve.leftOut();
  const about = [
    ...(leftOut === null ? [] : [leftOutFinding(params.destination, unholdable, leftOut)]),
    ...undatedFindings(params, sieve.undated()),
  ];
  const findings = about.map((finding) => ({ ...finding, sync: params.sync }));
  return { ok: true, sieve, sawAll, findings };
}
