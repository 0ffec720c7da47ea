/** How a command speaks. Known before its flags are parsed, so that a mistake in them is answered so too. */
export interface Manner {
  json: boolean;
  /** Says nothing unless something goes wrong. */
  quiet: boolean;
  /** 1: a run in lines, one for each step. 2: each command that is run, too. */
  verbosity: number;
  /** Path. */
  logFile: string | null;
  syslog: boolean;
}

/** Short flags without a value, alone or several behind one dash: `-yq`. */
const SHORT = /^-[hnqvVy]+$/;

/** @param argv the words after the command */
export function mannerOf(argv: readonly string[]): Manner {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const letters = words.filter((word) => SHORT.test(word)).join('');
  const isGiven = (flag: string): boolean => words.includes(`--${flag}`);
  const count = letters.replaceAll(/[^v]/g, '').length;
  return {
    json: isGiven('json'),
    quiet: isGiven('quiet') || letters.includes('q'),
    verbosity: Math.min(2, count + words.filter((word) => word === '--verbose').length),
    logFile: valueOf(words, '--log-file'),
    syslog: isGiven('syslog'),
  };
}

function valueOf(words: readonly string[], flag: string): string | null {
  const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (at === -1) return null;
  const [, attached] = words[at]?.split(/=(.*)/s) ?? [];
  return attached ?? words[at + 1] ?? null;
}
