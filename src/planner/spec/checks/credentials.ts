import type { Finding } from '../../model/finding.ts';
import { remarkAt, type Check } from './check.ts';
import { credentialsCommandWithoutId, unusedSetting } from '../../model/findings/spec.ts';

/** Settings of the provider of passphrases. */
export const credentials: Check = (input) => {
  const { provider = 'keyring', command, directory } = input.written.credentials ?? {};
  const findings: Finding[] = [];
  if (command !== undefined && !command.some((word) => word.includes('{id}'))) {
    findings.push(remarkAt(input, ['credentials', 'command'], credentialsCommandWithoutId()));
  }
  for (const [key, value, reader] of [
    ['command', command, 'command'],
    ['directory', directory, 'file'],
  ] as const) {
    if (value === undefined || provider === reader) continue;
    findings.push(remarkAt(input, ['credentials', key], unusedSetting(key, provider, reader)));
  }
  return findings;
};
