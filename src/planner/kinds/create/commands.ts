const MARK = 'umask 022; set -C; { [ -f "$1" ] && [ ! -L "$1" ]; } || : >"$1"';

/** Makes a sentinel that anyone may read. It is created exclusively (`set -C` in sh(1)): through no link, over no file. */
export function markCommand(path: string): string[] {
  return ['sh', '-c', MARK, 'sh', path];
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
