import { topologicalOrder } from '../../model/graph.ts';
import type { SshEndpoint } from '../../model/spec.ts';
import type * as Written from '../generated/spec.ts';
import { recordOf } from '../record.ts';
import { listOf } from './volume.ts';

/**
 * Endpoints with what they take over from others; their own settings win, in `options` one by one. Where `extends`
 * goes round in a circle nothing is taken over.
 */
export function resolveSsh(written: Readonly<Record<string, Written.SshEndpoint>>): Record<string, SshEndpoint> {
  const names = Object.keys(written);
  const parentOf = (name: string): string[] => [written[name]?.extends ?? []].flat();
  const sorted = topologicalOrder(names, parentOf);
  const merged = new Map<string, Written.SshEndpoint>();
  for (const name of 'order' in sorted ? sorted.order : names) {
    const own = written[name] ?? {};
    merged.set(name, merge(merged.get(own.extends ?? ''), own));
  }
  return recordOf(names.map((name) => [name, resolveEndpoint(name, merged.get(name) ?? {})]));
}

function merge(inherited: Written.SshEndpoint | undefined, own: Written.SshEndpoint): Written.SshEndpoint {
  if (inherited === undefined) return own;
  const { location, locations, ...rest } = inherited;
  const placed = own.location !== undefined || own.locations !== undefined;
  const places = placed ? {} : { ...(location && { location }), ...(locations && { locations }) };
  return { ...rest, ...places, ...own, options: { ...inherited.options, ...own.options } };
}

function resolveEndpoint(name: string, written: Written.SshEndpoint): SshEndpoint {
  return {
    name,
    host: written.host ?? null,
    port: written.port ?? null,
    user: written.user ?? null,
    key: written.key ?? null,
    locations: written.locations ?? (written.location === undefined ? [] : [written.location]),
    proxyJump: written['proxy-jump'] === undefined ? [] : listOf(written['proxy-jump']),
    connectTimeout: written['connect-timeout'] ?? null,
    serverAliveInterval: written['server-alive-interval'] ?? null,
    compress: written.compress ?? null,
    forwardAgent: written['forward-agent'] ?? null,
    knownHostsFile: written['known-hosts-file'] ?? null,
    strictHostKeyChecking: written['strict-host-key-checking'] ?? true,
    options: recordOf(Object.entries(written.options ?? {}).map(([key, value]) => [key, optionText(value)])),
  };
}

/** ssh_config(5) says yes and no. */
function optionText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
