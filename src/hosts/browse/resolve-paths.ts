import type { Finding } from '../../planner/model/finding.ts';
import * as destinations from '../../planner/model/findings/destinations.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { HostFolder } from '../folder.ts';
import { escapeName, unescapeName } from '../rsync/names.ts';
import { listAt } from './list-at.ts';

/** What tells a pattern from a name. */
const WILD = /[*?[]/;

/**
 * What paths that a person has typed mean in a copy. Each is a name as it is there; or one as `escapeName` writes it; or a
 * pattern, in which `*`, `?` and `[…]` stand for what they stand for in a shell.
 *
 * @param copy what a person calls it: `SYNC@SNAPSHOT`
 * @param paths relative to the copy
 * @returns by path, what of it is there, escaped; a failure with a finding for each path of which nothing is
 */
export async function resolvePaths(
  place: HostFolder,
  copy: string,
  paths: readonly string[],
): Promise<Result<Record<string, string[]>>> {
  const found: Record<string, string[]> = {};
  const missing: Finding[] = [];
  for (const path of paths) {
    const one = await resolvePath(place, copy, path);
    if (one.ok) found[path] = one.value.map(escapeName);
    else missing.push(...one.findings);
  }
  return missing.length > 0 ? failure(...missing) : success(found);
}

/** Paths have one character for each byte (latin1). */
async function resolvePath(place: HostFolder, copy: string, path: string): Promise<Result<string[]>> {
  const literal = Buffer.from(path, 'utf8').toString('latin1');
  const unescaped = unescapeName(path);
  for (const name of new Set([literal, unescaped])) {
    const there = await listAt(place, copy, name);
    if (there.ok) return success([name]);
    const last = name === unescaped && !WILD.test(path);
    if (last || there.findings.some(({ code }) => code !== 'path-not-in-snapshot')) return there;
  }
  return matching(place, copy, path);
}

async function matching(place: HostFolder, copy: string, pattern: string): Promise<Result<string[]>> {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const firstWild = parts.findIndex((part) => WILD.test(part));
  let found = [unescapeName(parts.slice(0, firstWild).join('/'))];
  for (const [index, part] of parts.slice(firstWild).entries()) {
    const isLast = firstWild + index === parts.length - 1;
    const next: string[] = [];
    for (const folder of found) {
      const listing = await listAt(place, copy, folder);
      if (!listing.ok) return listing;
      const matches = matcherOf(part);
      const fitting = listing.value.filter(({ name, type }) => matches(name) && (isLast || type === 'directory'));
      next.push(...fitting.map(({ name }) => `${folder === '' ? '' : `${folder}/`}${unescapeName(name)}`));
    }
    found = next;
  }
  if (found.length > 0) return success(found);
  const folder = escapeName(unescapeName(parts.slice(0, firstWild).join('/')));
  const name = parts.slice(firstWild).join('/');
  return failure(destinations.pathNotInSnapshot({ copy, path: pattern, folder, name, near: [], is: null }));
}

/** Of one part of a pattern, for names as they are shown. A name with a dot in front has to be asked for by its dot. */
function matcherOf(part: string): (name: string) => boolean {
  if (!WILD.test(part)) return (name) => unescapeName(name) === unescapeName(part);
  const source = part.replace(TOKEN, (token: string, quoted?: string, not?: string, set?: string) => {
    if (quoted !== undefined) return `\\${quoted}`;
    if (set !== undefined) return `[${not === '!' ? '^' : ''}${rangesOf(set)}]`;
    if (token === '*') return '.*';
    return token === '?' ? '.' : token.replace(/[\\^$.+()|{}[\]/]/, String.raw`\$&`);
  });
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.'));
}

/** A quoted sign, a set, or any sign. */
const TOKEN = /\\([*?[\]])|\[(!?)([^\]]+)\]|./gsu;

/** A range that is the wrong way round holds nothing. */
function rangesOf(set: string): string {
  return set
    .replace(/(.)-(.)/gsu, (range, from: string, to: string) => (from <= to ? range : ''))
    .replace(/[\\[^]/g, String.raw`\$&`);
}
