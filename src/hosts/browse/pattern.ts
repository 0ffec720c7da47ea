/** What a name or path is to be. Of names that are no text, each byte that is shown as `\#377` counts as one character. */
export interface Pattern {
  /** Matches the whole path where the pattern has a `/`, else its last name. */
  matches(path: string): boolean;
  /** What `find -name` takes under `LC_ALL=C`: holds for every name that matches, and perhaps for others. */
  rough: string;
  ignoresCase: boolean;
}

type Part =
  /** `*` */
  | { is: 'any' }
  /** `?`, `[…]` or a character. */
  | { is: 'one'; accepts: (character: string) => boolean; rough: string };

/** `**`: any folders, none too. */
const FOLDERS = 'folders';
type Step = typeof FOLDERS | Part[];

/**
 * Reads a name or a glob: `*` is any characters but `/`, `?` one, `[a-z]` and `[!a-z]` one of some, `**` between slashes any
 * folders, and `\` takes the next character as it is. `\#012` is the byte that is shown so.
 *
 * @param text without a `/` for a name in any folder, else for the whole path
 */
export function parsePattern(text: string, ignoresCase: boolean): Pattern {
  const steps = text.split('/').filter((step) => step !== '');
  const parts = steps.map((step): Step => (step === '**' ? FOLDERS : partsOf(step, ignoresCase)));
  const last = parts.at(-1) ?? FOLDERS;
  const rough = last === FOLDERS ? '*' : last.map((part) => (part.is === 'any' ? '*' : part.rough)).join('');
  const whole: Step[] = text.includes('/') ? parts : [FOLDERS, ...parts];
  const isSame = (part: Part, character: string): boolean => part.is === 'one' && part.accepts(character);
  const isStep = (step: Step, name: string): boolean =>
    step !== FOLDERS && fits(step, charactersOf(name, ignoresCase), (part) => part.is === 'any', isSame);
  return {
    matches: (path) => fits(whole, path.split('/'), (step) => step === FOLDERS, isStep),
    rough: rough.replace(/\*+/g, '*'),
    ignoresCase,
  };
}

/** Whether all items fit, where some of the parts stand for any number of them. Goes back to the last of those only. */
function fits<P, T>(
  parts: readonly P[],
  items: readonly T[],
  isAny: (part: P) => boolean,
  isSame: (part: P, item: T) => boolean,
): boolean {
  let [part, item] = [0, 0];
  let back: [part: number, item: number] | null = null;
  while (item < items.length) {
    const [wanted, found] = [parts[part], items[item]];
    if (part < parts.length && isAny(wanted as P)) back = [++part, item];
    else if (part < parts.length && isSame(wanted as P, found as T)) [part, item] = [part + 1, item + 1];
    else if (back !== null) [part, item] = [back[0], (back[1] += 1)];
    else return false;
  }
  return parts.slice(part).every(isAny);
}

const TOKEN = /\\#[0-3][0-7]{2}|\\[^]|\[[!^]?\]?[^\]]*\]|[^]/gu;

function partsOf(text: string, ignoresCase: boolean): Part[] {
  return (text.match(TOKEN) ?? []).map((token): Part => {
    if (token === '*') return { is: 'any' };
    if (token === '?') return { is: 'one', accepts: () => true, rough: '?*' };
    if (token.length > 1 && token.startsWith('['))
      return { is: 'one', accepts: setOf(token, ignoresCase), rough: '?*' };
    const isByte = /^\\#\d/.test(token);
    const character = isByte || token.length < 2 || !token.startsWith('\\') ? token : token.slice(1);
    const wanted = folded(character, ignoresCase);
    return { is: 'one', accepts: (found) => found === wanted, rough: isByte ? '*' : roughly(character, ignoresCase) };
  });
}

/** The C locale knows the two cases of ASCII only. */
function roughly(character: string, ignoresCase: boolean): string {
  if (ignoresCase && !/^[\x00-\x7f]$/.test(character)) return '*';
  return /^[*?[\]\\]$/.test(character) ? `\\${character}` : character;
}

function setOf(token: string, ignoresCase: boolean): (character: string) => boolean {
  const [, not = '', inner = ''] = /^\[([!^]?)([^]*)\]$/u.exec(token) ?? [];
  const characters = Array.from(inner);
  const ranges: [string, string][] = [];
  while (characters.length > 0) {
    const first = characters.shift() ?? '';
    const isRange = characters[0] === '-' && characters.length > 1;
    ranges.push([first, isRange ? (characters.splice(0, 2)[1] ?? first) : first]);
  }
  const holds = (character: string): boolean => ranges.some(([from, to]) => from <= character && character <= to);
  const isIn = (character: string): boolean =>
    holds(character) || (ignoresCase && (holds(character.toLowerCase()) || holds(character.toUpperCase())));
  return (character) => isIn(character) !== (not !== '');
}

/** The characters of a name as it is shown. */
function charactersOf(name: string, ignoresCase: boolean): string[] {
  return Array.from(name.match(/\\#[0-3][0-7]{2}|[^]/gu) ?? [], (character) => folded(character, ignoresCase));
}

function folded(character: string, ignoresCase: boolean): string {
  return ignoresCase ? character.toLowerCase() : character;
}
