import type * as Keyring from '@napi-rs/keyring';
import type { Transport } from '../hosts/transport/transport.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { missing } from './sources.ts';
import { keyringLocked, keyringUnavailable } from '../planner/model/findings/passphrases.ts';
import { messageOf } from '../planner/model/system-error.ts';

/** As the Python tool stores them: `keyring set nbkp ID`. */
const SERVICE = 'nbkp';
const NO_ENTRY = `the keyring has no entry for the service ${SERVICE} and this name`;
/** The Secret Service asks its user to unlock it, who may not be there. */
const TIMEOUT_MS = 60_000;

/**
 * Reads the keyring of the session: Secret Service, macOS Keychain. Never the kernel's, which forgets at a restart. The
 * native package that does it is loaded here and nowhere else; where it is not there, as in the one file, secret-tool does.
 */
export async function fromKeyring(id: string, local: Pick<Transport, 'run'>): Promise<Result<string>> {
  const keyring = await load();
  if (typeof keyring === 'string') return fromSecretTool(id, local, keyring);
  try {
    const entry = new keyring.AsyncEntry(SERVICE, id, { linux: { store: 'secret-service' } });
    const passphrase = await entry.getPassword(AbortSignal.timeout(TIMEOUT_MS));
    return passphrase == null || passphrase === '' ? missing(id, NO_ENTRY, stored(id)) : success(passphrase);
  } catch (error) {
    return refused(id, messageOf(error));
  }
}

function refused(id: string, reason: string): Result<never> {
  const isLocked = /locked|dismissed|abort|NoStorageAccess|access/i.test(reason);
  return failure(isLocked ? keyringLocked(id) : keyringUnavailable(reason));
}

/** Writes a passphrase where `fromKeyring` finds it, in the place of one that is there. */
export async function toKeyring(id: string, passphrase: string, local: Pick<Transport, 'run'>): Promise<Result<null>> {
  const keyring = await load();
  if (typeof keyring === 'string') return toSecretTool(id, passphrase, local);
  try {
    const entry = new keyring.AsyncEntry(SERVICE, id, { linux: { store: 'secret-service' } });
    await entry.setPassword(passphrase, AbortSignal.timeout(TIMEOUT_MS));
    return success(null);
  } catch (error) {
    return refused(id, messageOf(error));
  }
}

/** It reads the passphrase from its standard input. */
async function toSecretTool(id: string, passphrase: string, local: Pick<Transport, 'run'>): Promise<Result<null>> {
  const argv = ['secret-tool', 'store', `--label=${SERVICE} ${id}`, 'service', SERVICE, 'username', id];
  const { code, error, timedOut, stderr } = await local.run(argv, {
    timeoutMs: TIMEOUT_MS,
    secret: true,
    stdin: passphrase,
  });
  if (code === 0) return success(null);
  if (timedOut) return failure(keyringLocked(id));
  return failure(keyringUnavailable(error ?? (stderr.join(' ') || `secret-tool ended with ${code ?? 'a signal'}`)));
}

/** @param why the native package is not there */
async function fromSecretTool(id: string, local: Pick<Transport, 'run'>, why: string): Promise<Result<string>> {
  const ask = (verb: string) =>
    local.run(['secret-tool', verb, 'service', SERVICE, 'username', id], { timeoutMs: TIMEOUT_MS, secret: true });
  const found = await ask('lookup');
  if (found.error !== null) {
    const reason = `neither secret-tool (${found.error}) nor the package @napi-rs/keyring (${why}) is there`;
    return failure(keyringUnavailable(`${reason}. sudo apt install libsecret-tools`));
  }
  if (found.timedOut) return failure(keyringLocked(id));
  const passphrase = found.stdout.toString('utf8');
  if (found.code === 0 && passphrase !== '') return success(passphrase);
  if (found.stderr.length > 0) return failure(keyringUnavailable(found.stderr.join(' ')));
  // To look up what is locked prints as little as what is not there.
  const listed = await ask('search');
  return listed.stdout.length > 0 ? failure(keyringLocked(id)) : missing(id, NO_ENTRY, stored(id));
}

/** Code that came out of a cache cannot `import()`: bin/run.js does it, where it runs such code. */
declare const importModule: undefined | ((name: string) => Promise<typeof Keyring>);

async function load(): Promise<typeof Keyring | string> {
  try {
    return await (typeof importModule === 'undefined' ? import('@napi-rs/keyring') : importModule('@napi-rs/keyring'));
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be loaded';
  }
}

function stored(id: string): string {
  return process.platform === 'darwin'
    ? `security add-generic-password -s ${SERVICE} -a ${id} -w`
    : `secret-tool store --label='${SERVICE} ${id}' service ${SERVICE} username ${id}`;
}
