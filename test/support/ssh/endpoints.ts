import type { SshEndpoint } from '../../../src/planner/model/spec.ts';

const UNSET: Omit<SshEndpoint, 'name'> = {
  host: null,
  port: null,
  user: null,
  key: null,
  locations: [],
  proxyJump: [],
  connectTimeout: null,
  serverAliveInterval: null,
  compress: null,
  forwardAgent: null,
  knownHostsFile: null,
  strictHostKeyChecking: true,
  options: {},
};

/** SSH endpoints as a spec has them, by name. */
export function endpoints(written: Record<string, Partial<SshEndpoint>>): Record<string, SshEndpoint> {
  return Object.fromEntries(Object.entries(written).map(([name, keys]) => [name, { ...UNSET, name, ...keys }]));
}
