import type { Finding } from '../../model/finding.ts';
import { remarkAt, type Check } from './check.ts';

/** Settings of the provider of passphrases. */
export const credentials: Check = (input) => {
  const { provider = 'keyring', command, directory } = input.written.credentials ?? {};
  const findings: Finding[] = [];
  if (command !== undefined && !command.some((word) => word.includes('{id}'))) {
    findings.push(
      remarkAt(input, ['credentials', 'command'], {
        code: 'credentials-command-without-id',
        message: 'The command is the same for every passphrase.',
        help: 'Write {id} where the name of the passphrase belongs: ["pass", "show", "backup/{id}"]',
      }),
    );
  }
  for (const [key, value, reader] of [
    ['command', command, 'command'],
    ['directory', directory, 'file'],
  ] as const) {
    if (value === undefined || provider === reader) continue;
    findings.push(
      remarkAt(input, ['credentials', key], {
        severity: 'warning',
        code: 'unused-setting',
        message: `\`${key}\` has no effect: the provider is "${provider}".`,
        help: `Write provider = "${reader}", or remove \`${key}\`.`,
      }),
    );
  }
  return findings;
};
