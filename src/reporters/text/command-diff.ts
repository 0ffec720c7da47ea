import { diffArrays } from 'diff';
import { withoutScript } from '../../planner/model/script.ts';
import { shellWords } from './shell.ts';

/** So many words that are the same are shown before and after what differs. */
const CONTEXT = 2;

/**
 * The command lines of two lists of argv as a diff: each with `+`, `-` or a space before it. Where some were replaced, each
 * is compared with the one in its place by its words, since an argv differs in few of many.
 */
export function commandDiff(was: readonly (readonly string[])[], is: readonly (readonly string[])[]): string[] {
  const changes = diffArrays([...was], [...is], { comparator: isSame });
  return changes.flatMap((change, at) => {
    const next = changes[at + 1];
    if (change.removed && next?.added) return replaced(change.value, next.value);
    if (change.added && changes[at - 1]?.removed) return [];
    const sign = change.added ? '+' : change.removed ? '-' : ' ';
    return change.value.map((argv) => `${sign} ${line(argv)}`);
  });
}

/** Of command lines that were replaced by others the words that are new (`+`) and those that are gone (`-`), each change once. */
export function changedWords(was: readonly (readonly string[])[], is: readonly (readonly string[])[]): string[] {
  const changes = diffArrays(was.flatMap(shellWords), is.flatMap(shellWords));
  const lines = changes.flatMap(({ value, added, removed }) =>
    added || removed ? [`${added ? '+' : '-'} ${value.join(' ')}`] : [],
  );
  return [...new Set(lines)];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}

function line(argv: readonly string[]): string {
  return shellWords(argv).join(' ');
}

function replaced(was: readonly (readonly string[])[], is: readonly (readonly string[])[]): string[] {
  const pairs = Math.min(was.length, is.length);
  return [
    ...was.slice(0, pairs).flatMap((argv, at) => wordDiff(argv, is[at] ?? [])),
    ...was.slice(pairs).map((argv) => `- ${line(argv)}`),
    ...is.slice(pairs).map((argv) => `+ ${line(argv)}`),
  ];
}

/** Both lines whole, unless they have more in common than not: then what is the same between the differences is folded. */
function wordDiff(before: readonly string[], after: readonly string[]): string[] {
  const [was, is] = before[2] === after[2] ? [withoutScript(before), withoutScript(after)] : [before, after];
  const words = diffArrays(shellWords(was), shellWords(is));
  const same = words.filter(({ added, removed }) => !added && !removed).flatMap(({ value }) => value).length;
  if (same <= 2 * CONTEXT) return [`- ${line(was)}`, `+ ${line(is)}`];
  const side = (other: 'added' | 'removed'): string =>
    words
      .filter((change) => !change[other])
      .map(({ value, added, removed }) => (added || removed ? value.join(' ') : folded(value)))
      .join(' ');
  return [`- ${side('added')}`, `+ ${side('removed')}`];
}

function folded(words: readonly string[]): string {
  if (words.length <= 2 * CONTEXT + 1) return words.join(' ');
  return [...words.slice(0, CONTEXT), '…', ...words.slice(-CONTEXT)].join(' ');
}
