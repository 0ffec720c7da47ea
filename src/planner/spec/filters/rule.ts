/** A rule as rsync's --filter takes it. */
export interface FilterRule {
  kind: 'exclude' | 'include' | 'merge' | 'dir-merge' | 'hide' | 'show' | 'protect' | 'risk' | 'clear';
  /** Letters and signs, in the order of the text. */
  modifiers: string;
  /** The pattern or the name of the file; empty for `clear` and for CVS rules. */
  argument: string;
}

const SHORT: Readonly<Record<string, FilterRule['kind']>> = {
  '-': 'exclude',
  '+': 'include',
  '.': 'merge',
  ':': 'dir-merge',
  H: 'hide',
  S: 'show',
  P: 'protect',
  R: 'risk',
  '!': 'clear',
};

/** Which modifiers a rule takes, as rsync 3.5.0 does: sides (s, r) are settled by hide, show, protect and risk. */
const MODIFIERS: Readonly<Record<FilterRule['kind'], string>> = {
  exclude: '/!Csrpx',
  include: '/!Csrpx',
  merge: '/srpx-+enw',
  'dir-merge': '/Csrpx-+enw',
  hide: '/!px',
  show: '/!px',
  protect: '/!px',
  risk: '/!px',
  clear: '',
};

/**
 * Parses one rule: `RULE [PATTERN]` or `RULE,MODIFIERS [PATTERN]` with a single space or underscore between, and no
 * comma needed after a short name (rsync(1), FILTER RULES IN DEPTH).
 */
export function parseFilterRule(text: string): FilterRule | { problem: string } {
  const long =
    /^(?<name>exclude|include|merge|dir-merge|hide|show|protect|risk|clear)(?:,(?<modifiers>[^ _]*))?(?=[ _]|$)/;
  const short = /^(?<name>[-+.:HSPR!])(?:,?(?<modifiers>[^ _]*))(?=[ _]|$)/;
  const match = long.exec(text) ?? short.exec(text);
  const name = match?.groups?.['name'];
  if (match === null || name === undefined) return { problem: 'it does not begin with a rule such as `- ` or `+ `' };
  const kind = SHORT[name] ?? (name as FilterRule['kind']);
  const modifiers = match.groups?.['modifiers'] ?? '';
  const argument = text.slice(match[0].length + 1);
  if (kind === 'clear') {
    return text === name ? { kind, modifiers: '', argument: '' } : { problem: `nothing can follow \`${name}\`` };
  }
  const wrong = Array.from(modifiers).find((modifier) => !MODIFIERS[kind].includes(modifier));
  if (wrong !== undefined) return { problem: `\`${name}\` takes no modifier \`${wrong}\`` };
  if (argument === '' && !modifiers.includes('C')) return { problem: `after \`${name}\` the pattern is missing` };
  return { kind, modifiers, argument };
}
