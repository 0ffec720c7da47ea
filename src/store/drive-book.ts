import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LockHolder } from '../planner/model/event.ts';
import type { DriveFacts, OpenedDrive } from '../planner/model/facts.ts';
import type { DriveNote, DriveUser } from '../planner/model/stored.ts';
import type { DriveBook, DriveKey } from './drive-notes.ts';
import type { LockResult, Transport } from '../hosts/transport/transport.ts';
import { makeDirectory, namesIn, readIfPresent, syncDirectory, writeAtomically } from './files.ts';
import { identityOf, isAlive } from './process-identity.ts';
import { readStored } from './stored.ts';
import { systemError } from '../planner/model/system-error.ts';

const NOTE = 'opened.json';
const USER = 'user-';
/** Longer than unlocking and mounting a drive may take. */
const PATIENCE_MS = 300_000;

/** The folder of a drive in the state directory. Two specs may call one drive differently: its UUID is its name. */
function folderOf(state: string, { host, uuid }: DriveKey): string {
  const name = createHash('sha256').update(`${host}\n${uuid.toLowerCase()}`).digest('hex').slice(0, 16);
  return join(state, 'drives', name);
}

/** What nbkp has opened of a drive and has not closed again, for the planner; undefined when nothing. */
export function openedDrive(state: string, key: DriveKey, facts: DriveFacts): OpenedDrive | undefined {
  const folder = folderOf(state, key);
  try {
    const note = currentNote(folder, facts);
    if (note === null) return undefined;
    const { run, unlocked, mounted, kept } = note;
    return { run, unlockedAt: unlocked?.at ?? null, mountedAt: mounted?.at ?? null, kept, users: usersOf(folder) };
  } catch (error) {
    // A state directory that cannot be read: whoever reads its history says so.
    systemError(error);
    return undefined;
  }
}

/**
 * The drives that a run opens and uses, noted in the state directory before anything is done to them, so that nbkp
 * knows after a crash which ones it has opened, and no run closes a drive that another one uses.
 */
export function driveBook(state: string, local: Transport, holder: LockHolder): DriveBook & RunsDrives {
  const used = new Set<string>();
  const leave = (folder: string): void => rmSync(join(folder, `${USER}${holder.run}`), { force: true });
  return {
    use: (keys) => {
      for (const key of keys) {
        const folder = folderOf(state, key);
        makeDirectory(folder);
        const user: DriveUser = { run: holder.run, hostname: hostname(), process: identityOf(process.pid) };
        writeAtomically(join(folder, `${USER}${holder.run}`), `${JSON.stringify(user)}\n`);
        used.add(folder);
      }
    },
    end: () => used.forEach(leave),
    leave: (key) => leave(folderOf(state, key)),
    others: (key) => usersOf(folderOf(state, key)).filter((run) => run !== holder.run),
    note: (key, facts) => currentNote(folderOf(state, key), facts),
    write: (key, note) => {
      const folder = folderOf(state, key);
      if (note !== null)
        return writeAtomically(join(folder, NOTE), `${JSON.stringify({ ...note, run: holder.run })}\n`);
      rmSync(join(folder, NOTE), { force: true });
      syncDirectory(folder);
    },
    alone: async <T>(key: DriveKey, signal: AbortSignal, action: () => Promise<T>) => {
      const folder = folderOf(state, key);
      makeDirectory(folder);
      const request = { path: join(folder, 'lock'), mode: 'exclusive' } as const;
      const taken = await local.lock(request, holder, { waitMs: PATIENCE_MS, signal });
      if (taken.state !== 'held') return { ok: false, message: whyNot(taken) };
      try {
        return { ok: true, value: await action() };
      } finally {
        await taken.lock.release();
      }
    },
  };
}

/** What the run itself does with the book, besides its steps. */
export interface RunsDrives {
  /** From now on no other run closes these drives. Throws what the system reports. */
  use(keys: readonly DriveKey[]): void;
  /** The run uses none any more. Throws what the system reports. */
  end(): void;
}

function whyNot(taken: Exclude<LockResult, { state: 'held' }>): string {
  if (taken.state === 'failed') return taken.message;
  return `${taken.holder === null ? 'another run' : `run ${taken.holder.run}`} is opening or closing it`;
}

/** A note is about one time that a drive was plugged in and unlocked: it says nothing about the next. */
function currentNote(folder: string, { devices: [device], cleartext }: DriveFacts): DriveNote | null {
  const note = readStored('drive', readIfPresent(join(folder, NOTE)));
  if (note === null || device === undefined || note.sequence !== (device.sequence ?? null)) return null;
  const { unlocked } = note;
  const isUnlocked = cleartext !== null && (unlocked?.sequence ?? cleartext.sequence) === cleartext.sequence;
  // What is in a container that was locked meanwhile is not mounted any more.
  return unlocked !== null && !isUnlocked ? null : note;
}

/** The runs that use a drive and are alive. Reading removes nothing: `plan` reads too. */
function usersOf(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.startsWith(USER))
    .flatMap((name) => {
      const user = readStored('drive-user', readIfPresent(join(folder, name)));
      return user !== null && isAlive(user.process, user.hostname === hostname()) ? [user.run] : [];
    });
}
