import { fetchPassphrase } from '../../executors/credentials/passphrase.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Result } from '../../planner/model/result.ts';
import { canAsk } from './confirm.ts';
import type { Workspace } from './workspace.ts';

/** The passphrases that a plan's steps pass on, one after the other, before the first drive is touched. */
export async function fetchSecrets(
  { spec, local, uid }: Workspace,
  { steps }: Plan,
): Promise<ReadonlyMap<string, Result<string>>> {
  const terminal = canAsk() ? { input: process.stdin, output: process.stderr } : null;
  const secrets = new Map<string, Result<string>>();
  const sources = { local, env: process.env, uid, terminal };
  for (const id of new Set(steps.flatMap((step) => step.secrets ?? []))) {
    secrets.set(id, await fetchPassphrase(spec.credentials, id, sources));
  }
  return secrets;
}
