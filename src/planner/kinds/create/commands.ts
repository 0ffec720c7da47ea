import { PLACEHOLDER } from '../../model/step.ts';

const MARK = 'umask 022; set -C; { [ -f "$1" ] && [ ! -L "$1" ]; } || : >"$1"';

/** Makes a sentinel that anyone may read. It is created exclusively (`set -C` in sh(1)): through no link, over no file. */
export function markCommand(path: string): string[] {
  return ['sh', '-c', MARK, 'sh', path];
}

const LINE = [
  'umask 022; set -C',
  '[ ! -L "$1" ] && [ ! -d "$1" ] || { echo "$1 is no file." >&2; exit 1; }',
  '[ "$3" = replace ] || [ ! -s "$1" ] || { echo "$1 is not empty." >&2; exit 1; }',
  String.raw`rm -f "$1.new" && printf "%s\n" "$2" >"$1.new" && mv -f "$1.new" "$1"`,
].join('; ');

/**
 * Makes a file of one line that anyone may read, whole or not at all: a new file takes the place of one that is empty, or
 * with `replace` of any. It fails where a link or a directory has the name.
 */
export function lineCommand(path: string, line: string, replace: boolean): string[] {
  return ['sh', '-c', LINE, 'sh', path, line, replace ? 'replace' : 'new'];
}

const NOTE = [
  'umask 022; cd -P "$1" || exit; set -C; kept() { touch -c -r "$1" "$2" 2>/dev/null || :; }',
  '[ ! -d "$2" ] || { echo "$2 is a folder." >&2; exit 1; }',
  'old=; [ ! -f "$2" ] || [ -L "$2" ] || { old=1; kept . "$2"; }',
  'rm -f "$2.new" && printf "%s\\n" "$3" >"$2.new" && { sync "$2.new" 2>/dev/null || :; } || exit',
  '[ -z "$old" ] || kept "$2" "$2.new"',
  'mv -f "$2.new" "$2" || exit; [ -z "$old" ] || kept "$2" .',
].join('; ');

/**
 * Puts a file of one line into a folder, whole or not at all, in the place of whatever file or link has its name. The folder keeps
 * its time of change where the file was there before: a copy of a folder with that time would otherwise never be up to date.
 */
export function noteCommand(folder: string, name: string, line: string): string[] {
  return ['sh', '-c', NOTE, 'sh', folder, name, line];
}

const IDENTITY = '{identity:';

/** Placeholders of ids of sources, each once. */
export function identitiesIn(commands: readonly (readonly string[])[]): string[] {
  const words = commands.flat().filter((word) => word.includes(IDENTITY));
  const names = words.flatMap((word): string[] => word.match(PLACEHOLDER) ?? []);
  return [...new Set(names.filter((name) => name.startsWith(IDENTITY)))];
}

const FOLDERS = [
  'cd -P "$1" || exit; root=${PWD%/}; shift',
  'for name; do [ -d "./$name" ] || mkdir "./$name" || exit; cd -P "./$name" || exit',
  'case $PWD in "$root"/*) ;; *) echo "A link leads to $PWD, out of the volume $root." >&2; exit 1 ;; esac; done',
].join('; ');

/**
 * Makes a directory and those above it unless they are there, as `mkdir -p` does, but goes into each on the way: nothing
 * is made behind a link that leads out of the volume, and it fails for a directory that is there.
 *
 * @param root directory of the volume, absolute
 * @param subdir relative to it
 */
export function foldersCommand(root: string, subdir: string): string[] {
  return ['sh', '-c', FOLDERS, 'sh', root, ...subdir.split('/')];
}
