import type { DriveFacts, VolumeFacts } from '../../../planner/model/facts.ts';
import { devicePlaceholder, mountPlaceholder } from '../../../planner/model/step.ts';
import type { StepResult } from '../../contract.ts';
import type { DriveNote } from '../../../store/drive-notes.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';
import { failed, lastOf, runEach, type DriveStep } from './drive-step.ts';

const NO_DRIVE: DriveFacts = { devices: [], cleartext: null, namesake: null };

/** Opens nothing: what a run has opened is from now on closed by the last that uses it, and that may be this one. */
export async function takeOver(drive: DriveStep): Promise<StepResult> {
  const noted = adopted(drive, await look(drive));
  return { outcome: noted === null ? 'unneeded' : 'done', findings: [] };
}

export async function unlock(drive: DriveStep): Promise<StepResult> {
  const { params, context, key } = drive;
  const { volume, passphraseId } = params;
  if (passphraseId === null) throw new Error(`${drive.step.id} has no passphrase`);
  const before = await look(drive);
  const open = before.drive?.cleartext ?? null;
  if (open !== null) {
    const outcome = adopted(drive, before)?.unlocked == null ? 'unneeded' : 'done';
    return { outcome, findings: [], values: { [devicePlaceholder(volume)]: open.path } };
  }
  const missing = context.secretProblem(passphraseId);
  if (missing !== null) return { outcome: 'failed', findings: [{ ...missing, volume }] };
  context.drives.write(key, {
    ...newNote(drive, before),
    unlocked: { at: timeOf(drive), sequence: null },
  });
  const result = lastOf(await runEach(drive, passphraseId));
  const cleartext = (await look(drive)).drive?.cleartext ?? null;
  if (cleartext !== null && isOurs(drive, result)) {
    return { outcome: 'done', findings: [], values: { [devicePlaceholder(volume)]: cleartext.path } };
  }
  context.drives.write(key, null);
  if (cleartext === null) return failed(drive, result);
  return { outcome: 'unneeded', findings: [], values: { [devicePlaceholder(volume)]: cleartext.path } };
}

export async function mount(drive: DriveStep): Promise<StepResult> {
  const { params, context, key } = drive;
  const known = (path: string) => ({ findings: [], values: { [mountPlaceholder(params.volume)]: path } });
  const before = await look(drive);
  const there = mountedAt(before);
  if (there !== null) {
    return { outcome: adopted(drive, before)?.mounted == null ? 'unneeded' : 'done', ...known(there) };
  }
  const note = context.drives.note(key, before.drive ?? NO_DRIVE);
  const unlocked = note?.unlocked == null ? null : { ...note.unlocked, sequence: cleartextSequence(before) };
  const noted = { ...newNote(drive, before), unlocked };
  context.drives.write(key, { ...noted, mounted: { at: timeOf(drive) } });
  const result = lastOf(await runEach(drive));
  const path = mountedAt(await look(drive));
  if (path !== null && isOurs(drive, result)) return { outcome: 'done', ...known(path) };
  context.drives.write(key, unlocked === null ? null : noted);
  return path === null ? failed(drive, result) : { outcome: 'unneeded', ...known(path) };
}

/**
 * The drive was closed before and is open now: by our command, unless that says that somebody else was faster. One that
 * was ended by a signal may have done its work.
 */
function isOurs({ context }: DriveStep, { code, timedOut }: ProcessResult): boolean {
  return code === 0 || timedOut || context.signal.aborted;
}

/** What nbkp has opened of a drive that is open, which this run may close as well; null when others have opened it. */
function adopted({ params, context, key }: DriveStep, { drive }: VolumeFacts): DriveNote | null {
  const note = context.drives.note(key, drive ?? NO_DRIVE);
  if (note !== null && params.intent === 'keep' && !note.kept) context.drives.write(key, { ...note, kept: true });
  return note;
}

function newNote({ params }: DriveStep, { drive }: VolumeFacts): Omit<DriveNote, 'run'> {
  return {
    sequence: drive?.devices[0]?.sequence ?? null,
    unlocked: null,
    mounted: null,
    kept: params.intent === 'keep',
  };
}

async function look({ params, context }: DriveStep): Promise<VolumeFacts> {
  const observed = (await context.query.observe()).volumes[params.volume];
  if (observed === undefined) throw new Error(`nobody looked at ${params.volume}`);
  return observed;
}

/** Where the drive is mounted; null when it is not. */
function mountedAt({ directory, drive }: VolumeFacts): string | null {
  const mount = directory?.mount;
  const uuid = drive?.cleartext?.uuid ?? drive?.devices[0]?.uuid;
  return mount != null && mount.uuid?.toLowerCase() === uuid?.toLowerCase() ? mount.target : null;
}

function cleartextSequence({ drive }: VolumeFacts): string | null {
  return drive?.cleartext?.sequence ?? null;
}

function timeOf({ context }: DriveStep): string {
  return new Date(context.now()).toISOString();
}
