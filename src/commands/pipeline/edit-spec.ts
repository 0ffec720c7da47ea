import { resolve } from 'node:path';
import type { Surroundings } from '../../api/surroundings.ts';
import { readSpecAndPlugins, type Workspace } from '../../api/workspace.ts';
import { withEntry, type Entry } from '../../planner/add/entry.ts';
import type { AddDocument } from '../../planner/model/spec-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { confirmationImpossible } from '../../planner/model/findings/questions.ts';
import { success, type Result } from '../../planner/model/result.ts';
import { addedText, specDiffText, type NextStep } from '../../reporters/human/added.ts';
import { replaceSpec } from '../../store/replaced-spec.ts';
import { locateSpec, readSpecFile, searchOrder } from '../../store/spec-file.ts';
import type { Output } from '../output.ts';
import { NOT_WRITTEN } from './chosen-destination.ts';
import { ask, canAsk } from './confirm.ts';

/** A spec that something is put into: its text as it was read, and what it means. */
export interface EditedSpec extends Pick<Workspace, 'spec' | 'executors'> {
  path: string;
  text: string;
}

/** Reads the spec. One with mistakes is none that can be added to. */
export async function openForEdit(around: Surroundings, named: string | undefined): Promise<Result<EditedSpec>> {
  const located = locateSpec(named, around.env);
  if (!located.ok) return located;
  const file = readSpecFile(located.value, { ...around.user, runs: false });
  if (!file.ok) return file;
  const { path, text } = file.value;
  const read = await readSpecAndPlugins(around, text, path, 'read');
  return read.ok ? success({ ...read.value, path, text }, file.findings) : read;
}

/** The spec with more entries, read as it would be from its file. */
export async function edited(
  around: Surroundings,
  { path, text }: EditedSpec,
  entries: readonly Entry[],
): Promise<Result<EditedSpec>> {
  let more = text;
  for (const entry of entries) {
    const put = withEntry(more, path, entry);
    if (!put.ok) return put;
    more = put.value;
  }
  const read = await readSpecAndPlugins(around, more, path, 'read');
  return read.ok ? success({ ...read.value, path, text: more }) : read;
}

/** Where nobody can be asked and nobody has agreed beforehand, nothing is looked for at all. */
export function cannotConfirm(yes: boolean): Finding | null {
  return yes || canAsk() ? null : confirmationImpossible('To write it without a question: --yes.');
}

/** What is put into a spec, and what comes after that. */
export interface Addition {
  added: AddDocument['added'];
  next: readonly NextStep[];
}

/** Shows what becomes of the spec, asks, and writes it. */
export async function writeEdited(
  output: Output,
  [before, after]: readonly [EditedSpec, EditedSpec],
  { added, next }: Addition,
  yes: boolean,
): Promise<ExitCode> {
  const { path, text } = after;
  const refused = (findings: readonly Finding[]): ExitCode => {
    output.findings(findings);
    return EXIT.refused;
  };
  output.aside(specDiffText(path, before.text, text, output.asideStyle()));
  if (!yes && !/^y(es)?$/i.test((await ask('Write it? [y/N] ')) ?? '')) return refused([NOT_WRITTEN]);
  const written = replaceSpec(path, before.text, text);
  if (!written.ok) return refused(written.findings);
  const known = new Set(before.spec.findings.map(({ message }) => message));
  const findings = after.spec.findings.filter(
    ({ code, message, volume }) => !known.has(message) && !(code === 'unused-volume' && volume === added.name),
  );
  const document: AddDocument = { formatVersion: '1.0', path, added, toml: text, findings };
  const isFound = searchOrder(process.env).some((place) => resolve(place) === resolve(path));
  const named = next.map(([argv, what]): NextStep => [isFound ? argv : [...argv, '--spec', path], what]);
  output.answer(document, (shown, style) => addedText(shown, named, style), findings);
  return EXIT.done;
}
