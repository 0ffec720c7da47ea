import { relativeFromHere } from '../model/findings/imports.ts';
import type * as Written from '../spec/generated/spec.ts';
import type { Source } from './source.ts';
import type { Section } from './toml.ts';

/** The spec as far as it has been made of the file. */
export interface Draft {
  source: Source;
  here: Here;
  sections: {
    ssh: Map<string, Judged<Written.SshEndpoint>>;
    volumes: Map<string, Judged<Written.Volume>>;
    syncs: Map<string, Judged<Written.Sync>>;
  };
  /** The `ssh-endpoint` of each volume, by which the Python tool tells servers apart. */
  primaries: Map<string, { endpoint: string; offset: number }>;
  credentials: Judged<Written.Credentials> | null;
  /** Offset in the file of what became of it, by the JSON pointer of the spec: what is found there is shown here. */
  origins: Map<string, number>;
  /** Where in the file a comment is whose; in any order. */
  places: KeyNote[];
  /** Comments of what the spec does not have. */
  tail: string[];
}

/** Where the import is asked for, which is where the Python tool would be started. */
export interface Here {
  /** Absolute, without links. */
  directory: string;
  /** The lines of a file by its path, empty in place of comments; null when it cannot be read. */
  read: (path: string) => readonly string[] | null;
}

export interface Judged<T> extends Section<T> {
  /** Why it is left out: then it stands in the draft as a comment. */
  problems: string[];
}

export interface KeyNote {
  /** Of its key. */
  offset: number;
  comment: string[];
}

/** What is made of a place in the file, with what is wrong there. */
export function drafted<T>(draft: Draft, make: () => T): Judged<T> {
  const before = draft.source.findings.length;
  const written = make();
  const problems = draft.source.findings.slice(before).filter(({ severity }) => severity === 'error');
  return { written, comment: [], problems: problems.map(({ message }) => message) };
}

/** The same of an entry that has comments of its own. */
export function section<T>(draft: Draft, offset: number, make: () => T): Judged<T> {
  const made = drafted(draft, make);
  draft.places.push({ offset, comment: made.comment });
  return made;
}

/** A relative path of this machine counts from where the tool is started. What is behind a link is not told by names. */
export function absolute(draft: Draft, offset: number, path: string): string {
  if (path === '' || path.startsWith('/') || path.startsWith('~')) return path;
  draft.source.remarkOnce(offset, relativeFromHere(draft.here.directory));
  const base = draft.here.directory.split('/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  while (parts[0] === '..') {
    parts.shift();
    base.pop();
  }
  return [...(base.length === 0 ? [''] : base), ...parts].join('/').replace(/^\/+/, '/');
}
