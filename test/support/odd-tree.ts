import { execFileSync } from 'node:child_process';

/** Makes, in the folder where bash runs it as root, a tree of everything that some file system cannot hold. */
export const MAKE_ODD_TREE: string = String.raw`
umask 022
mkdir Photos photos
echo a >Photos/a; echo b >photos/b; echo one >README; echo two >Readme
for name in 'at 12:30' 'what?' 'star*' 'say "x"' 'a<b' 'a>b' 'a|b' 'back\slash' $'new\nline' $'bell\a' 'dot.' 'blank ' $'bad\377'; do
  echo odd >"$name"
done
echo composed >$'\303\274'; echo decomposed >$'u\314\210'
echo long >"$(printf '\303\251%.0s' {1..127})"
echo secret >key; ln key second; ln -s key link; mkfifo pipe
setfattr -n user.rating -v five key; setfacl -m u:12:r key; chown 1234:2345 key; chmod 640 key
truncate -s 8M hole
echo sea >sea; touch -d '2026-03-01 10:00:05.123456789' sea
echo scan >old; touch -d '1975-05-05 10:00:01' old
echo far >far; touch -d '2150-05-05 10:00:01' far
`;

const NO_TEXT = 'bad\xff';
const FOLDED = ['Readme', 'photos', 'photos/b'];

/** What of it has no place: one character for each byte. */
export const HAS_NO_PLACE = {
  FAT: [
    ...[...FOLDED, NO_TEXT, 'at 12:30', 'what?', 'star*', 'say "x"', 'a<b', 'a>b', 'a|b', 'back\\slash', 'new\nline'],
    ...['bell\x07', 'dot.', 'blank ', 'link', 'pipe'],
  ],
  NTFS: [NO_TEXT],
  'HFS+': [...FOLDED, NO_TEXT, '\xc3\xbc'],
} as const;

/** All names in a tree but nbkp's own, sorted: one character for each byte. */
export function namesIn(folder: string): string[] {
  const words = [folder, '-mindepth', '1', '!', '-name', '.nbkp-*', '-printf', '%P\\0'];
  return execFileSync('find', words, { encoding: 'latin1' }).split('\0').slice(0, -1).sort();
}
