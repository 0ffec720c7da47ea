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
