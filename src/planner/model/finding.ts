import type { FindingCode } from './findings/index.ts';
import type { PluginNames } from './plugin-names.ts';
import type { Spec } from './spec.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A place in a file that a person wrote. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Of a finding of an executor that a package brings: its name, a hyphen and more. */
export type PluginCode = `${keyof PluginNames}-${string}`;

/** Of an entry of the catalogue, `findings/`: what is written otherwise does not compile. */
export type Code = FindingCode | PluginCode;

/** A coded remark about spec, facts or plan. Codes are stable and listed in docs/findings.md; the text may change. */
export interface Finding {
  severity: Severity;
  /** Stable, kebab-case. */
  code: Code;
  message: string;
  location?: Position;
  /** The line of the file that `location` names, for showing it with a caret. */
  excerpt?: string;
  /** What a person can do about it. */
  help?: string;
  /** The sync that it is about. */
  sync?: string;
  /** The volume that it is about. */
  volume?: string;
  /**
   * True for an error that protects data and that `--allow-destructive` overrides. A sync blocked by guards only
   * makes exit code 3, by any other error 1.
   */
  guard?: boolean;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

/** A finding whose severity and place follow from what it is about. */
export type Remark = Pick<Finding, 'code' | 'message'> & Partial<Omit<Finding, 'code' | 'message'>>;

/** Where a key of the spec was written, with its line for the caret. */
export function locate(spec: Spec, pointer: string): Pick<Finding, 'location' | 'excerpt'> {
  const location = spec.positions[pointer];
  if (location === undefined) return {};
  const excerpt = spec.lines[location.line - 1];
  return excerpt === undefined ? { location } : { location, excerpt };
}

/** A finding about what may belong to a sync or to a volume, such as a step. */
export function findingOf(
  { sync, volume }: { sync?: string | undefined; volume?: string | undefined },
  finding: Finding,
): Finding {
  return { ...finding, ...(sync === undefined ? {} : { sync }), ...(volume === undefined ? {} : { volume }) };
}

/** What is no error where this is about. */
export function asWarning(finding: Finding): Finding {
  return { ...finding, severity: 'warning' };
}
