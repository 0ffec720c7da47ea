import { fetchPassphrase } from '../../credentials/passphrase.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Result } from '../../planner/model/result.ts';
import { canAsk } from './confirm.ts';
import type { Workspace } from './workspace.ts';

/** The passphrases that a plan's steps pass on, before the first drive is touched. */
export function fetchSecrets(workspace: Workspace, { steps }: Plan): Promise<ReadonlyMap<string, Result<string>>> {
  return fetchPassphrases(
    workspace,
    steps.flatMap((step) => step.secrets ?? []),
  );
}

/**
 * Fetches passphrases, each once, one after the other.
 *
 * @param ids names in `[credentials]`
 */
export async function fetchPassphrases(
  { spec, local, uid }: Workspace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Result<string>>> {
  const sources = {
    ...{ local, env: process.env, uid },
    terminal: canAsk() ? { input: process.stdin, output: process.stderr } : null,
  };
  const secrets = new Map<string, Result<string>>();
  for (const id of new Set(ids)) secrets.set(id, await fetchPassphrase(spec.credentials, id, sources));
  return secrets;
}
