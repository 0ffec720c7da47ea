import { userInfo } from 'node:os';

/** The name of the user whom this process belongs to; the number where it has no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return String(process.getuid?.() ?? '');
  }
}
