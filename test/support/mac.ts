import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Those that macOS has too, or that its users install. */
const KEPT =
  'awk bash cat chmod cp cut date dd dirname env find grep head id ln ls mkdir mktemp mv perl readlink rm rmdir rsync sed sh sleep sort ssh tail touch tr true uniq wc xargs';

/** Instead of those of GNU and Linux. They answer in the words of the manuals of macOS, about the files that are here. */
const STAND_INS: Readonly<Record<string, string>> = {
  uname: 'echo Darwin',
  mount: `echo '/dev/disk1s1 on / (apfs, local, journaled)'; echo 'devfs on /dev (devfs, local, nobrowse)'`,
  stat: `case "$1 $2" in
    '-L -f') shift 3; exec REAL -L -c '%d %i %f %u %.9Y' "$@" ;;
    '-f %d') exec REAL -c %d "$3" ;;
    *) echo "stat: illegal option -- \${1#-}" >&2; exit 1 ;;
  esac`,
  df: `[ "$1 $2" = '-P -k' ] || exit 64; shift 2; exec REAL -P -k "$@"`,
  // That of GNU needs /proc.
  mkfifo: `exec ${execFileSync('which', ['busybox'], { encoding: 'utf8' }).trim()} mkfifo "$@"`,
  pmset: `echo "Now drawing from 'AC Power'"`,
};

/**
 * Before a command: it runs as if on a Mac, as far as this can be played here. There is no /proc, and of programs only those that a Mac
 * has; what stands in for its own shows that nbkp understands the manuals, and nothing about a Mac.
 *
 * @param folder is made and holds the programs
 */
export function asMac(folder: string): string[] {
  mkdirSync(folder);
  const real = (name: string): string => execFileSync('which', [name], { encoding: 'utf8' }).trim();
  for (const name of KEPT.split(' ')) symlinkSync(real(name), join(folder, name));
  for (const [name, text] of Object.entries(STAND_INS)) {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text.replaceAll('REAL', text.includes('REAL') ? real(name) : '')}\n`);
    chmodSync(file, 0o755);
  }
  const script = 'mount -t tmpfs none /proc || exit; PATH=$0; export PATH; exec "$@"';
  return ['unshare', '--mount', 'sh', '-c', script, folder];
}
