import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sshArguments } from '../../../../src/planner/ssh/arguments.ts';
import { hostKeyProof, type HostKeyProof } from '../../../../src/planner/ssh/host-key-proof.ts';
import type { SshEndpoint } from '../../../../src/planner/model/spec.ts';
import { endpoints } from '../../../support/ssh/endpoints.ts';

/** What the real ssh will do: `ssh -G` prints its whole configuration and connects to nothing. */
function understood(endpoint: Partial<SshEndpoint>): string | undefined {
  const words = sshArguments('hub', endpoints({ hub: { host: 'hub.example.org', ...endpoint } }));
  const text = execFileSync('ssh', ['-F', 'none', '-G', ...words], { encoding: 'utf8' });
  return /^stricthostkeychecking (.*)$/m.exec(text)?.[1];
}

const option = (key: string, value: string): Partial<SshEndpoint> => ({ options: { [key]: value } });

describe('the proof that a server is the one that is meant', () => {
  it.each<[Partial<SshEndpoint>, HostKeyProof, string]>([
    [{}, 'checked', 'true'],
    [option('StrictHostKeyChecking', 'yes'), 'checked', 'true'],
    [option('StrictHostKeyChecking', 'ask'), 'checked', 'ask'],
    [option('StrictHostKeyChecking', 'accept-new'), 'new-is-taken', 'accept-new'],
    [option('stricthostkeychecking', 'ACCEPT-NEW'), 'new-is-taken', 'accept-new'],
    [option('StrictHostKeyChecking', 'no'), 'unchecked', 'false'],
    [option('STRICTHOSTKEYCHECKING', 'Off'), 'unchecked', 'false'],
    [option('StrictHostKeyChecking', 'false'), 'unchecked', 'false'],
    [{ strictHostKeyChecking: false }, 'unchecked', 'false'],
  ])('with %j is what ssh makes of it: %s', (endpoint, proof, word) => {
    expect(hostKeyProof(endpoints({ hub: endpoint }).hub!)).toBe(proof);
    expect(understood(endpoint)).toBe(word);
  });

  it('is the weakest that the spec speaks of', () => {
    const options = { StrictHostKeyChecking: 'yes', stricthostkeychecking: 'no' };
    expect(hostKeyProof(endpoints({ hub: { options } }).hub!)).toBe('unchecked');
  });

  it('is none where no known key can be read', () => {
    expect(hostKeyProof(endpoints({ hub: { knownHostsFile: '/dev/null' } }).hub!)).toBe('unchecked');
    expect(hostKeyProof(endpoints({ hub: option('userknownhostsfile', '/dev/null') }).hub!)).toBe('unchecked');
  });
});
