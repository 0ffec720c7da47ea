import type { Finding } from '../model/finding.ts';
import type { Spec } from '../model/spec.ts';
import { homeEncrypted, lingerOff, sshNeedsAgent, timerWithoutCredentials } from '../model/findings/schedules.ts';

/** What was observed of the machine that a timer shall run on. */
export interface ScheduleFacts {
  user: string;
  /** The user's manager runs without a login (loginctl(1)). */
  lingers: boolean;
  /** What encrypts the folder that the units are in until the user logs in; null where nothing does. */
  encryptedBy: string | null;
  /** SSH endpoints that let this session in, and nobody without its agent. */
  agentOnly: string[];
}

/** What will not work from a timer, although it works by hand. */
export function scheduleRemarks(
  { volumes, credentials }: Spec,
  scope: 'user' | 'system',
  { user, lingers, encryptedBy, agentOnly }: ScheduleFacts,
): Finding[] {
  const encrypted = Object.values(volumes).some(({ mount }) => mount?.encryption != null);
  return [
    ...(scope === 'user' && encryptedBy !== null ? [homeEncrypted(user, encryptedBy)] : []),
    ...(scope === 'user' && encryptedBy === null && !lingers ? [lingerOff(user)] : []),
    ...agentOnly.map((endpoint) => sshNeedsAgent(endpoint)),
    ...(encrypted && credentials.provider === 'prompt' ? [timerWithoutCredentials('prompt')] : []),
    ...(encrypted && credentials.provider === 'keyring'
      ? [timerWithoutCredentials(scope === 'system' ? 'rootKeyring' : 'keyring')]
      : []),
    ...(encrypted && credentials.provider === 'env' ? [timerWithoutCredentials('env')] : []),
  ];
}
