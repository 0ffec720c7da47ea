import type { CheckResult, Document } from './documents.ts';

/** `nbkp doctor`: what a report of a bug needs, without names of machines, users, folders, volumes and syncs. */
export interface DoctorDocument extends Document {
  /** False when a check found an error, or the spec is not valid. */
  ok: boolean;
  nbkp: {
    version: string;
    /** Another one for each other program. */
    build: string;
    /** Installed with npm or run from a clone, or the file that holds Node too. */
    form: 'package' | 'file';
  };
  system: {
    /** As the system calls itself, such as `Debian GNU/Linux 12 (bookworm)`. */
    name: string;
    /** Of the kernel. */
    kernel: string;
    /** As Node calls it: `x64`, `arm64`. */
    architecture: string;
    /** `v20.20.2`. */
    node: string;
  };
  /** The packages whose code is in nbkp. */
  libraries: Library[];
  programs: Program[];
  spec: SpecSketch;
  checks: CheckResult[];
}

export interface Library {
  name: string;
  version: string;
  /** As its package says it, such as `MIT`. */
  license: string;
}

export interface Program {
  name: string;
  /** Such as `3.2.7`; empty when it does not tell, null when it is not there. */
  version: string | null;
  /** What nbkp does with it. */
  use: string;
}

/** What a spec uses, in numbers. */
export interface SpecSketch {
  state: 'none' | 'invalid' | 'valid';
  /** Codes of its findings, each once. */
  codes: string[];
  syncs: number;
  volumes: number;
  /** Volumes on servers, and those that are drives. */
  onServers: number;
  drives: number;
  /** Modes of snapshots of its syncs; those of plugins count as `plugin`. */
  modes: string[];
}
