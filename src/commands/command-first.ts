/** Flags that several commands share and that take a value. */
const VALUED = new Set(
  '-c --spec -s --only --exclude -l --location -L --exclude-location -N --network --require --log-file'.split(' '),
);

/** The words of a command line with flags that stand before the command put behind it, where oclif looks for them. */
export function commandFirst(argv: readonly string[]): string[] {
  let at = 0;
  for (let word = argv[0]; word !== '--' && word?.startsWith('-') === true; word = argv[at]) {
    at += VALUED.has(word) ? 2 : 1;
  }
  const flags = argv.slice(0, at);
  const words = argv.slice(at);
  if (words.length === 0 || words[0] === '--') return [...argv];
  const end = words.indexOf('--');
  return end === -1 ? [...words, ...flags] : [...words.slice(0, end), ...flags, ...words.slice(end)];
}
