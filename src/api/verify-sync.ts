import { verifyFiles, type Verdicts } from '../hosts/compare/verify.ts';
import { FilesToVerify } from '../hosts/compare/files-to-verify.ts';
import { askWhetherWhole } from '../hosts/observe/answers.ts';
import { heldTimes, type HeldTimes } from '../planner/file-systems/held-times.ts';
import { fileSystemAt } from '../planner/file-systems/of.ts';
import { ChecksumLog, readChecksums, type RecordedChecksums } from '../store/checksums.ts';
import { specKey } from '../store/history.ts';
import type { OfEnds } from '../store/of-ends.ts';
import { endsOf } from '../planner/volumes/ends.ts';
import { readVerification, writeVerification } from '../store/verification-state.ts';
import type { VerificationState } from '../planner/model/stored.ts';
import type { StoredCheck } from '../planner/model/executor.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { storeNotWhole, storeUnverifiable } from '../planner/model/findings/provided.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { destinationName, endpointKey, type Sync } from '../planner/model/spec.ts';
import type { FileProblem, SyncVerification, VerifyCounts } from '../planner/model/verification.ts';
import { chooseCopy, chooseStored, originalOf, type Copy } from '../planner/documents/chosen-copy.ts';
import { fetchPassphrase } from './secrets.ts';
import { verifyEntries } from './verify-entries.ts';
import { Turns } from './verify-turns.ts';
import { folderOf, type Workspace } from './workspace.ts';
import { messageOf } from '../planner/model/system-error.ts';

const NAMED_PROBLEMS = 1000;
const NOTHING: VerifyCounts = { total: 0, files: 0, bytes: 0, recorded: 0, sameAsSource: 0, unknown: 0, bad: 0 };
const NO_RECORDS = { knows: () => false, holds: () => false, findings: [] };

export interface VerifyOptions {
  snapshot: string | null;
  /** Percent. */
  sample: number;
  /** Begin anew what an interruption left. */
  restart: boolean;
  /** Compare with the source even what is recorded. */
  againstSource: boolean;
  signal: AbortSignal;
  /** Of nbkp. */
  version: string;
  /** Told after each batch. */
  progress: (counts: VerifyCounts) => void;
  /** Told of what could not be used. */
  remark: (finding: Finding) => void;
}

/** Verifies the copy of one sync as far as nothing interrupts, and keeps how far it came. */
export async function verifySync(
  workspace: Workspace,
  facts: Facts,
  sync: Sync,
  options: VerifyOptions,
): Promise<SyncVerification> {
  const { spec } = workspace;
  if (sync.stored !== undefined) return verifyStored(workspace, facts, sync, options);
  const copy = chooseCopy({ spec, facts }, sync, options.snapshot);
  const about = { name: sync.name, destination: destinationName(sync) };
  if (!copy.ok) {
    const nowhere = { snapshot: null, path: null, counts: NOTHING, sample: null, problems: [] };
    return { ...about, ...nowhere, ...stopped(copy) };
  }
  const step = Math.max(1, Math.round(100 / options.sample));
  const there = facts.endpoints[endpointKey(sync.destination)] ?? null;
  const times = heldTimes(there && fileSystemAt(there));
  const recorded = options.againstSource ? NO_RECORDS : readChecksums(recordsOf(workspace, sync), times);
  const begun = await begin(workspace, sync, copy.value, { ...options, step });
  const place = { ...about, snapshot: copy.value.snapshot, path: copy.value.path };
  if (!begun.ok) return { ...place, counts: NOTHING, sample: null, problems: [], ...stopped(begun) };
  const { state } = begun.value;
  const wasOpen = state.finishedAt === null;
  const ended = await goOn(workspace, facts, sync, copy.value, { ...begun.value, recorded, times }, options);
  const entries =
    wasOpen && state.finishedAt !== null && step === 1
      ? await verifyEntries(workspace, facts, sync, copy.value, options)
      : [];
  if (entries.length > 0) {
    addEntries(state, entries);
    writeVerification(recordsOf(workspace, sync), state);
  }
  return {
    ...place,
    state: state.finishedAt === null ? 'partly' : 'verified',
    counts: state.counts,
    sample: step === 1 ? null : { part: state.first, of: step },
    problems: state.problems,
    ...(ended.ok ? {} : stopped(ended)),
  };
}

function recordsOf({ state, spec }: Workspace, { name }: Sync): OfEnds {
  return { state, specKey: specKey(spec.path), sync: name, ends: endsOf(spec)[name] ?? '' };
}

