/** What must be known for a spec: which hosts to ask, and about what. Plain data, so that one probe can carry it. */
export interface Questions {
  /** Names of the syncs that it is all about. */
  syncs: string[];
  hosts: Record<string, HostQuestions>;
  /** Filter files of the machine where the spec is, as written in the spec. */
  filterFiles: string[];
}

export interface HostQuestions {
  volumes: VolumeQuestion[];
  endpoints: EndpointQuestion[];
  /** Also asks for `HostFacts.conditions`. */
  conditions?: boolean;
}

export interface VolumeQuestion {
  volume: string;
  /** As in the spec; null when the mount says where it is. */
  path: string | null;
  /** UUID of the file system that must be mounted there; null for a plain path. */
  uuid: string | null;
}

export interface EndpointQuestion {
  /** `endpointKey`. */
  key: string;
  volume: string;
  subdir: string;
}

/** Keys of the questions about a directory that is no volume, and its ancestors: where `restore` writes. */
export const RESTORE_TARGET = '(restore)';

/**
 * Asks about a directory and everything above it, so that what a directory that does not exist yet will be part of is
 * known too.
 *
 * @param path absolute
 */
export function questionsAboutPath(path: string): VolumeQuestion[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts
    .map((_, index) => {
      const ancestor = `/${parts.slice(0, parts.length - index).join('/')}`;
      return { volume: `${RESTORE_TARGET}${ancestor}`, path: ancestor, uuid: null };
    })
    .concat({ volume: `${RESTORE_TARGET}/`, path: '/', uuid: null });
}
