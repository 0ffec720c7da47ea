import type { CheckResult, Document } from './documents.ts';
import type { Credentials } from './spec.ts';

/** `nbkp credentials check`: can each passphrase be fetched? */
export interface CredentialsDocument extends Document {
  /** Of `[credentials]`. */
  provider: Credentials['provider'];
  /** False when one cannot. */
  ok: boolean;
  /** One for each passphrase of the spec. */
  checks: CheckResult[];
}

/** `nbkp credentials set`: which passphrase was stored, and where. Never the passphrase. */
export interface CredentialsSetDocument extends Document {
  provider: Credentials['provider'];
  id: string;
}
