import { findingOf } from '../../planner/model/finding.ts';
import {
  contentsCommand,
  datedCommand,
  directory,
  listing,
  listingThere,
  previewCommand,
  renamesCommand,
  transferCommands,
  undatedCommand,
  writesInPlace,
} from '../../planner/kinds/rsync/argv.ts';
import { entriesRecorded, transferParams, type TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { PreviewItem, SyncHistory, TransferPreview } from '../../planner/model/facts.ts';
import type { Change } from '../../planner/model/max-change.ts';
import {
  exceedsMaxDelete,
  isWithinAnyway,
  lossInPlace,
  lossOfSnapshot,
  withoutMoved,
  type Compared,
  type Loss,
} from '../../planner/model/max-delete.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { Step } from '../../planner/model/step.ts';
import type { RunOptions, Transport } from '../transport/transport.ts';
import { ChangedFiles, type ReadSome } from './changed-files.ts';
import { countEntries } from './count-entries.ts';
import { Complaints } from './complaints.ts';
import { failuresOf, toleratedFindings } from './exit-codes.ts';
import { parseDatedItem, parseItem } from './items.ts';
import { sieveOf, spareUndated, type Sieve } from './left-out.ts';
import { ListedNames } from './listed-names.ts';
import { looksMoved } from './looks-moved.ts';
import { lossDetails, type Rehearse } from './loss-details.ts';
import { escapedWhole } from './names.ts';
import { OutputLines } from './output-lines.ts';
import type { Pass } from './pass.ts';
import { PreviewCounter } from './preview-counter.ts';
import { countReplaced, lossOfCopy } from './replaced.ts';
import { TotalsReader, type Totals } from './totals.ts';
import { UndatedFiles } from './undated.ts';
import { deniedLine, unreadFiles } from './unread.ts';

/** What was not seen then is missing from the preview, and the rest of it is good. */
const PARTIAL = [23, 24];

/**
 * What a transfer would change, from a dry run that writes nothing: compared with the last snapshot where there is one,
 * since the target of the transfer may be empty, else with the target, which need not exist yet.
 *
 * @param runner runs commands of the step
 * @param step a transfer step that is not `deferred`: what it reads has to be there
 * @param options `history`: what is recorded of the sync; `isRoot`: whoever asks may read every file
 * @returns warnings about what was not seen, such as `files-unreadable` and `files-vanished`, or errors
 */
export async function previewTransfer(
  step: Step,
  runner: Pick<Transport, 'run'>,
  {
    signal = new AbortController().signal,
    history = null,
    isRoot = false,
  }: { signal?: AbortSignal; history?: SyncHistory | null; isRoot?: boolean } = {},
): Promise<Result<TransferPreview>> {
  if (step.deferred !== undefined) throw new Error(`${step.id} cannot be previewed: ${step.deferred}`);
  const params = transferParams(step.params);
  const counter = new PreviewCounter();
  const sieve = await sieveFor(params, runner, signal);
  const changed = new ChangedFiles(sieve?.asTheyAre);
  const looking: Looking = { step, runner, input: { signal, ...(sieve === null ? {} : { stdin: sieve.rules() }) } };
  const listed = params.renames === true ? new ListedNames() : null;
  const { command, itemIn, late } = changesListed(params, listed);
  const unread = isRoot ? new Set<string>() : await unreadFiles(params, runner, signal);
  const denied: string[] = [];
  const seen = await dryRun(command, { ...looking, denied }, (line) => {
    const item = itemIn(line);
    if (item !== null && sieve?.spares(item) === true) return;
    if (item !== null) counter.add(item);
    if (item !== null && isCopied(item) && unread.has(escapedWhole(item.path))) denied.push(pathOf(params, item));
    changed.add(line, item);
  });
  if (!seen.ok) return seen;
  seen.value.entries += sieve?.asTheyAre ?? 0;
  const compared: Compared = { ...seen.value, gone: counter.gone };
  const rehearse: Rehearse = (argv, input) => runner.run(argv, { ...input, signal });
  const isTooMuch = (found: Loss): boolean => found.lost > 0 && exceedsMaxDelete(found, params.maxDelete);
  const first = await lossOf(params, compared, looking, history);
  if (!first.ok) return first;
  const moved = listed === null ? null : await looksMoved(params, listed, rehearse);
  const notMoved = withoutMoved(first.value, moved?.all.entries ?? 0);
  const older = isTooMuch(notMoved) ? null : await lossSinceWhole(params, looking, rehearse);
  if (older?.ok === false) return older;
  const since = older !== null && isTooMuch(older.value.notMoved) ? older.value : null;
  const { judged, loss } = since ?? { judged: params, loss: first.value };
  const details =
    isTooMuch(since?.notMoved ?? notMoved) &&
    (await lossDetails({ ...judged, source: params.live ?? params.source }, rehearse));
  const change = await changeOf(params, changed, looking);
  const { others } = seen.value;
  const [leftOut, undated] = [sieve?.leftOut(), sieve?.undated() ?? late.counted()];
  const figures = {
    ...counter.preview(
      seen.value,
      loss,
      moved && since ? { ...moved, all: { ...moved.all, entries: since.moved } } : moved,
    ),
    ...(details && { lostInDetail: details }),
    ...(change && { change }),
    ...(params.copiesAll === true && others !== undefined && others.files > 0 && { attributes: others }),
  };
  const preview = { ...figures, filters: params.filters, ...(leftOut && { leftOut }), ...(undated && { undated }) };
  return success(preview, seen.findings);
}

function isCopied({ code }: PreviewItem): boolean {
  return /^[<>]f/.test(code);
}

function pathOf({ source, live = source }: TransferParams, { path }: PreviewItem): string {
  return `${directory(live)}${path}`;
}

/** How what a transfer would change is listed, and read line by line: with times where its destination cannot hold each. */
export function changesListed(
  params: TransferParams,
  listed: ListedNames | null,
): { command: string[]; itemIn: (line: string) => PreviewItem | null; late: UndatedFiles } {
  const late = new UndatedFiles(params.times);
  const isDated = params.times !== undefined;
  const plain = isDated ? datedCommand : previewCommand;
  const itemIn = (line: string): PreviewItem | null => {
    // What comes behind two slashes is of no name.
    const dated = isDated ? parseDatedItem(line.split('//', 1).join()) : null;
    if (dated?.code[1] === 'f') late.add(dated);
    if (listed !== null) return parseItem(listed.read(line));
    return isDated ? dated : parseItem(line);
  };
  return { command: (listed === null ? plain : renamesCommand)(params), itemIn, late };
}

/** What a transfer will leave out; null where its destination holds all, and so its commands read no rules. */
export async function sieveFor(
  params: TransferParams,
  runner: Pick<Transport, 'run'>,
  signal?: AbortSignal,
): Promise<Sieve | null> {
  const { unholdable, live = params.source } = params;
  const now = { ...params, source: live };
  const [source, there, undated] = [listing(now), listingThere(now), undatedCommand(now)];
  if (unholdable === undefined || source === null) return null;
  // Where it fails, so does the dry run that comes after it, and says why.
  const list =
    (argv: string[], stdin?: Buffer) =>
    async (onLine: (line: string) => void): Promise<void> => {
      const output = new OutputLines(onLine);
      const input = { ...(signal && { signal }), ...(stdin && { stdin }) };
      await runner.run(argv, { ...input, onStdout: (chunk) => output.write(chunk) });
      output.end();
    };
  const sieve = await sieveOf(unholdable.limits, list(source), there && list(there));
  await spareUndated(sieve, undated && ((rules, onLine) => list(undated, rules)(onLine)));
  return sieve;
}

interface Looking {
  step: Step;
  runner: Pick<Transport, 'run'>;
  input: Pick<RunOptions, 'stdin'> & { signal: AbortSignal };
  /** Files that are listed as copied, and cannot be read. Known when all are listed. */
  denied?: readonly string[];
}

/** What the guard of a run judges, by the same rule. */
async function lossOf(
  params: TransferParams,
  compared: Compared,
  looking: Looking,
  history: SyncHistory | null,
): Promise<Result<Loss>> {
  if (params.compareWith !== null && !writesInPlace(params)) {
    const { runner, input } = looking;
    const before = entriesRecorded(params, history) ?? (await countEntries(runner, params.compareWith, input.signal));
    // The run says why they cannot be counted.
    return success(before === null ? lossInPlace(compared, 0) : lossOfSnapshot(compared, before));
  }
  const within = params.compareWith === null && isWithinAnyway(compared, params.maxDelete);
  if (!writesInPlace(params) || within) return success(lossInPlace(compared, 0));
  const counted = await countReplaced(
    transferCommands({ ...params, source: params.live ?? params.source }),
    async (argv, onLine) => {
      const seen = await dryRun(argv, looking, onLine);
      return seen.ok ? { totals: seen.value } : { failed: seen };
    },
  );
  if ('failed' in counted) return counted.failed;
  const loss = lossInPlace(compared, counted.replaced);
  const countAll = (path: string): Promise<number | null> => countEntries(looking.runner, path, looking.input.signal);
  // The run says why they cannot be counted.
  return success((await lossOfCopy(params, loss, { countEntries: countAll })) ?? loss);
}

/**
 * What the last snapshot lacks, since it could not be read, is still in an older one. Null where it lacks nothing, or nobody can
 * tell since something of it cannot be read now.
 */
async function lossSinceWhole(
  params: TransferParams,
  looking: Looking,
  rehearse: Rehearse,
): Promise<Result<{ judged: TransferParams; loss: Loss; moved: number; notMoved: Loss }> | null> {
  const { sinceWhole } = transferCommands({ ...params, source: params.live ?? params.source });
  if (sinceWhole === null || params.lastWhole === undefined) return null;
  const judged = { ...params, compareWith: params.lastWhole, compareSnapshot: null };
  const gone = new PreviewCounter();
  const listed = params.renames === true ? new ListedNames() : null;
  const seen = await dryRun(sinceWhole, looking, (line) => {
    const item = parseItem(listed?.read(line) ?? line);
    if (item !== null) gone.add(item);
  });
  if (!seen.ok) return seen;
  if (seen.findings.some(({ code }) => code !== 'files-vanished')) return null;
  const loss = await lossOf(judged, { ...seen.value, gone: gone.gone }, looking, null);
  if (!loss.ok) return loss;
  const moved = (listed && (await looksMoved(judged, listed, rehearse)))?.all.entries ?? 0;
  return success({ judged, loss: loss.value, moved, notMoved: withoutMoved(loss.value, moved) });
}

/** Null where nobody asks for it. */
async function changeOf(
  params: TransferParams,
  changed: ChangedFiles,
  { step, runner, input }: Looking,
): Promise<Change | null> {
  const { live = params.source, maxChange } = params;
  const contents = contentsCommand({ ...params, source: live });
  if (contents === null) return null;
  const read: ReadSome = (rules, onLine) =>
    dryRun(contents, { step, runner, input: { ...input, stdin: rules } }, onLine);
  return changed.change(maxChange, read);
}

async function dryRun(
  argv: readonly string[],
  { step, runner, input, denied = [] }: Looking,
  onLine: (line: string) => void = () => undefined,
): Promise<Result<Totals>> {
  const totals = new TotalsReader();
  const complaints = new Complaints();
  const output = new OutputLines((line) => {
    totals.read(line);
    onLine(line);
  });
  const result = await runner.run(argv, {
    ...input,
    onStdout: (chunk) => output.write(chunk),
    onStderrLine: (line) => complaints.add(line),
  });
  output.end();
  const pass: Pass = { result, complaints, totals: totals.totals(), reached: null, pending: 0 };
  const { sync } = step;
  const { code } = result;
  if (pass.totals === null || code === null || ![0, ...PARTIAL].includes(code)) {
    return failure(...failuresOf(pass, code).map((finding) => findingOf({ sync }, finding)));
  }
  for (const path of denied) complaints.add(deniedLine(path));
  const expected = denied.length > 0 ? 23 : code;
  const warnings =
    expected === 0 ? [] : toleratedFindings(pass, expected).map((finding) => findingOf({ sync }, finding));
  return success(pass.totals, warnings);
}
