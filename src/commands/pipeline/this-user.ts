import { stateDirectory } from '../../store/state-directory.ts';

/** Who runs nbkp: whose files are trusted, and whose code may be run. */
export function thisUser(): { uid: number; gid: number } {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

/** Where nbkp keeps what it remembers of this user's runs. */
export function ownState(): string {
  return stateDirectory(process.env, thisUser().uid);
}
