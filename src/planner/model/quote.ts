/**
 * A word as a POSIX shell reads it back, whatever it holds (POSIX.1-2024, Shell Command Language, 2.2.2: between
 * single quotes nothing is special but the single quote). No backslash stands where it means something else to fish, or
 * to OpenSSH, which counts the quotes of a `ProxyCommand` by rules of its own.
 */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`).replaceAll('\\', `'"\\\\"'`)}'`;
}

/** `quote`, for people: a word that no shell reads as anything else stays as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : quote(word);
}
