/** One line in which rsync says that something failed, taken apart. */
export interface Said {
  /** Who reads and who writes; by the process that said it, and before rsync 3.1.3, which does not tell, by the call. */
  side: 'source' | 'destination';
  /** What it tried: `mkstemp`, `opendir`, `write`, `chown`, `symlink`, … */
  call: string;
  /** In rsync's spelling: under `LC_ALL=C` a byte that is no ASCII character is `\#ooo`. */
  path: string;
  /** The error by its name in errno(3); empty for one that has no part in any cause. */
  error: string;
  /** The error in the words of the system. */
  why: string;
}

/** `rsync: [generator] mkdir "/x" failed: Permission denied (13)`; before 3.1.3 without the process (rsyserr in log.c). */
const LINE = /^rsync: (?:\[(?<who>[A-Za-z]+)\] )?(?<what>.+?): (?<why>[^:"()]+) \(\d+\)$/;
/** Without an error of the system. */
const UNNUMBERED: readonly [pattern: RegExp, said: Pick<Said, 'side' | 'call' | 'error'>][] = [
  [/^symlink has no referent: "(?<path>.*)"$/, { side: 'source', call: 'follow', error: 'ENOENT' }],
  [/^ERROR: (?<path>.*) failed verification -- update /, { side: 'source', call: 'verify', error: 'ESTALE' }],
  [
    /^rsync: (?:\[\w+\] )?recv_generator: mkdir "(?<path>.*)" failed: File name too long$/,
    { side: 'destination', call: 'mkdir', error: 'ENAMETOOLONG' },
  ],
];

/** Takes such a line apart; null for any other, and for those of the connection. */
export function saidBy(line: string): Said | null {
  for (const [pattern, said] of UNNUMBERED) {
    const path = pattern.exec(line)?.groups?.['path'];
    if (path !== undefined) return { ...said, path, why: '' };
  }
  const { who, what, why } = LINE.exec(line)?.groups ?? {};
  if (what === undefined || why === undefined) return null;
  const call = callIn(what);
  const path = pathIn(what);
  // The connection and the processes themselves have none.
  if (path === '') return null;
  return {
    side: sideOf(who, call),
    call,
    path: who === 'receiver' ? finalName(path) : path,
    error: ERRORS.get(why) ?? '',
    why,
  };
}

/** The name in errno(3) of an error that a program tells in the words of the system; null for one that has no part in any cause. */
export function errorNamed(why: string): string | null {
  return ERRORS.get(why) ?? null;
}

/** What will become of a temporary file: `/x/.name.AbCdEf` (get_tmpname in receiver.c). Only receivers make them. */
function finalName(path: string): string {
  return path.replace(/(^|\/)\.([^/]+)\.[A-Za-z0-9]{6}$/, '$1$2');
}

/** Only a sender says these, but for `opendir` and its kind, which a generator says of the destination; it has a name then. */
const READING = /^(?:opendir|readdir|readlink_stat|link_stat|open for reading|read|change_dir|file has vanished)$/;

function sideOf(who: string | undefined, call: string): Said['side'] {
  if (who === undefined) return READING.test(call) ? 'source' : 'destination';
  return who.toLowerCase() === 'sender' ? 'source' : 'destination';
}

/** Texts of rsync that begin with no system call of their own. */
const CALLS: readonly [pattern: RegExp, call: string][] = [
  [/^send_files failed to open /, 'open for reading'],
  [/^read errors mapping /, 'read'],
  [/^write failed on /, 'write'],
  [/^failed to set times on /, 'utimes'],
  [/^failed to set permissions on /, 'chmod'],
  [/^(?:rsync_xal_|get_xattr|.*[lf]?(?:set|get|remove|list)xattr\()/, 'xattr'],
  [/^.*(?:sys_acl_|[sg]et_acl)/, 'acl'],
  [/^recv_generator: failed to stat /, 'stat'],
  [/^change_dir(?:#\d)? /, 'change_dir'],
];

function callIn(what: string): string {
  const known = CALLS.find(([pattern]) => pattern.test(what))?.[1];
  // `delete_file: unlink(x)`, `recv_generator: mkdir "/x"`, `mkstemp "/x"`
  return known ?? /^(?:[a-z_]+: )?(?<call>[a-z_]+)/i.exec(what)?.groups?.['call'] ?? '';
}

/** Of two names the first: `symlink "/x" -> "y"`, `rename "/x" -> "y"`, `link "/x" => y`. */
function pathIn(what: string): string {
  const quoted = /"(?<path>.*?)"(?: [-=]> .*|,".*"\).*|\)?(?: failed)?| \(in [^)]*\)(?: failed)?)$/.exec(what);
  return quoted?.groups?.['path'] ?? /\((?<path>.*)\) failed$/.exec(what)?.groups?.['path'] ?? '';
}

/** Texts of strerror(3) in the GNU C library, in musl and on macOS, where they differ. The numbers differ as well. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Required key not available', 'ENOKEY'],
  ['No such file or directory', 'ENOENT'],
  ['Not a directory', 'ENOTDIR'],
  ['Input/output error', 'EIO'],
  ['I/O error', 'EIO'],
  ['Remote I/O error', 'EIO'],
  ['Structure needs cleaning', 'EUCLEAN'],
  ['Bad message', 'EUCLEAN'],
  ['No data available', 'ENODATA'],
  ['No message available on STREAM', 'ENODATA'],
  ['Stale file handle', 'ESTALE'],
  ['Stale NFS file handle', 'ESTALE'],
  ['Transport endpoint is not connected', 'ENOTCONN'],
  ['Socket not connected', 'ENOTCONN'],
  ['Socket is not connected', 'ENOTCONN'],
  ['No such device', 'ENODEV'],
  ['No such device or address', 'ENXIO'],
  ['Device not configured', 'ENXIO'],
  ['Host is down', 'EHOSTDOWN'],
  ['Connection timed out', 'ETIMEDOUT'],
  ['Operation timed out', 'ETIMEDOUT'],
  ['No space left on device', 'ENOSPC'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['Disc quota exceeded', 'EDQUOT'],
  ['Quota exceeded', 'EDQUOT'],
  ['Read-only file system', 'EROFS'],
  ['Invalid argument', 'EINVAL'],
  ['Illegal byte sequence', 'EILSEQ'],
  ['Invalid or incomplete multibyte or wide character', 'EILSEQ'],
  ['File name too long', 'ENAMETOOLONG'],
  ['Filename too long', 'ENAMETOOLONG'],
  ['File too large', 'EFBIG'],
  ['Too many links', 'EMLINK'],
  ['Too many levels of symbolic links', 'ELOOP'],
  ['Symbolic link loop', 'ELOOP'],
  ['Function not implemented', 'ENOTSUP'],
  ['Operation not supported', 'ENOTSUP'],
  ['Not supported', 'ENOTSUP'],
  ['Device or resource busy', 'EBUSY'],
  ['Resource busy', 'EBUSY'],
]);
