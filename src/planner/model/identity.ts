/** What the sentinels of a folder say of whose place it is. A property is absent where nobody could look. */
export interface IdentityFacts {
  /** The id in `.nbkp-src`; null when it has none. */
  source?: string | null;
  /** What is in `.nbkp-src` is no id. */
  sourceDamaged?: true;
  /** What `.nbkp-dst` says; null when it is empty or not there. */
  owner?: Owner | null;
}

/** Whose copy a destination is. */
export interface Owner {
  /** The id of the source that is backed up there; null when what the file says cannot be read. */
  source: string | null;
  /** For people: where the backup came from. Empty when it is not said. */
  machine: string;
  spec: string;
  sync: string;
}
