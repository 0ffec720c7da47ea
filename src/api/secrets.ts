import { toKeyring } from '../credentials/keyring.ts';
import { fetchPassphrase } from '../credentials/passphrase.ts';
import { passphraseIds } from '../planner/documents/credentials.ts';
import type { Finding } from '../planner/model/finding.ts';
import { notPrefetched } from '../planner/model/findings/passphrases.ts';
import type { Plan } from '../planner/model/plan.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Workspace } from './workspace.ts';

export interface Secrets {
  /** By the name in `[credentials]`. */
  secrets: ReadonlyMap<string, Result<string>>;
  /** What could not be fetched beforehand, for drives that are not here. */
  remarks: Finding[];
}

/** The passphrases that a plan's steps pass on, before the first drive is touched; all where the spec wants it. */
export async function fetchSecrets(workspace: Workspace, { steps, purpose }: Plan): Promise<Secrets> {
  const needed = steps.flatMap((step) => step.secrets ?? []);
  const all = purpose === 'backup' && workspace.spec.credentials.prefetch === true ? passphraseIds(workspace.spec) : [];
  const secrets = await fetchPassphrases(workspace, [...needed, ...all]);
  const remarks = all
    .filter((id) => !needed.includes(id))
    .flatMap((id) => secrets.get(id)?.findings ?? [])
    .map(({ message, help }) => notPrefetched(message, help));
  return { secrets, remarks };
}

/**
 * Fetches passphrases, each once, one after the other.
 *
 * @param ids names in `[credentials]`
 */
export async function fetchPassphrases(
  { spec, local, uid, env, asking }: Workspace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Result<string>>> {
  const secrets = new Map<string, Result<string>>();
  for (const id of new Set(ids)) {
    const given = (await asking.secret?.(id)) ?? null;
    const sources = { local, env, uid, terminal: asking.terminal() };
    secrets.set(id, given === null ? await fetchPassphrase(spec.credentials, id, sources) : success(given));
  }
  return secrets;
}

/** Puts a passphrase into the keyring, in the place of one that is there. */
export function storePassphrase({ local }: Workspace, id: string, passphrase: string): Promise<Result<null>> {
  return toKeyring(id, passphrase, local);
}
