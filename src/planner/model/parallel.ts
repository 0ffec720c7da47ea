import type { Facts } from './facts.ts';
import { LOCAL_HOST } from './spec.ts';

/**
 * Steps at once, where `policy.parallel` says nothing. On this machine alone, rsync mostly waits for its own processes, and
 * several looks cost hardly more than one. A server may be a small one, and has to take all of them.
 */
export const DEFAULT_PARALLEL = { here: 8, servers: 4 };

export function defaultParallel({ hosts }: Pick<Facts, 'hosts'>): number {
  return Object.keys(hosts).every((id) => id === LOCAL_HOST) ? DEFAULT_PARALLEL.here : DEFAULT_PARALLEL.servers;
}
