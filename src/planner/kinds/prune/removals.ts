import type { EndpointFacts } from '../../model/facts.ts';
import type { Step } from '../../model/step.ts';
import { classifySnapshots } from '../../retention/classify.ts';
import { incompleteMark } from '../../retention/names.ts';
import { mountsWithin } from '../../mounts/mounted-within.ts';

export interface Removal {
  /** Name of the entry in `snapshots/`. */
  name: string;
  /** Chosen by what the entry is, not by the mode: an adopted destination can hold both. */
  kind: 'directory' | 'subvolume';
  /** An earlier prune was interrupted after it had renamed the entry. */
  leftover: boolean;
  /** It has a mark beside it, which goes when its name is gone: not all of the source could be read for it. */
  marked?: true;
  /** Something is mounted in it, there: it stays, and its step fails. */
  mounted?: string;
}

/**
 * Where something is mounted in an entry of `snapshots/`: to remove the entry would be to delete what the mount shows, wherever
 * that really is. Null where nothing is.
 */
export function mountedIn(destination: Pick<EndpointFacts, 'directory' | 'mounts'>, name: string): string | null {
  return mountsWithin(destination, `${destination.directory?.realPath ?? ''}/snapshots/${name}`)[0] ?? null;
}

/** What goes: leftovers of interrupted prunes, then snapshots by their names. */
export function removals(
  names: readonly string[],
  destination: EndpointFacts,
  leftovers: readonly string[],
): Removal[] {
  const kindOf = (name: string): Removal['kind'] =>
    destination.snapshots?.[name]?.kind === 'subvolume' ? 'subvolume' : 'directory';
  const incomplete = new Set(classifySnapshots(destination).incomplete);
  return [...leftovers, ...names].map((name, at) => {
    const mounted = mountedIn(destination, name);
    const marked = incomplete.has(name) ? { marked: true as const } : {};
    const leftover = at < leftovers.length;
    return { name, kind: kindOf(name), leftover, ...marked, ...(mounted === null ? {} : { mounted }) };
  });
}

/** Of those that have given up their names: until then a snapshot needs its mark. */
export function removeMarks(root: string, removals: readonly Removal[]): string[][] {
  const marks = removals.filter(({ marked }) => marked === true).map(({ name }) => incompleteMark(name));
  return marks.length === 0 ? [] : [['rm', '-f', ...marks.map((mark) => `${root}/snapshots/${mark}`)]];
}

/** How a plan says what goes, and why. */
export function wordsFor(remove: readonly Removal[]): Pick<Step, 'summary' | 'reason'> {
  const able = remove.filter(({ mounted }) => mounted === undefined);
  const stay = able.length < remove.length ? '; what something is mounted in stays' : '';
  const count = able.filter((removal) => !removal.leftover).length;
  const finish = 'finish an interrupted prune';
  if (count === 0 && able.length > 0)
    return { summary: finish, reason: `an earlier run had begun to remove them${stay}` };
  const more = count < able.length ? ` and ${finish}` : '';
  return {
    summary: `delete ${count} snapshot${count === 1 ? '' : 's'}${more}`,
    reason: `no rule of snapshots.keep holds them${stay}`,
  };
}
