import { partsOf } from '../model/pointer.ts';
import { child, isTable, type TomlTable } from './document.ts';
import type { SpecFile } from './generated/spec.ts';

/** Without these an entry of a section means something else, or nothing. */
const ESSENTIAL: Readonly<Record<string, readonly string[]>> = {
  ssh: [],
  volumes: ['path', 'ssh', 'mount', 'on'],
  syncs: ['source', 'destination'],
};

/** Tables in entries whose keys stand for themselves: the others remain when one is invalid. */
const INDEPENDENT = ['options', 'policy', 'rsync', 'snapshots'];

/**
 * The data without what is invalid: keys of an entry, or the entry when it makes no sense without them.
 *
 * @param invalid JSON pointers of values that do not satisfy the schema
 */
export function withoutInvalid(
  data: TomlTable,
  invalid: readonly string[],
): { written: SpecFile; left: ReadonlySet<string> } {
  const cuts = new Set(invalid.map(cutFor));
  const kept = cuts.size === 0 ? data : without(data, '', cuts, 4);
  // What satisfies the schema is left, which is what the generated type says.
  return { written: kept as unknown as SpecFile, left: cuts };
}

function cutFor(pointer: string): string {
  const [section = '', entry, key, inner] = partsOf(pointer);
  const levels = [section];
  if (entry !== undefined) levels.push(entry);
  const essential = ESSENTIAL[section];
  if (essential !== undefined && key !== undefined && !essential.includes(key)) {
    levels.push(key);
    if (inner !== undefined && INDEPENDENT.includes(key)) levels.push(inner);
  }
  return levels.reduce<string>(child, '');
}

function without(table: TomlTable, pointer: string, cuts: ReadonlySet<string>, depth: number): TomlTable {
  const kept = Object.entries(table).filter(([key]) => !cuts.has(child(pointer, key)));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      const inner = depth > 1 && isTable(value) ? without(value, child(pointer, key), cuts, depth - 1) : value;
      return [key, inner];
    }),
  );
}
