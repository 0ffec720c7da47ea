import { lstatSync, readlinkSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hasAccessList } from './transport/access-list.ts';

/** Who nbkp runs for. */
export interface User {
  uid: number;
  gid: number;
}

/** Why somebody else decides what a file says. */
export interface Exposure {
  /** A few words, to be put after its path. */
  because: string;
  help: (path: string) => string;
}

/** Links that lead to one another are followed that often (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Who besides this user, root and `owners` decides what a file says: whoever owns it or may write to it, whoever may
 * put another in its place, in any folder on the way to it, and whoever owns a link on that way.
 *
 * @param path as it was named
 * @param file what was opened under that path
 * @returns null when nobody else does
 * @throws what the system reports
 */
export function exposureOf(path: string, file: Stats, user: User, owners: readonly number[] = []): Exposure | null {
  // Who owns the root decides about everything; in a user namespace that need not be root's number.
  const trusted = new Set([user.uid, 0, statSync('/').uid, ...owners]);
  if (!trusted.has(file.uid)) return { because: `belongs to user ${file.uid}`, help: ownedHelp };
  return otherWriters(path, file, user.gid) ?? onTheWay(resolve(path), trusted, user.gid);
}

/**
 * Who may write to a file beside its owner; null when nobody may. One's own group counts as oneself (umask 002). Where there is an
 * access list, the bits of the group are its mask: the most that the users and groups in it may (acl(5)).
 */
function otherWriters(path: string, { mode, gid: group }: Stats, gid: number): Exposure | null {
  if ((mode & 0o002) !== 0) return { because: 'can be written to by everybody', help: (path) => `chmod o-w ${path}` };
  if ((mode & 0o020) === 0) return null;
  if (hasAccessList(path)) {
    return { because: 'has an access list that lets others write', help: (named) => `chmod g-w ${named}` };
  }
  if (group === gid || group === 0) return null;
  return { because: `can be written to by group ${group}`, help: (path) => `chmod g-w ${path}` };
}

function onTheWay(path: string, trusted: ReadonlySet<number>, gid: number): Exposure | null {
  for (const { path: entry, stats } of way(path)) {
    const isLink = stats.isSymbolicLink();
    if (!isLink && !stats.isDirectory()) continue;
    const foreign = trusted.has(stats.uid) ? null : { because: `belongs to user ${stats.uid}`, help: ownedHelp };
    // In a folder such as /tmp nobody may rename what is another's (chmod(1), "Restricted deletion flag"). A link has no mode.
    const writers = isLink || (stats.mode & 0o1000) !== 0 ? null : otherWriters(entry, stats, gid);
    const exposure = foreign ?? writers;
    if (exposure === null) continue;
    const how = isLink ? `is reached through the link ${entry}` : `is in ${entry}`;
    return { because: `${how}, which ${exposure.because}`, help: () => exposure.help(entry) };
  }
  return null;
}

/** What is passed from the root to a path, links and what they lead through too. */
function* way(path: string): Generator<{ path: string; stats: Stats }> {
  let at = '/';
  let links = 0;
  yield { path: at, stats: lstatSync(at) };
  const left = path.split('/').filter((part) => part !== '');
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, part);
    const stats = lstatSync(next);
    yield { path: next, stats };
    if (!stats.isSymbolicLink()) {
      at = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return;
    const target = readlinkSync(next);
    if (target.startsWith('/')) at = '/';
    left.unshift(...target.split('/').filter((each) => each !== '' && each !== '.'));
  }
}

function ownedHelp(path: string): string {
  return `If you trust its owner, make it yours: chown $(id -u) ${path}`;
}
