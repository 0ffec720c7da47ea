import type * as Written from '../spec/generated/spec.ts';
import type { Source } from './source.ts';

/** The spec as far as it has been made of the file. */
export interface Draft {
  source: Source;
  sections: {
    ssh: Map<string, Section<Written.SshEndpoint>>;
    volumes: Map<string, Section<Written.Volume>>;
    syncs: Map<string, Section<Written.Sync>>;
  };
  credentials: Written.Credentials | null;
  /** Offset in the file of what became of it, by the JSON pointer of the spec: what is found there is shown here. */
  origins: Map<string, number>;
}

export interface Section<T> {
  written: T;
  /** Comment lines without their `#`. */
  comment: string[];
}
