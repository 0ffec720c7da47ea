import type { Finding } from '../../../planner/model/finding.ts';
import { driveInUse, driveLeftOpen } from '../../../planner/model/findings/drives.ts';
import { mountPlaceholder } from '../../../planner/model/step.ts';
import type { StepResult } from '../../contract.ts';
import type { DriveNote } from '../../../planner/model/stored.ts';
import { driveFailure, lastOf, runEach, type DriveStep, type Failure } from './step.ts';

const TRIES = 4;
const PAUSE_MS = 700;

/** Unmounts or locks a drive, unless another run uses it: then that one does, or whoever it was kept open for. */
export async function closeDrive(drive: DriveStep): Promise<StepResult> {
  const { params, context, key } = drive;
  const { volume, intent } = params;
  context.drives.leave(key);
  const { drive: facts } = (await context.query.observe()).volumes[volume] ?? {};
  const note = facts === undefined ? null : context.drives.note(key, facts);
  const [user] = context.drives.others(key);
  if (intent === 'close' && user !== undefined) {
    return { outcome: 'failed', findings: [{ ...driveInUse(volume, user), volume }] };
  }
  if (user !== undefined) return { outcome: 'unneeded', findings: [leftOpen(volume, `run ${user} uses it`)] };
  if (intent === 'scope' && note?.kept === true) {
    return { outcome: 'unneeded', findings: [leftOpen(volume, `run ${note.run} was to leave it open`)] };
  }
  const result = await closeNow(drive);
  if (result.outcome === 'done') context.drives.write(key, remaining(drive, note));
  return result;
}

/** What is left of a note when the drive is unmounted, or locked. */
function remaining({ params }: DriveStep, note: DriveNote | null): DriveNote | null {
  return params.kind === 'lock' || note?.unlocked == null ? null : { ...note, mounted: null };
}

async function closeNow(drive: DriveStep): Promise<StepResult> {
  for (let tries = 1; ; tries += 1) {
    const results = await runEach(drive);
    const unflushed = results.slice(0, -1).find(({ code }) => code !== 0);
    const result = lastOf(results);
    if (result.code === 0 && unflushed === undefined) return { outcome: 'done', findings: [] };
    const end = await driveFailure(drive, result.code === 0 ? (unflushed ?? result) : result);
    // A file manager or a scanner may have a look at the drive just now.
    const busy = end.findings.some(({ code }) => code === 'drive-busy');
    if (!busy || tries === TRIES) return busy ? withHolders(end, drive) : end;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function withHolders(end: Failure, { params, context }: DriveStep): Promise<StepResult> {
  const path = params.target ?? context.values[mountPlaceholder(params.volume)];
  const holders = path === undefined ? [] : await context.query.holders(path);
  if (holders.length === 0) return end;
  const said = holders.map(({ pid, command }) => `${command} (${pid})`).join(', ');
  const findings = end.findings.map((finding) => ({ ...finding, message: `${finding.message} In use by ${said}.` }));
  return { ...end, findings };
}

function leftOpen(volume: string, why: string): Finding {
  return { ...driveLeftOpen(volume, why), volume };
}
