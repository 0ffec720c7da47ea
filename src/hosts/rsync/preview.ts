import { listing, previewCommand } from '../../planner/kinds/rsync/argv.ts';
import { transferParams, type TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { TransferPreview } from '../../planner/model/facts.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { Step } from '../../planner/model/step.ts';
import type { RunOptions, Transport } from '../transport/transport.ts';
import { Complaints } from './complaints.ts';
import { failuresOf, toleratedFindings } from './exit-codes.ts';
import { parseItem } from './items.ts';
import { Sieve } from './left-out.ts';
import { OutputLines } from './output-lines.ts';
import type { Pass } from './pass.ts';
import { PreviewCounter } from './preview-counter.ts';
import { TotalsReader } from './totals.ts';

/** What was not seen then is missing from the preview, and the rest of it is good. */
const PARTIAL = [23, 24];

/**
 * What a transfer would change, from a dry run that writes nothing: compared with the last snapshot where there is one,
 * since the target of the transfer may be empty, else with the target, which need not exist yet.
 *
 * @param runner runs commands of the step
 * @param step a transfer step that is not `deferred`: what it reads has to be there
 * @returns warnings about what was not seen, such as `files-unreadable` and `files-vanished`, or errors
 */
export async function previewTransfer(
  step: Step,
  runner: Pick<Transport, 'run'>,
  signal?: AbortSignal,
): Promise<Result<TransferPreview>> {
  if (step.deferred !== undefined) throw new Error(`${step.id} cannot be previewed: ${step.deferred}`);
  const params = transferParams(step.params);
  const sieve = await sieveFor(params, runner, signal);
  const rules = sieve === null ? {} : { stdin: sieve.rules() };
  const seen = await previewRun(previewCommand(params), step, runner, { ...rules, ...(signal && { signal }) });
  if (!seen.ok) return seen;
  const leftOut = sieve?.leftOut() ?? null;
  return success({ ...seen.value, filters: params.filters, ...(leftOut && { leftOut }) }, seen.findings);
}

/** What a transfer will leave out; null where its destination holds all, and so its commands read no rules. */
export async function sieveFor(
  params: TransferParams,
  runner: Pick<Transport, 'run'>,
  signal?: AbortSignal,
): Promise<Sieve | null> {
  const { unholdable } = params;
  const argv = listing(params);
  if (unholdable === undefined || argv === null) return null;
  const sieve = new Sieve(unholdable.limits);
  const output = new OutputLines((line) => sieve.read(line));
  // Where it fails, so does the dry run that comes after it, and says why.
  await runner.run(argv, { ...(signal && { signal }), onStdout: (chunk) => output.write(chunk) });
  output.end();
  return sieve;
}

async function previewRun(
  argv: string[],
  step: Step,
  runner: Pick<Transport, 'run'>,
  input: Pick<RunOptions, 'stdin' | 'signal'>,
): Promise<Result<TransferPreview>> {
  const counter = new PreviewCounter();
  const totals = new TotalsReader();
  const complaints = new Complaints();
  const output = new OutputLines((line) => {
    const item = parseItem(line);
    if (item === null) return totals.read(line);
    counter.add(item);
  });
  const result = await runner.run(argv, {
    ...input,
    onStdout: (chunk) => output.write(chunk),
    onStderrLine: (line) => complaints.add(line),
  });
  output.end();
  const pass: Pass = { result, complaints, totals: totals.totals(), reached: null, pending: 0 };
  const sync = step.sync === undefined ? {} : { sync: step.sync };
  const { code } = result;
  if (pass.totals === null || code === null || ![0, ...PARTIAL].includes(code)) {
    return failure(...failuresOf(pass, code).map((finding) => ({ ...finding, ...sync })));
  }
  const warnings = code === 0 ? [] : toleratedFindings(pass, code).map((finding) => ({ ...finding, ...sync }));
  return success(counter.preview(pass.totals), warnings);
}
