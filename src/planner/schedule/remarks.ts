import type { Finding } from '../model/finding.ts';
import type { Spec } from '../model/spec.ts';
import { lingerOff, sshNeedsAgent, timerWithoutCredentials } from '../model/findings/schedules.ts';

/** What was observed of the machine that a timer shall run on. */
export interface ScheduleFacts {
  user: string;
  /** The user's manager runs without a login (loginctl(1)). */
  lingers: boolean;
  /** SSH endpoints that let this session in, and nobody without its agent. */
  agentOnly: string[];
}

/** What will not work from a timer, although it works by hand. */
export function scheduleRemarks(
  { volumes, credentials }: Spec,
  scope: 'user' | 'system',
  { user, lingers, agentOnly }: ScheduleFacts,
): Finding[] {
  const encrypted = Object.values(volumes).some(({ mount }) => mount?.encryption != null);
  return [
    ...(scope === 'user' && !lingers ? [lingerOff(user)] : []),
    ...agentOnly.map((endpoint) => sshNeedsAgent(endpoint)),
    ...(encrypted && credentials.provider === 'prompt' ? [timerWithoutCredentials('prompt')] : []),
    ...(encrypted && credentials.provider === 'keyring'
      ? [timerWithoutCredentials(scope === 'system' ? 'rootKeyring' : 'keyring')]
      : []),
    ...(encrypted && credentials.provider === 'env' ? [timerWithoutCredentials('env')] : []),
  ];
}
