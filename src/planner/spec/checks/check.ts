import type { Finding } from '../../model/finding.ts';
import type { Spec } from '../../model/spec.ts';
import { child, findingAt, type Remark, type SpecDocument } from '../document.ts';
import type { SpecExecutors } from '../executors.ts';
import type { SpecFile } from '../generated/spec.ts';

/** What the checks beyond the schema look at. */
export interface CheckInput {
  document: SpecDocument;
  /** What satisfies the schema. */
  written: SpecFile;
  /** Made of `written`. Entries that make no sense are missing. */
  spec: Spec;
  /** All that were written, whether they satisfy the schema or not: a reference to one of them is no mistake. */
  names: { ssh: ReadonlySet<string>; volumes: ReadonlySet<string> };
  executors: SpecExecutors;
  /** Pointers of what did not satisfy the schema. */
  left: ReadonlySet<string>;
}

/** Finds one sort of mistake, in about linear time. */
export type Check = (input: CheckInput) => Finding[];

/** The JSON pointer of the value that these keys lead to. */
export function pointerOf(...keys: (string | number)[]): string {
  return keys.reduce<string>(child, '');
}

export function remarkAt(input: CheckInput, keys: (string | number)[], remark: Remark): Finding {
  return findingAt(input.document, pointerOf(...keys), remark);
}
