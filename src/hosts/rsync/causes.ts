import * as copying from '../../planner/model/findings/copying.ts';
import type { About } from '../../planner/model/findings/copying.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { errorNamed, type Said } from './said.ts';

/** The entry of the catalogue that tells a cause. */
export type Cause = (about: About) => Finding;

interface Rule {
  /** Absent: whatever it tried. */
  calls?: RegExp;
  errors: RegExp;
  cause: Cause;
}

const LOST = /^(?:ESTALE|ENOTCONN|ENODEV|ENXIO|EHOSTDOWN|ETIMEDOUT)$/;
const DAMAGED = /^(?:EIO|EUCLEAN)$/;
const MAKING = /^(?:mkstemp|mkdir|rename|open|stat|symlink|link|mknod)$/;
const ATTRIBUTES = /^(?:xattr|acl)$/;

/** The first that fits counts. */
const OF_SOURCE: readonly Rule[] = [
  { calls: /^follow$/, errors: /./, cause: copying.linkLeadsNowhere },
  // A file that became shorter (rsync's own choice of error, map_ptr in fileio.c), and one that came out otherwise twice.
  { calls: /^read$/, errors: /^ENODATA$/, cause: copying.filesChanged },
  { calls: /^verify$/, errors: /./, cause: copying.filesChanged },
  { errors: /^(?:EACCES|EPERM|ENOKEY)$/, cause: copying.filesUnreadable },
  { errors: DAMAGED, cause: copying.sourceDamaged },
  { errors: LOST, cause: copying.sourceLost },
  { errors: /^ENAMETOOLONG$/, cause: copying.pathTooLong },
  { calls: /^(?:link_stat|change_dir)$/, errors: /^(?:ENOENT|ENOTDIR)$/, cause: copying.pathNotThere },
];

const OF_DESTINATION: readonly Rule[] = [
  { errors: /^EROFS$/, cause: copying.destinationReadOnly },
  { errors: DAMAGED, cause: copying.destinationDamaged },
  { errors: LOST, cause: copying.destinationLost },
  // Also "No space left on device", for attributes that do not fit into an inode of a drive with room.
  { calls: ATTRIBUTES, errors: /./, cause: copying.attributesUnholdable },
  { errors: /^ENOSPC$/, cause: copying.diskFull },
  { errors: /^EDQUOT$/, cause: copying.quotaExceeded },
  { errors: /^EFBIG$/, cause: copying.fileTooLarge },
  { errors: /^EMLINK$/, cause: copying.tooManyLinks },
  { errors: /^ENAMETOOLONG$/, cause: copying.pathTooLong },
  { errors: /^ELOOP$/, cause: copying.destinationLinked },
  { errors: /^EBUSY$/, cause: copying.destinationBusy },
  { errors: /^EACCES$/, cause: copying.destinationNotWritable },
  { calls: /^(?:chown|chgrp|lchown)$/, errors: /^(?:EPERM|EINVAL|ENOTSUP)$/, cause: copying.ownersUnholdable },
  { calls: /^symlink$/, errors: /^(?:EPERM|ENOTSUP)$/, cause: copying.linksUnholdable },
  { calls: /^link$/, errors: /^(?:EPERM|ENOTSUP)$/, cause: copying.hardLinksUnholdable },
  { calls: /^mknod$/, errors: /^(?:EPERM|ENOTSUP|EINVAL)$/, cause: copying.specialFilesUnholdable },
  { calls: /^(?:utimes|chmod)$/, errors: /^EPERM$/, cause: copying.destinationForeign },
  { calls: MAKING, errors: /^(?:EINVAL|EILSEQ)$/, cause: copying.namesUnholdable },
  { calls: /^(?:mkstemp|mkdir|rename|open|unlink|rmdir)$/, errors: /^EPERM$/, cause: copying.destinationProtected },
  {
    calls: /^(?:mkstemp|mkdir|change_dir|rename|open)$/,
    errors: /^(?:ENOENT|ENOTDIR)$/,
    cause: copying.destinationPathMissing,
  },
];

/** exfat-fuse finds no file of a name that it cannot hold. */
const ODD_NAME = /[:?*"<>|]|\\#(?:0[0-3]|177)/;

/** The true cause of what rsync said; null when it is none that is known. */
export function causeOf(said: Said): Cause | null {
  const { side, call, error, path } = said;
  if (call === 'mkstemp' && error === 'ENOENT' && ODD_NAME.test(path.slice(path.lastIndexOf('/')))) {
    return copying.namesUnholdable;
  }
  const rules = side === 'source' ? OF_SOURCE : OF_DESTINATION;
  return rules.find(({ calls, errors }) => errors.test(error) && calls?.test(call) !== false)?.cause ?? null;
}

/**
 * The true cause of what another program than rsync could not do at the destination: `mkdir: cannot create directory 'x':
 * No space left on device`. Null when it is none that is known.
 */
export function causeOfComplaint(line: string): Cause | null {
  const error = errorNamed(/: (?<why>[^:]+)$/.exec(line)?.groups?.['why'] ?? '');
  const rule = OF_DESTINATION.find(({ calls, errors }) => calls === undefined && errors.test(error ?? ''));
  return rule?.cause ?? null;
}

/** With these the copy as a whole is not what it should be, whatever exit codes the user tolerates. */
const NEVER_TOLERATED = new Set<Cause>([
  copying.destinationReadOnly,
  copying.destinationDamaged,
  copying.destinationLost,
  copying.destinationNotWritable,
  copying.destinationProtected,
  copying.destinationForeign,
  copying.destinationBusy,
  copying.destinationPathMissing,
  copying.destinationLinked,
  copying.folderInTheWay,
  copying.diskFull,
  copying.quotaExceeded,
  copying.sourceDamaged,
  copying.sourceLost,
  copying.pathNotThere,
]);

export function isTolerable(cause: Cause): boolean {
  return !NEVER_TOLERATED.has(cause);
}

/** Calls that list a folder: where one of them fails, what is in the folder is not known, and so not what is gone from it. */
export function hidesNames({ side, call }: Said): boolean {
  return side === 'source' && /^(?:opendir|readdir|readlink_stat|link_stat|change_dir)$/.test(call);
}
