import type * as subjects from './subjects.ts';

/** Of each subject by itself: what several have in common is no name. */
type CodeIn<Subject> = Subject extends unknown
  ? {
      [Name in keyof Subject]: Subject[Name] extends (...params: never[]) => { code: infer Code } ? Code : never;
    }[keyof Subject]
  : never;

/** The codes of all entries. */
export type FindingCode = CodeIn<(typeof subjects)[keyof typeof subjects]>;
