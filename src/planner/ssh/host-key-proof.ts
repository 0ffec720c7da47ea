import type { SshEndpoint } from '../model/spec.ts';

/** From least to most: nothing is checked, a key that is not known yet is taken, only a known key is taken. */
export type HostKeyProof = 'unchecked' | 'new-is-taken' | 'checked';

const UNCHECKED = new Set(['no', 'off', 'false']);

/**
 * How sure it is that the server behind an endpoint is the one that is meant. Names of options count in any case
 * (ssh_config(5)); where several words of the spec speak of it, the weakest counts.
 */
export function hostKeyProof({
  strictHostKeyChecking,
  options,
  knownHostsFile,
}: Pick<SshEndpoint, 'strictHostKeyChecking' | 'options' | 'knownHostsFile'>): HostKeyProof {
  const strict = valuesOf(options, 'stricthostkeychecking');
  const files = [knownHostsFile, ...valuesOf(options, 'userknownhostsfile')];
  if (!strictHostKeyChecking || files.includes('/dev/null') || strict.some((value) => UNCHECKED.has(value))) {
    return 'unchecked';
  }
  return strict.includes('accept-new') ? 'new-is-taken' : 'checked';
}

function valuesOf(options: SshEndpoint['options'], name: string): string[] {
  return Object.entries(options).flatMap(([key, value]) => (key.toLowerCase() === name ? [value.toLowerCase()] : []));
}
