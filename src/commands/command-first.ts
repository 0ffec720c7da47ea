/** Flags that several commands share and that take a value. */
export const SHARED_VALUED: ReadonlySet<string> = new Set(
  '-c --spec -s --only --exclude -l --location -L --exclude-location -N --network --require --log-file'.split(' '),
);

/** How many words stand before the command; more than there are where the value of the last flag is still to come. */
export function wordsBeforeCommand(argv: readonly string[]): number {
  let at = 0;
  for (let word = argv[0]; word !== '--' && word?.startsWith('-') === true; word = argv[at]) {
    at += SHARED_VALUED.has(word) ? 2 : 1;
  }
  return at;
}

/** The words of a command line with flags that stand before the command put behind it, where oclif looks for them. */
export function commandFirst(argv: readonly string[]): string[] {
  const at = wordsBeforeCommand(argv);
  const flags = argv.slice(0, at);
  const words = argv.slice(at);
  if (words.length === 0 || words[0] === '--') return [...argv];
  const end = words.indexOf('--');
  return end === -1 ? [...words, ...flags] : [...words.slice(0, end), ...flags, ...words.slice(end)];
}
