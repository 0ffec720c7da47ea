import { hasErrors, type Finding } from '../model/finding.ts';
import { success, type Result } from '../model/result.ts';
import type { Spec } from '../model/spec.ts';
import { checkSpec } from './checks/index.ts';
import type { SpecDocument } from './document.ts';
import { NO_PLUGINS, type SpecExecutors } from './executors.ts';
import { resolveSpec } from './resolve/index.ts';
import { parseToml } from './toml.ts';
import { validateSpec } from './validate.ts';

/**
 * Reads a spec: TOML → schema → meaning → checks. All mistakes are found at once, each with its place and its line, in
 * the order of the file; only a mistake in the syntax hides the others, and an entry that lacks what makes it one is checked no further.
 *
 * @param text the file as UTF-8
 * @param path of the file as the user named it, for findings
 * @param executors those of plugins that the spec may name
 * @returns the spec, whose `findings` (warnings) are the result's too; or all findings, errors and warnings
 */
export function readSpec(text: string, path: string, executors: SpecExecutors = NO_PLUGINS): Result<Spec> {
  const parsed = parseToml(text, path);
  return parsed.ok ? readDocument(parsed.value, executors) : parsed;
}

/** The same of a file that `parseToml` has read, for who has to load first what `executorsNamed` finds in it. */
export function readDocument(document: SpecDocument, executors: SpecExecutors): Result<Spec> {
  const { written, left, findings: mistakes } = validateSpec(document, executors);
  const spec = resolveSpec(written, document);
  const names = { ssh: namesIn(document, 'ssh'), volumes: namesIn(document, 'volumes') };
  const remarks = checkSpec({ document, written, spec, names, executors, left }, mistakes);
  const findings = [...mistakes, ...remarks].sort(byPlace);
  return hasErrors(findings) ? { ok: false, findings } : success({ ...spec, findings }, findings);
}

function namesIn(document: SpecDocument, section: string): Set<string> {
  const entries = document.data[section];
  return new Set(typeof entries === 'object' && entries !== null ? Object.keys(entries) : []);
}

function byPlace(a: Finding, b: Finding): number {
  return (a.location?.line ?? 0) - (b.location?.line ?? 0) || (a.location?.column ?? 0) - (b.location?.column ?? 0);
}
