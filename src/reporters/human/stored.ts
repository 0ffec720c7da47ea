import type { CredentialsSetDocument } from '../../planner/model/passphrases.ts';
import type { Style } from '../style.ts';
import { sanitise } from '../text/sanitise.ts';

/** That a passphrase is where a run looks for it. */
export function storedText({ id, provider }: CredentialsSetDocument, style: Style): string {
  return `${style.green('✓')} The passphrase ${sanitise(id)} is in the ${provider}. nbkp credentials check fetches it as a run would.\n`;
}