/** What an executor keeps, only it can look at. */
async function verifyStored(
  workspace: Workspace,
  facts: Facts,
  sync: Sync,
  { snapshot: wanted, signal }: VerifyOptions,
): Promise<SyncVerification> {
  const { spec, executors, world } = workspace;
  const about = {
    name: sync.name,
    destination: destinationName(sync),
    path: null,
    counts: NOTHING,
    sample: null,
    problems: [],
  };
  const volumes = executors.planning.executors.find(({ name }) => name === sync.transfer)?.volumes;
  const chosen = chooseStored({ spec, facts }, sync, wanted);
  if (!chosen.ok) return { ...about, snapshot: null, ...stopped(chosen) };
  const place = { ...about, snapshot: chosen.value.at, by: sync.transfer };
  if (volumes?.verify === undefined)
    return { ...place, ...stopped(failure(storeUnverifiable(sync.name, sync.transfer))) };
  const check = checkOf(() => volumes.verify?.({ spec, facts, sync }, chosen.value));
  const secret = (id: string) => fetchPassphrase(workspace, id);
  const seen =
    'problem' in check ? check : await askWhetherWhole(check, (host) => world.transport(host), { secret, signal });
  if (typeof seen === 'string') return { ...place, state: seen === 'whole' ? 'verified' : 'partly' };
  const copy = `${sync.name}@${chosen.value.at}`;
  return { ...place, ...stopped(failure(storeNotWhole(copy, sync.transfer, seen.problem))) };
}

function checkOf(verify: () => StoredCheck | undefined): StoredCheck | { problem: string } {
  try {
    return verify() ?? { problem: 'it has no way to' };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function stopped({ findings }: Result<unknown>): Pick<SyncVerification, 'state' | 'reason' | 'code' | 'help'> {
  const [finding] = findings;
  const state = finding?.severity === 'error' ? 'failed' : 'absent';
  if (finding === undefined) return { state, reason: '' };
  const help = finding.help === undefined ? {} : { help: finding.help };
  return { state, reason: finding.message, code: finding.code, ...help };
}

interface Begun {
  state: VerificationState;
  /** Those that are left. */
  files: FilesToVerify;
}

/** What was written down of the files when they were copied. */
interface Known {
  recorded: RecordedChecksums | Promise<RecordedChecksums>;
  times: HeldTimes;
}

/** Where the last verification stopped, or the beginning of the next sample. */
async function begin(
  workspace: Workspace,
  sync: Sync,
  copy: Copy,
  { step, restart, signal }: VerifyOptions & { step: number },
): Promise<Result<Begun>> {
  const before = readVerification(recordsOf(workspace, sync));
  const same = before?.step === step;
  const place = folderOf(workspace, copy);
  if (same && !restart && before.finishedAt === null && before.path === copy.path)
    return success({ state: before, files: new FilesToVerify(place, before, before.counts.files, signal) });
  const first = same ? (before.first % step) + 1 : 1;
  const files = new FilesToVerify(place, { step, first }, 0, signal);
  const total = await files.total();
  if (!total.ok) return total;
  const counts = { ...NOTHING, total: total.value };
  return success({ state: { path: copy.path, step, first, counts, problems: [], finishedAt: null }, files });
}

/** Changes `state` as it goes on, and writes it down after each turn that took a while, and at the end. */
async function goOn(
  workspace: Workspace,
  facts: Facts,
  sync: Sync,
  copy: Copy,
  { state, files, recorded, times }: Begun & Known,
  { signal, progress, remark }: VerifyOptions,
): Promise<Result<null>> {
  const of = recordsOf(workspace, sync);
  const original = originalOf({ spec: workspace.spec, facts }, sync);
  const source = original === null ? null : folderOf(workspace, original);
  const place = folderOf(workspace, copy);
  const log = new ChecksumLog(of.state, of.specKey, { [sync.name]: of.ends });
  let isKept = true;
  const keep = (): void => {
    isKept = true;
    writeVerification(of, state);
  };
  try {
    const isStopped = (): boolean => signal.aborted;
    const turns = new Turns(files);
    while (state.finishedAt === null && !isStopped()) {
      const turn = await turns.next();
      if (isStopped()) break;
      if (!turn.ok) return turn;
      const { parts, isLast } = turn.value;
      const before = { ...state.counts };
      const read = parts.map((names) => verifyFiles(place, names, { recorded, source, times }, signal));
      const seen = await Promise.all(read);
      if (isStopped()) break;
      const failed = seen.find((part) => !part.ok);
      if (failed !== undefined) return failed;
      const verdicts = seen.flatMap((part) => (part.ok ? [part.value] : []));
      for (const part of verdicts) take(state, part);
      for (const file of verdicts.flatMap(({ proved }) => proved)) log.add(sync.name, file);
      if (isLast) state.finishedAt = new Date().toISOString();
      progress(state.counts);
      const wasSoon = turns.ended({
        files: state.counts.files - before.files,
        bytes: state.counts.bytes - before.bytes,
      });
      if (isLast || !wasSoon) keep();
      else isKept = false;
    }
    return success(null);
  } finally {
    for (const finding of (await recorded).findings) remark({ ...finding, sync: sync.name });
    log.close();
    if (!isKept) keep();
  }
}

function take({ counts, problems }: VerificationState, seen: Verdicts): void {
  for (const key of ['files', 'bytes', 'recorded', 'sameAsSource', 'unknown', 'bad'] as const) {
    counts[key] += seen.counts[key];
  }
  problems.push(...seen.problems.slice(0, NAMED_PROBLEMS - problems.length));
}

/** A file may have been found by its content already. */
function addEntries({ counts, problems }: VerificationState, entries: readonly FileProblem[]): void {
  const known = new Set(problems.map(({ path }) => path));
  const added = entries.filter(({ path }) => !known.has(path));
  counts.bad += added.length;
  problems.push(...added.slice(0, NAMED_PROBLEMS - problems.length));
}
