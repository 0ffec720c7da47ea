/* What each entry of the catalogue says of its example: for `4-findings.js`, and for a test. */
import * as catalogue from '../../../src/planner/model/findings/subjects.ts';
import * as examples from './findings/index.ts';

interface Example {
  code: string;
  message: string;
  help?: string;
}

/** By the name of the entry. */
type Subject = Readonly<Record<string, Example>>;

function rendered(subject: object, parameters: object): Subject {
  const entries = subject as Record<string, (...params: unknown[]) => Example>;
  return Object.fromEntries(
    Object.entries(parameters as Record<string, unknown[]>).map(([name, params]) => {
      const entry = entries[name];
      if (entry === undefined) throw new Error(`the catalogue has no ${name}`);
      return [name, entry(...params)];
    }),
  );
}

const ofEach: Readonly<Record<keyof typeof catalogue, object>> = examples;

/** By the name of the subject. */
export const EXAMPLES: Readonly<Record<string, Subject>> = Object.fromEntries(
  Object.entries(catalogue).map(([name, subject]) => [name, rendered(subject, ofEach[name as keyof typeof catalogue])]),
);
