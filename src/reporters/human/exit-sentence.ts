const SENTENCES: Readonly<Record<number, string>> = {
  1: 'something failed',
  2: 'a planned step may change data',
  3: 'refused, to protect data',
  4: 'something that was needed is absent or not prepared',
  64: 'the command was not understood',
  65: 'the spec, the plan or the facts are not valid',
  75: "another run holds a destination's lock",
  130: 'interrupted by Ctrl-C',
  143: 'interrupted by the system',
};

/** What an exit code means, behind what has ended: `; exit code 1: something failed`. Empty for 0, which needs no word. */
export function exitSentence(code: number): string {
  if (code === 0) return '';
  const meaning = SENTENCES[code];
  return meaning === undefined ? `; exit code ${code}` : `; exit code ${code}: ${meaning}`;
}
