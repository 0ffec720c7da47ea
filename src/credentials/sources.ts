import { failure, type Result } from '../planner/model/result.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { passphraseMissing } from '../planner/model/findings/passphrases.ts';

/** Where providers look. */
export interface Sources {
  /** This machine. */
  local: Transport;
  env: NodeJS.ProcessEnv;
  uid: number;
  /** Null where nobody can be asked. */
  terminal: { input: NodeJS.ReadStream; output: NodeJS.WriteStream } | null;
}

/** No passphrase of this name is where it should be. */
export function missing(id: string, why: string, help: string): Result<never> {
  return failure(passphraseMissing(id, why, help));
}
