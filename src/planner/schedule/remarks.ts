import type { Finding } from '../model/finding.ts';
import type { Spec } from '../model/spec.ts';

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
    ...agentOnly.map(needsAgent),
    ...(encrypted && credentials.provider === 'prompt' ? [nobodyToAsk()] : []),
    ...(encrypted && credentials.provider === 'keyring' ? [keyring(scope)] : []),
    ...(encrypted && credentials.provider === 'env' ? [noVariables()] : []),
  ];
}

function lingerOff(user: string): Finding {
  const message = `The timer runs only while ${user} is logged in.`;
  return {
    severity: 'info',
    code: 'linger-off',
    message,
    help: `To run without a login: loginctl enable-linger ${user}`,
  };
}

function needsAgent(endpoint: string): Finding {
  return {
    severity: 'warning',
    code: 'ssh-needs-agent',
    message: `The SSH endpoint ${endpoint} lets nbkp in only by the agent of this session, which a timer does not have.`,
    help: `Give it a key of its own, without a passphrase and for backups only: ssh-keygen -t ed25519, then key = "…" under [ssh.${endpoint}].`,
  };
}

function credentialsRemark(message: string): Finding {
  const help = 'Set provider = "file" or "command" in [credentials]: see docs/drives.md.';
  return { severity: 'warning', code: 'timer-without-credentials', message, help };
}

function nobodyToAsk(): Finding {
  return credentialsRemark('A timer cannot be asked for passphrases: encrypted drives that are locked will fail.');
}

function keyring(scope: 'user' | 'system'): Finding {
  return credentialsRemark(
    scope === 'system'
      ? 'root has no keyring: encrypted drives that are locked will fail.'
      : 'The keyring is open only while you are logged in to the desktop; else encrypted drives that are locked fail.',
  );
}

function noVariables(): Finding {
  return credentialsRemark('A timer does not have the variables that passphrases are read from here.');
}
