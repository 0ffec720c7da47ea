/** A command for people: the text of a script says little to anybody. */
export function withoutScript(argv: readonly string[]): string[] {
  return argv[0] === 'sh' && argv[1] === '-c' && argv[3] === 'sh' ? ['sh', '-c', '…', ...argv.slice(4)] : [...argv];
}
