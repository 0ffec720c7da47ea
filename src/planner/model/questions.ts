/** What must be known for a spec: which hosts to ask, and about what. Plain data, so that one probe can carry it. */
export interface Questions {
  hosts: Record<string, HostQuestions>;
  /** Filter files of the machine where the spec is, as written in the spec. */
  filterFiles: string[];
}

export interface HostQuestions {
  volumes: VolumeQuestion[];
  endpoints: EndpointQuestion[];
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
