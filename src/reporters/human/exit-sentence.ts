const SENTENCES: Readonly<Record<number, string>> = {
  0: 'all that could be done was done',
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

/** What an exit code means, as a sentence without its end: `exit code 1: something failed`. */
export function exitSentence(code: number): string {
  const meaning = SENTENCES[code];
  return meaning === undefined ? `exit code ${code}` : `exit code ${code}: ${meaning}`;
}
