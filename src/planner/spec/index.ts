import { hasErrors, type Finding } from '../model/finding.ts';
import { success, type Result } from '../model/result.ts';
import type { Spec } from '../model/spec.ts';
import { checkSpec } from './checks/index.ts';
import type { SpecDocument } from './document.ts';
import { resolveSpec } from './resolve/index.ts';
import { parseToml } from './toml.ts';
import { validateSpec } from './validate.ts';

/**
 * Reads a spec: TOML → schema → meaning → checks. All mistakes are found at once, each with its place and its line, in
 * the order of the file; only a mistake in the syntax hides the others.
 *
 * @param text the file as UTF-8
 * @param path of the file as the user named it, for findings
 * @returns the spec, whose `findings` (warnings) are the result's too; or all findings, errors and warnings
 */
export function readSpec(text: string, path: string): Result<Spec> {
  const parsed = parseToml(text, path);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const { written, left, findings: mistakes } = validateSpec(document);
  const spec = resolveSpec(written, document);
  const names = { ssh: namesIn(document, 'ssh'), volumes: namesIn(document, 'volumes') };
  const remarks = checkSpec({ document, written, spec, names, left }, mistakes);
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
