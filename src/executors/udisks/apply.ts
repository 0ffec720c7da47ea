import type { Finding } from '../../planner/model/finding.ts';
import { devicePlaceholder, fill, mountPlaceholder, type Step } from '../../planner/model/step.ts';
import { udisksParams, type UdisksKind, type UdisksParams } from '../../planner/build/udisks.ts';
import type { StepContext, StepResult } from '../contract.ts';
import type { ProcessResult } from '../transport/transport.ts';
import { complaint } from './complaints.ts';

type Failure = Exclude<StepResult, { outcome: 'done' | 'unneeded' }>;

const TRIES = 4;
const PAUSE_MS = 700;
/** A key derivation may take its time, a hung bus may not. */
const TIMEOUT_MS = 120_000;

/** Opens or closes a drive. What is open or closed already is left as it is, so that a later release leaves it too. */
export async function applyUdisks(step: Step, context: StepContext): Promise<StepResult> {
  const params = udisksParams(step.params);
  switch (params.kind) {
    case 'unlock':
      return unlock(step, params, context);
    case 'mount':
      return mount(step, params, context);
    case 'unmount':
    case 'lock':
      return close(step, params, context);
  }
}

async function unlock(step: Step, { volume, passphraseId }: UdisksParams, context: StepContext): Promise<StepResult> {
  if (passphraseId === null) throw new Error(`${step.id} has no passphrase`);
  const missing = context.secretProblem(passphraseId);
  if (missing !== null) return { outcome: 'failed', findings: [{ ...missing, volume }] };
  const result = lastOf(await runEach(step, context, passphraseId));
  const text = result.stdout.toString('utf8');
  const [, device] = /^Unlocked \S+ as (\/dev\/[^\s.]+)\.?$/m.exec(text) ?? [];
  if (result.code === 0 && device !== undefined) {
    return { outcome: 'done', findings: [], values: { [devicePlaceholder(volume)]: device } };
  }
  const drive = (await context.query.observe()).volumes[volume]?.drive;
  if (drive?.cleartext != null) {
    return { outcome: 'unneeded', findings: [], values: { [devicePlaceholder(volume)]: drive.cleartext.path } };
  }
  return failed('unlock', volume, result, context);
}

async function mount(step: Step, { volume }: UdisksParams, context: StepContext): Promise<StepResult> {
  const before = await mountedAt(volume, context);
  const known = (path: string) => ({ findings: [], values: { [mountPlaceholder(volume)]: path } });
  if (before !== null) return { outcome: 'unneeded', ...known(before) };
  const result = lastOf(await runEach(step, context));
  if (result.code !== 0) return failed('mount', volume, result, context);
  const [, path] = /^Mounted \S+ at (\/.*?)\.?$/m.exec(result.stdout.toString('utf8')) ?? [];
  const after = (await mountedAt(volume, context)) ?? path;
  return after === undefined ? failed('mount', volume, result, context) : { outcome: 'done', ...known(after) };
}

/** Where the drive is mounted; null when it is not. */
async function mountedAt(volume: string, { query }: StepContext): Promise<string | null> {
  const { volumes } = await query.observe();
  const observed = volumes[volume];
  const mount = observed?.directory?.mount;
  const uuid = observed?.drive?.cleartext?.uuid ?? observed?.drive?.devices[0]?.uuid;
  return mount != null && mount.uuid === uuid ? mount.target : null;
}

async function close(step: Step, { kind, volume }: UdisksParams, context: StepContext): Promise<StepResult> {
  for (let tries = 1; ; tries += 1) {
    const results = await runEach(step, context);
    const unflushed = results.slice(0, -1).find(({ code }) => code !== 0);
    const result = lastOf(results);
    if (result.code === 0 && unflushed === undefined) return { outcome: 'done', findings: [] };
    const end = await failed(kind, volume, result.code === 0 ? (unflushed ?? result) : result, context);
    // A file manager or a scanner may have a look at the drive just now.
    const busy = end.findings.some(({ code }) => code === 'drive-busy');
    if (!busy || tries === TRIES) return busy ? withHolders(end, volume, context) : end;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function withHolders(end: Failure, volume: string, context: StepContext): Promise<StepResult> {
  const path = context.values[mountPlaceholder(volume)];
  const holders = path === undefined ? [] : await context.query.holders(path);
  if (holders.length === 0) return end;
  const said = holders.map(({ pid, command }) => `${command} (${pid})`).join(', ');
  const findings = end.findings.map((finding) => ({ ...finding, message: `${finding.message} In use by ${said}.` }));
  return { ...end, findings };
}

/** A flush that fails, as of a drive that was pulled, must not keep it from being closed: the others run all the same. */
async function runEach(step: Step, context: StepContext, secret?: string): Promise<ProcessResult[]> {
  const results: ProcessResult[] = [];
  for (const argv of step.commands) {
    const options = { timeoutMs: TIMEOUT_MS, ...(secret === undefined ? {} : { secret }) };
    const result = await context.run(fill(argv, context.values), options);
    results.push(result);
    if (result.error !== null) break;
  }
  return results;
}

function lastOf(results: readonly ProcessResult[]): ProcessResult {
  const last = results.at(-1);
  if (last === undefined) throw new Error('a step that opens or closes a drive runs a command');
  return last;
}

async function failed(kind: UdisksKind, volume: string, result: ProcessResult, context: StepContext): Promise<Failure> {
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const observed = (await context.query.observe()).volumes[volume];
  const gone = observed?.drive?.devices.length === 0;
  const finding: Finding = { severity: 'error', volume, ...complaint(kind, volume, result, gone) };
  return { outcome: 'failed', findings: [finding] };
}
