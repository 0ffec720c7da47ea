import { fetchPassphrase } from '../../executors/credentials/passphrase.ts';
import { udisksParams } from '../../planner/build/udisks.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Result } from '../../planner/model/result.ts';
import { canAsk } from './confirm.ts';
import type { Workspace } from './workspace.ts';

/** The passphrases of the drives that a plan unlocks, one after the other, before the first drive is touched. */
export async function fetchSecrets(
  { spec, local, uid }: Workspace,
  { steps }: Plan,
): Promise<ReadonlyMap<string, Result<string>>> {
  const terminal = canAsk() ? { input: process.stdin, output: process.stderr } : null;
  const secrets = new Map<string, Result<string>>();
  for (const step of steps.filter(({ kind, executor }) => executor.name === 'udisks' && kind === 'unlock')) {
    const { passphraseId } = udisksParams(step.params);
    if (passphraseId === null || secrets.has(passphraseId)) continue;
    const sources = { local, env: process.env, uid, terminal };
    secrets.set(passphraseId, await fetchPassphrase(spec.credentials, passphraseId, sources));
  }
  return secrets;
}
