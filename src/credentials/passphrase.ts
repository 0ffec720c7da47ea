import { failure, success, type Result } from '../planner/model/result.ts';
import type { Credentials } from '../planner/model/spec.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { fromFile } from './file.ts';
import { fromKeyring } from './keyring.ts';
import { fromPrompt } from './prompt.ts';
import { missing, type Sources } from './sources.ts';
import { passphraseCommandFailed } from '../planner/model/findings/passphrases.ts';

const COMMAND_TIMEOUT_MS = 120_000;

/**
 * Fetches a passphrase. It is never part of a finding.
 *
 * @param id `passphrase-id` of an encrypted volume
 * @returns failures: `passphrase-missing`, `passphrase-prompt-cancelled`, `keyring-locked`, `keyring-unavailable`,
 * `passphrase-file-exposed`, `passphrase-command-failed`
 */
export async function fetchPassphrase(
  { provider, command, directory }: Credentials,
  id: string,
  sources: Sources,
): Promise<Result<string>> {
  switch (provider) {
    case 'keyring':
      return fromKeyring(id, sources.local);
    case 'prompt':
      return fromPrompt(id, sources.terminal);
    case 'env':
      return fromEnvironment(id, sources.env);
    case 'command':
      return fromCommand(id, command ?? [], sources.local);
    case 'file':
      return fromFile(id, directory ?? sources.env['CREDENTIALS_DIRECTORY'] ?? null, sources.uid);
  }
}

function fromEnvironment(id: string, env: NodeJS.ProcessEnv): Result<string> {
  const name = `NBKP_PASSPHRASE_${id.toUpperCase().replaceAll('-', '_')}`;
  const value = env[name];
  if (value !== undefined && value !== '') return success(value);
  return missing(id, `the variable ${name} is not set`, `Set ${name}, or choose another provider in [credentials].`);
}

async function fromCommand(id: string, template: readonly string[], local: Transport): Promise<Result<string>> {
  const argv = template.map((word) => word.replaceAll('{id}', id));
  const { code, error, timedOut, stdout } = await local.run(argv, { timeoutMs: COMMAND_TIMEOUT_MS, secret: true });
  const passphrase = stdout.toString('utf8').replace(/\r?\n$/, '');
  if (code === 0 && passphrase !== '') return success(passphrase);
  if (code === 0)
    return missing(id, `${argv.join(' ')} printed nothing`, 'Store the passphrase where the command looks.');
  const why = error ?? (timedOut ? 'no answer in time' : `exit code ${code ?? 'none'}`);
  return failure(passphraseCommandFailed(id, argv.join(' '), why));
}
