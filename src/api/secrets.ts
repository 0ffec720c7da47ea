import { toKeyring } from '../credentials/keyring.ts';
import { fetchPassphrase as fromProvider } from '../credentials/passphrase.ts';
import { credentialsDocument, executorsCredentials, passphraseIds } from '../planner/documents/credentials.ts';
import type { Finding } from '../planner/model/finding.ts';
import { notPrefetched } from '../planner/model/findings/passphrases.ts';
import type { CredentialsDocument } from '../planner/model/passphrases.ts';
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

/** Whether each passphrase that the spec has a use for can be fetched. Tells none. */
export async function checkPassphrases(workspace: Workspace): Promise<CredentialsDocument> {
  const { ids, unsaid } = knownPassphrases(workspace);
  return credentialsDocument(workspace.spec, await fetchPassphrases(workspace, ids), unsaid);
}

/** The names of all, those of executors too; and why others are not known. */
export function knownPassphrases({ spec, executors }: Workspace): { ids: string[]; unsaid: Finding[] } {
  const named = executors.planning.executors.map((executor) => executorsCredentials(spec, executor));
  const broken = Object.values(executors.planning.unusable ?? {});
  return {
    ids: [...passphraseIds(spec), ...named.flatMap((result) => (result.ok ? result.value : []))],
    unsaid: [...broken, ...named.flatMap(({ findings }) => findings)],
  };
}

/**
 * Fetches passphrases, each once, one after the other.
 *
 * @param ids names in `[credentials]`
 */
async function fetchPassphrases(
  workspace: Workspace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Result<string>>> {
  const secrets = new Map<string, Result<string>>();
  for (const id of new Set(ids)) secrets.set(id, await fetchPassphrase(workspace, id));
  return secrets;
}

/** @param id a name in `[credentials]` */
export async function fetchPassphrase(
  { spec, local, uid, env, asking, typed }: Workspace,
  id: string,
): Promise<Result<string>> {
  const given = typed.get(id) ?? (await asking.secret?.(id)) ?? null;
  if (given !== null) return success(given);
  const fetched = await fromProvider(spec.credentials, id, { local, env, uid, terminal: asking.terminal() });
  if (fetched.ok && spec.credentials.provider === 'prompt') typed.set(id, fetched.value);
  return fetched;
}

/** Puts a passphrase into the keyring, in the place of one that is there. */
export function storePassphrase({ local }: Workspace, id: string, passphrase: string): Promise<Result<null>> {
  return toKeyring(id, passphrase, local);
}
