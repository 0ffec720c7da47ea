import { failure, success, type Result } from '../../planner/model/result.ts';
import { encoded } from './checksums-of.ts';
import type { HostFolder } from '../folder.ts';
import { filesNotListed } from '../../planner/model/findings/verifying.ts';

/** Every `step`th file of a copy, beginning with the one numbered `first` (from 1). */
export interface Selection {
  step: number;
  first: number;
}

/**
 * In one order for all times, so that a number stands for a file as long as the copy stays as it is. Where `sed` knows no
 * `-z`, as busybox's, a name is a line, in which `//`, which no path holds, stands for a newline.
 */
const LIST = `
cd "$1" || exit 1
LC_ALL=C
export LC_ALL
files() {
  find . \\( -name '.nbkp-*' -o -name .rsync-partial \\) -prune -o -type f -print0 ||
    echo 'not all of it could be read' >&2
}
list() {
  if sed -z '' </dev/null 2>/dev/null; then files | sort -z | sed -z -n "$2~$3p"; return; fi
  files | xargs -0 sh -c '
    nl=$1
    shift
    for name; do
      while :; do case $name in *"$nl"*) name=\${name%%"$nl"*}//\${name#*"$nl"} ;; *) break ;; esac; done
      printf "%s\\n" "$name"
    done' sh '
' | sort | awk -v first="$2" -v step="$3" 'NR >= first && (NR - first) % step == 0' | tr '\\n' '\\000'
}
`;

const COUNT = `${LIST} list "$@" | tr -dc '\\000' | wc -c`;

/** Begins with the number of processors. Must be one command, whose output is cut: `head` ends early, and so do those before it. */
const PART = `${LIST}
printf '%s\\000' "$(getconf _NPROCESSORS_ONLN 2>/dev/null)"
list "$@" | { if sed -z '' </dev/null 2>/dev/null
then tail -z -n "+$4" | head -z -n "$5"
else tr '\\000' '\\n' | tail -n "+$4" | head -n "$5" | tr '\\n' '\\000'
fi; }`;

/** So many names are asked for at once: for each answer all folders are read. */
const AT_ONCE = 65_536;

/** The files of a copy that are to be verified, in an order that stays. */
export class FilesToVerify {
  #names: string[] = [];
  #listed = 0;
  #isAll = false;
  #processors = 1;

  /** @param after so many of the selection have been verified */
  constructor(
    readonly place: HostFolder,
    readonly selection: Selection,
    readonly after: number,
    readonly signal: AbortSignal,
  ) {}

  /** Of the host that has them; known with the first names. */
  get processors(): number {
    return this.#processors;
  }

  /** How many there are, for one who begins with the first of them. */
  async total(): Promise<Result<number>> {
    const listed = await this.#list();
    if (!listed.ok) return listed;
    return this.#isAll ? success(this.#listed) : countFiles(this.place, this.selection, this.signal);
  }

  /** @returns at most `count` names, one character for each byte (latin1); less only of the last ones */
  async next(count: number): Promise<Result<string[]>> {
    while (this.#names.length < count && !this.#isAll && !this.signal.aborted) {
      const listed = await this.#list();
      if (!listed.ok) return listed;
    }
    return success(this.#names.splice(0, count));
  }

  async #list(): Promise<Result<null>> {
    const { first, step } = this.selection;
    const numbers = [first, step, this.after + this.#listed + 1, AT_ONCE].map(String);
    const argv = ['sh', '-c', PART, 'sh', this.place.path, ...numbers];
    const { code, stdout, stderr } = await this.place.transport.run(argv, { signal: this.signal });
    const [processors, ...names] = stdout.toString('latin1').split('\0').slice(0, -1);
    this.#processors = Math.max(1, Number(processors) || 1);
    this.#listed += names.length;
    this.#isAll = names.length < AT_ONCE;
    this.#names = this.#names.concat(names.map((name) => name.slice('./'.length).replaceAll('//', '\n')));
    // Who was cut off complains of that, and of nothing else.
    const isWhole = !this.#isAll || (code === 0 && stderr.length === 0);
    return isWhole ? success(null) : failure(filesNotListed(this.place.path, stderr.at(-1) ?? ''));
  }
}

/** How many files there are to verify. */
async function countFiles(place: HostFolder, { first, step }: Selection, signal: AbortSignal): Promise<Result<number>> {
  const { code, stdout, stderr } = await place.transport.run(
    ['sh', '-c', COUNT, 'sh', place.path, String(first), String(step)],
    { signal },
  );
  const count = Number(stdout.toString().trim());
  if (code === 0 && stderr.length === 0 && Number.isInteger(count)) return success(count);
  return failure(filesNotListed(place.path, stderr.at(-1)));
}

const GONE = `
cd "$1" || exit 1
while IFS= read -r name; do printf '%b\\000' "$name"; done |
  xargs -0 -r sh -c 'for name; do [ -e "$name" ] || [ -L "$name" ]; echo "$?"; done' sh
`;

/**
 * Those of some files of a copy that are not there any more. A run or a prune may remove what is being verified.
 *
 * @param names as `FilesToVerify` returns them
 */
export async function goneSince(
  place: HostFolder,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const stdin = names.map(encoded).join('');
  const { stdout } = await place.transport.run(['sh', '-c', GONE, 'sh', place.path], { stdin, signal });
  const answers = stdout.toString().split('\n');
  return new Set(names.filter((_, index) => answers[index] === '1'));
}
