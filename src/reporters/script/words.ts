/**
 * What is known only while the script runs. `{script:root}`: the destination, really; `source`: where is read; `snapshot`: the new
 * snapshot; `rsh`: how rsync gets to a server; `base`: the folder of the last one; `whole`: that of the last for which all could be read; `partial`: the entry of
 * `snapshots/` that an interrupted run left; `doomed`: one that goes; `with`: what a preview compares with.
 */
type Value =
  'root' | 'source' | 'snapshot' | 'base' | 'whole' | 'partial' | 'doomed' | 'preview_with' | 'id' | 'now' | 'rsh';

const TOKEN = /\{script:[a-z_]+\}/g;

/** Stands in an argv for a variable of the script. */
export function variable(value: Value): string {
  return `{script:${value}}`;
}

/** One word for a POSIX shell that stands for exactly this text, with the values of variables in it. */
export function word(text: string): string {
  const names: string[] = text.match(TOKEN) ?? [];
  const joined = text
    .split(TOKEN)
    .map((part, index) => literal(part) + (names[index] === undefined ? '' : `"$${nameOf(names[index])}"`));
  return joined.join('') || "''";
}

export function words(argv: readonly string[]): string {
  return argv.map(word).join(' ');
}

/**
 * A command, some words of which are there only where a variable has a value.
 *
 * @param fuller the same command with all of those words
 * @param optional says by which variable such a word is there
 */
export function wordsWhere(
  argv: readonly string[],
  fuller: readonly string[],
  optional: (text: string) => string,
): string {
  const rest = [...argv];
  const all = fuller.map((text) => {
    if (rest[0] !== text) return `\${${optional(text)}:+${inQuotes(text)}}`;
    rest.shift();
    return word(text);
  });
  if (rest.length > 0) throw new Error(`not the same command: ${rest.join(' ')}`);
  return all.join(' ');
}

/** Does a text look like what stands for a variable? */
export function hasToken(text: string): boolean {
  return /\{(?:script|snapshot|mount|device|parent|report|identity|success|ssh):[a-z0-9_-]+\}/.test(text);
}

function nameOf(token: string): string {
  return token.slice('{script:'.length, -1);
}

function literal(text: string): string {
  if (/^[\w@%+:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Of our own words only, which hold nothing that is special within quotes. */
function inQuotes(text: string): string {
  return `"${text.replaceAll(TOKEN, (token) => `$${nameOf(token)}`)}"`;
}
