/** Beyond this many candidates a typing mistake is not worth the search. */
const MOST = 200;

/** So many names are all told. */
const FEW = 20;

/**
 * The candidate that `word` was probably meant to be: one whose beginning or end it is, or one that a few typing mistakes
 * (at most a third of the word) make of it. Case and `_` for `-` cost nothing. Null when nothing is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = normalised(word);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let least = limit + 1;
  let examined = 0;
  for (const candidate of candidates) {
    if (++examined > MOST) break;
    const other = normalised(candidate);
    const distance =
      wanted.length >= 3 && (other.startsWith(wanted) || other.endsWith(wanted))
        ? 0.5
        : editDistance(wanted, other, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * The names that `word` was probably meant to be, the nearest first: those that hold it, those that a few typing mistakes make
 * of it, and last those that have its letters in their order, as `Documents` has those of `Docs`.
 *
 * @param most so many of them
 */
export function nearestNames(word: string, candidates: Iterable<string>, most: number): string[] {
  const wanted = normalised(word);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of candidates) {
    const other = normalised(name);
    const distance = wanted.length >= 3 && other.includes(wanted) ? 0.5 : editDistance(wanted, other, limit + 1);
    if (distance <= limit) found.push({ name, distance });
    else if (wanted.length >= 3 && hasInOrder(other, wanted)) found.push({ name, distance: limit + other.length });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Both begin with the same letter. */
function hasInOrder(text: string, letters: string): boolean {
  if (text[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** `Did you mean …?`, or what there is to choose from. */
export function didYouMean(word: string, candidates: readonly string[], otherwise: string): string {
  const near = nearest(word, candidates);
  if (near !== null) return `Did you mean \`${near}\`?`;
  return otherwise;
}

/** `a, b or c`, the first ten. */
export function listed(words: readonly string[], quote: (word: string) => string = (word) => `\`${word}\``): string {
  const shown = words.slice(0, 10).map(quote);
  if (words.length > shown.length) return `${shown.join(', ')}, …`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}

/** `There are: a, b`; of many the ten that are nearest to what was typed, or the first ten. */
export function knownNamesText(names: readonly string[], typed?: string): string {
  if (names.length <= FEW) return `There are: ${names.join(', ')}`;
  const near = typed === undefined ? [] : nearestNames(typed, names, 10);
  const shown = [...new Set([...near, ...names])].slice(0, 10);
  return `There are: ${shown.join(', ')} and ${names.length - shown.length} more`;
}

function normalised(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each of which costs 1.
 * Returns `bound` as soon as it is clear that the distance is not below it.
 *
 * @internal for its tests
 */
export function editDistance(a: string, b: string, bound = Infinity): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const fromSwap = swapped ? at(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, substituted, fromSwap));
    }
    if (Math.min(...row) >= bound) return bound;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
