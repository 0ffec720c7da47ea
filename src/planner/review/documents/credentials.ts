import type { CheckResult } from '../../model/documents.ts';
import type { CredentialsDocument } from '../../model/passphrases.ts';
import type { Result } from '../../model/result.ts';
import type { Spec } from '../../model/spec.ts';
import { failed, passed } from './check-results.ts';

/** The names of all passphrases of a spec. Several drives may share one. */
export function passphraseIds({ volumes }: Spec): string[] {
  return [...new Set(Object.values(volumes).flatMap(({ mount }) => mount?.encryption?.passphraseId ?? []))];
}

/**
 * What became of fetching each passphrase, without any of them.
 *
 * @param fetched by the name of the passphrase
 */
export function credentialsDocument(
  { credentials }: Spec,
  fetched: ReadonlyMap<string, Result<string>>,
): CredentialsDocument {
  const checks = [...fetched].map(([id, result]) => check(id, result));
  return {
    formatVersion: '1.0',
    provider: credentials.provider,
    ok: checks.every(({ outcome }) => outcome === 'passed'),
    checks,
  };
}

function check(id: string, result: Result<string>): CheckResult {
  const about = { subject: `the passphrase ${id}` };
  if (result.ok) return passed(about);
  const [finding] = result.findings;
  if (finding === undefined) throw new Error(`no passphrase ${id}, and no reason`);
  return failed(about, finding);
}
