import { isFound, writeEdited, type EditedSpec } from '../../api/edit-spec.ts';
import type { Surroundings } from '../../api/surroundings.ts';
import type { AddDocument } from '../../planner/model/spec-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { confirmationImpossible } from '../../planner/model/findings/questions.ts';
import { addedText, specDiffText, type NextStep } from '../../reporters/human/added.ts';
import type { Output } from '../output.ts';
import { NOT_WRITTEN } from './chosen-destination.ts';
import { ask, canAsk } from './confirm.ts';

/** Where nobody can be asked and nobody has agreed beforehand, nothing is looked for at all. */
export function cannotConfirm(yes: boolean): Finding | null {
  return yes || canAsk() ? null : confirmationImpossible('To write it without a question: --yes.');
}

/** What is put into a spec, and what comes after that. */
export interface Addition {
  before: EditedSpec;
  after: EditedSpec;
  added: AddDocument['added'];
  next: readonly NextStep[];
}

/** Shows what becomes of the spec, asks, and writes it. */
export async function proposeEdited(
  output: Output,
  around: Surroundings,
  { before, after, added, next }: Addition,
  yes: boolean,
): Promise<ExitCode> {
  const { path, text } = after;
  const refused = (findings: readonly Finding[]): ExitCode => {
    output.findings(findings);
    return EXIT.refused;
  };
  output.aside(specDiffText(path, before.text, text, output.asideStyle()));
  if (!yes && !/^y(es)?$/i.test((await ask('Write it? [y/N] ')) ?? '')) return refused([NOT_WRITTEN]);
  const written = writeEdited(before, after);
  if (!written.ok) return refused(written.findings);
  const known = new Set(before.spec.findings.map(({ message }) => message));
  const findings = after.spec.findings.filter(
    ({ code, message, volume }) => !known.has(message) && !(code === 'unused-volume' && volume === added.name),
  );
  const document: AddDocument = { formatVersion: '1.0', path, added, toml: text, findings };
  const isNamed = !isFound(path, around);
  const named = next.map(([argv, what]): NextStep => [isNamed ? [...argv, '--spec', path] : argv, what]);
  output.answer(document, (shown, style) => addedText(shown, named, style), findings);
  return EXIT.done;
}
