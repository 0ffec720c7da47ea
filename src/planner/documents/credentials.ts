import type { CheckResult } from '../model/documents.ts';
import type { ExecutorPlanning } from '../model/executor.ts';
import type { Finding } from '../model/finding.ts';
import type { CredentialsDocument } from '../model/passphrases.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Spec } from '../model/spec.ts';
import { failed, passed } from './check-results.ts';
import { credentialsUnsaid } from '../model/findings/plugins.ts';
import { messageOf } from '../model/system-error.ts';

/** The names of all passphrases of a spec. Several drives may share one. */
export function passphraseIds({ volumes }: Spec): string[] {
  return [...new Set(Object.values(volumes).flatMap(({ mount }) => mount?.encryption?.passphraseId ?? []))];
}

/** The ids of the credentials that an executor's settings name; a finding when it fails to say so. */
export function executorsCredentials(spec: Spec, executor: ExecutorPlanning): Result<string[]> {
  try {
    const ids: unknown = executor.credentials?.(spec) ?? [];
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return success(ids);
    return failure(credentialsUnsaid(executor.name, executor.version, 'what it says is no list of ids'));
  } catch (error) {
    return failure(credentialsUnsaid(executor.name, executor.version, messageOf(error)));
  }
}

/**
 * What became of fetching each passphrase and each credential of an executor, without any of them.
 *
 * @param fetched by the name of the passphrase or credential
 * @param unsaid of executors that cannot name theirs, or cannot be used
 */
export function credentialsDocument(
  spec: Spec,
  fetched: ReadonlyMap<string, Result<string>>,
  unsaid: readonly Finding[],
): CredentialsDocument {
  const passphrases = passphraseIds(spec);
  const checks = [
    ...unsaid.map((finding) => failed({ subject: 'the credentials of an executor' }, finding)),
    ...[...fetched].map(([id, result]) =>
      check(passphrases.includes(id) ? `the passphrase ${id}` : `the credential ${id}`, result),
    ),
  ];
  return {
    formatVersion: '1.0',
    provider: spec.credentials.provider,
    ok: checks.every(({ outcome }) => outcome === 'passed'),
    checks,
  };
}

function check(subject: string, result: Result<string>): CheckResult {
  const about = { subject };
  if (result.ok) return passed(about);
  const [finding] = result.findings;
  if (finding === undefined) throw new Error(`not ${subject}, and no reason`);
  return failed(about, finding);
}
