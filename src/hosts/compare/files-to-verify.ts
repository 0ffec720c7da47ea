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

/** Must be one command, whose output is cut: `head` ends early, and so do those before it. */
const PART = `${LIST} list "$@" 2>/dev/null | { if sed -z '' </dev/null 2>/dev/null
then tail -z -n "+$4" | head -z -n "$5"
else tr '\\000' '\\n' | tail -n "+$4" | head -n "$5" | tr '\\n' '\\000'
fi; }`;

/** How many files there are to verify. */
export async function countFiles(
  place: HostFolder,
  { first, step }: Selection,
  signal: AbortSignal,
): Promise<Result<number>> {
  const { code, stdout, stderr } = await place.transport.run(
    ['sh', '-c', COUNT, 'sh', place.path, String(first), String(step)],
    { signal },
  );
  const count = Number(stdout.toString().trim());
  if (code === 0 && stderr.length === 0 && Number.isInteger(count)) return success(count);
  return failure(filesNotListed(place.path, stderr.at(-1)));
}

/**
 * @param after so many of the selection have been verified
 * @returns at most `count` names, one character for each byte (latin1)
 */
export async function nextFiles(
  place: HostFolder,
  { first, step }: Selection,
  { after, count, signal }: { after: number; count: number; signal: AbortSignal },
): Promise<string[]> {
  const numbers = [first, step, after + 1, count].map(String);
  const { stdout } = await place.transport.run(['sh', '-c', PART, 'sh', place.path, ...numbers], { signal });
  const names = stdout.toString('latin1').split('\0').slice(0, -1);
  return names.map((name) => name.slice('./'.length).replaceAll('//', '\n'));
}

const GONE = `
cd "$1" || exit 1
while IFS= read -r name; do printf '%b\\000' "$name"; done |
  xargs -0 -r sh -c 'for name; do [ -e "$name" ] || [ -L "$name" ]; echo "$?"; done' sh
`;

/**
 * Those of some files of a copy that are not there any more. A run or a prune may remove what is being verified.
 *
 * @param names as `nextFiles` returns them
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
