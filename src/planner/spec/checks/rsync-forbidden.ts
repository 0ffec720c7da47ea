export interface OptionUse {
  /** The sync's snapshot mode. */
  mode: string;
  /** `rsync.delete`. */
  deletes: boolean;
}

export interface Refusal {
  /** Goes on with the sentence "rsync's OPTION …". */
  why: string;
  instead: string;
}

/** What is wrong with an option (`-n`, `--dry-run`) in this use; null for one that may be given. See rsync(1). */
export function forbiddenOption(option: string, use: OptionUse): Refusal | null {
  if (use.mode === 'hard-link' && IN_PLACE.test(option)) return inPlace;
  if (!use.deletes && DELETING.test(option)) return deleting;
  return FORBIDDEN.find(({ options }) => options.test(option)) ?? null;
}

const IN_PLACE = /^--(inplace|append|append-verify|write-devices)$/;
const inPlace: Refusal = {
  why: 'would change files in older snapshots, which share them by hard links',
  instead: 'Remove it, or use snapshots.mode = "btrfs", where snapshots do not share files in that way.',
};

const DELETING = /^--del(ete.*)?$/;
const deleting: Refusal = {
  why: 'deletes, and this sync has rsync.delete = false',
  instead: 'Remove one of the two.',
};

const FORBIDDEN: readonly (Refusal & { options: RegExp })[] = [
  {
    options: /^(-n|--dry-run|--list-only|--only-write-batch|--write-batch|--read-batch)$/,
    why: 'copies nothing to the destination',
    instead: 'Remove it. To see what would be copied: nbkp plan --files',
  },
  {
    options: /^--remove-(source|sent)-files$/,
    why: 'deletes the source',
    instead: 'Remove it. A sync never changes its source.',
  },
  {
    options: /^--(ignore-errors|force|ignore-missing-args|delete-missing-args)$/,
    why: 'deletes where something went wrong, past the guard against deletions',
    instead: 'Remove it. Deletions that are due are made once the source was read without an error.',
  },
  {
    options: /^--max-delete$/,
    why: 'is how nbkp guards deletions',
    instead: 'Use policy.max-delete, such as max-delete.files = 100.',
  },
  {
    options: /^(-e|--rsh|--blocking-io|--address|--port|--sockopts|-4|--ipv4|-6|--ipv6)$/,
    why: 'is about the connection, which nbkp makes',
    instead: 'Describe the connection in [ssh.NAME]; other OpenSSH options go into its `options` table.',
  },
  {
    options: /^--rsync-path$/,
    why: 'changes which rsync runs, where it was checked already',
    instead:
      'Install rsync 3 in the PATH of the user on each machine. For rsync as root on a server: rsync.sudo = true.',
  },
  {
    options: /^(-M|--remote-option|--server|--sender|--daemon|--config|--copy-as)$/,
    why: 'changes which rsync runs, or how, where it was checked already',
    instead: 'Remove it, and install rsync 3 in the PATH of the user on each machine.',
  },
  {
    options: /^--(compare|copy|link)-dest$/,
    why: 'is how snapshots share what has not changed',
    instead: 'Use snapshots.mode = "hard-link".',
  },
  {
    options: /^(-b|--backup|--backup-dir|--suffix)$/,
    why: 'keeps old files among the new ones, where the next run deletes them',
    instead: 'Use snapshots.mode = "hard-link" or "btrfs" to keep what was changed and deleted.',
  },
  {
    options: /^(-f|-F|-C|--filter|--cvs-exclude|--(ex|in)clude|--(ex|in)clude-from|--files-from|-0|--from0)$/,
    why: "would come before the rules that protect nbkp's own files",
    instead: 'Use `filters` or `filter-file` of the sync.',
  },
  {
    options: /^(-R|--relative|-d|--dirs|--old-dirs|--old-d|--mkpath)$/,
    why: 'changes where in the destination files arrive',
    instead: 'Choose `source` and `destination` so that one goes into the other; nbkp prepare makes directories.',
  },
  {
    options: /^(--stop-after|--stop-at|--time-limit)$/,
    why: 'ends a transfer halfway',
    instead: 'Use `timeout`: a transfer that it ends is resumed by the next run.',
  },
  {
    options:
      /^(-v|--verbose|-q|--quiet|-i|--itemize-changes|-h|--human-readable|-P|--progress|-8|--8-bit-output|--stats|--info|--debug|--stderr|--msgs2stderr|--out-format|--log-format|--outbuf|-V|--version|--help)$/,
    why: 'changes what rsync prints, which nbkp reads',
    instead:
      'Remove it. nbkp shows progress, and `nbkp plan --files` shows each file. Interrupted files are always kept.',
  },
];
