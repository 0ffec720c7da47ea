/** Long options of rsync that take a value, as rsync 3.5.0 reads them (its man page leaves some of them out). */
const WITH_VALUE = new Set(
  `address backup-dir block-size bwlimit cc checksum-choice checksum-seed chmod chown compare-dest compress-choice compress-level
  compress-threads config confine-root contimeout copy-as copy-dest debug dparam early-input exclude exclude-from files-from filter
  groupmap iconv include include-from info link-dest log-file log-file-format log-format max-alloc max-delete max-size min-size
  modify-window only-write-batch out-format outbuf partial-dir password-file port protocol read-batch remote-option rsh rsync-path
  skip-compress sockopts stderr stop-after stop-at suffix temp-dir time-limit timeout usermap write-batch zc zl zt`.split(
    /\s+/,
  ),
);

/** Those that take none. */
const PLAIN = new Set(
  `8-bit-output acls append append-verify archive atimes backup blocking-io checksum compress copy-devices copy-dirlinks copy-links
  copy-unsafe-links crtimes cvs-exclude daemon del delay-updates delete delete-after delete-before delete-delay delete-during
  delete-excluded delete-missing-args devices dirs drop-D dry-run executability existing fake-super force from0 fsync fuzzy group
  hard-links help human-readable i-d i-r ignore-errors ignore-existing ignore-missing-args ignore-non-existing ignore-times
  implied-dirs inc-recursive inplace insecure-links ipv4 ipv6 itemize-changes keep-dirlinks links list-only mkpath msgs2stderr
  munge-links new-compress numeric-ids old-args old-compress old-d old-dirs omit-dir-times omit-link-times one-file-system
  open-noatime owner partial perms preallocate progress protect-args prune-empty-dirs qsort quiet recursive relative
  remove-sent-files remove-source-files safe-links secluded-args sender server size-only sparse specials stats super times
  trust-sender update verbose version whole-file write-devices xattrs`.split(/\s+/),
);

/** What `--no-` may stand before. */
const NEGATED = new Set(
  `8 8-bit-output A D H J N O R S U W X acls append atimes backup blocking-io bwlimit c checksum compress contimeout crtimes d
  delay-updates devices dirs drop-D force from0 fuzzy g group h hard-links human-readable i i-d i-r iconv ignore-errors
  implied-dirs inc-recursive inplace insecure-links itemize-changes l links m mkpath motd msgs2stderr munge-links numeric-ids o
  old-args omit-dir-times omit-link-times one-file-system open-noatime owner p partial perms progress protect-args
  prune-empty-dirs r recursive relative s secluded-args sparse specials super t timeout times v verbose whole-file write-devices
  x xattrs y z`.split(/\s+/),
);

/** Short options that take a value: what follows them in a word is the value. */
const SHORT_WITH_VALUE = 'efBTM@';
const SHORT = 'abcdghiklmnopqrstuvxyzACDEFHIJKLNOPRSUVWX0468';

/** The long options that a mistyped one may have been meant to be, with their hyphens. */
export function optionsLike(option: string): string[] {
  if (!option.startsWith('--')) return [];
  const names = option.startsWith('--no-') ? Array.from(NEGATED, (name) => `no-${name}`) : [...WITH_VALUE, ...PLAIN];
  return names.map((name) => `--${name}`);
}

/** What is wrong with one option as `optionsIn` tells them, and its value in the same word, null for none. */
export type OptionMistake = 'unknown' | 'needs-value' | 'takes-none';

export function optionMistake(option: string, value: string | null): OptionMistake | null {
  const takes = takesValue(option);
  if (takes === null) return 'unknown';
  if (takes) return value === null ? 'needs-value' : null;
  return value === null ? null : 'takes-none';
}

/** Null for what rsync does not know. rsync knows no abbreviations of long options. */
export function takesValue(option: string): boolean | null {
  const name = option.replace(/^--?/, '');
  if (!option.startsWith('--')) return SHORT_WITH_VALUE.includes(name) ? true : SHORT.includes(name) ? false : null;
  if (WITH_VALUE.has(name)) return true;
  return PLAIN.has(name) || (name.startsWith('no-') && NEGATED.has(name.slice(3))) ? false : null;
}

/** `--name=value` is `--name`; `-an` is `-a` and `-n`. */
export function optionsIn(word: string): string[] {
  if (word.startsWith('--')) return [word.replace(/=.*$/s, '')];
  const letters: string[] = [];
  for (const letter of word.slice(1)) {
    letters.push(`-${letter}`);
    if (SHORT_WITH_VALUE.includes(letter)) break;
  }
  return letters;
}

/** What stands in the word after its last option; null for nothing. A value may be empty: `--suffix=`. */
export function valueIn(word: string): string | null {
  if (word.startsWith('--')) return word.includes('=') ? word.slice(word.indexOf('=') + 1) : null;
  const rest = word.slice(1 + optionsIn(word).length);
  return rest === '' ? null : rest;
}
