import type { Json } from '../../model/json.ts';
import type {
  Endpoint,
  Filter,
  HookCommand,
  Policy,
  ProvidedVolume,
  RsyncOptions,
  SnapshotPolicy,
  Sync,
} from '../../model/spec.ts';
import type * as Written from '../generated/spec.ts';
import { parseFilterRule } from '../filters/rule.ts';
import { layerPolicy } from './policy.ts';
import { parseDuration, parseMaxAge, parseSize } from '../../model/units.ts';

export interface SyncContext {
  source: Endpoint;
  destination: Endpoint;
  snapshots: SnapshotPolicy;
  /** Of the whole spec. */
  policy: Policy;
  settings: Record<string, Json>;
  /** The volume that it copies to, where an executor provides that. */
  provider?: ProvidedVolume;
  stored?: NonNullable<Sync['stored']>;
}

export function resolveSync(name: string, written: Written.Sync, context: SyncContext): Sync {
  const { provider } = context;
  const policy = layerPolicy(context.policy, written.policy);
  const maxAge = written['max-age'] === undefined ? policy.maxAge : parseMaxAge(written['max-age']);
  return {
    name,
    source: context.source,
    destination: context.destination,
    ...(context.stored === undefined ? {} : { stored: context.stored }),
    enabled: written.enabled ?? true,
    snapshots: provider === undefined ? context.snapshots : { ...context.snapshots, mode: provider.executor },
    filters: (written.filters ?? []).flatMap(resolveFilter),
    filterFile: written['filter-file'] ?? null,
    rsync: resolveRsync(written.rsync ?? {}),
    transfer: provider?.executor ?? written.transfer ?? 'rsync',
    maxAge,
    tolerate: written.tolerate ?? [24],
    ...(written.unholdable === 'skip' ? { unholdable: 'skip' } : {}),
    timeout: durationOf(written.timeout),
    before: (written.before ?? []).map(resolveHook),
    after: (written.after ?? []).map(resolveHook),
    onFailure: (written['on-failure'] ?? []).map(resolveHook),
    priority: written.priority ?? 'normal',
    sourceSnapshot: written['source-snapshot'] ?? null,
    ...(written.lvm?.size === undefined ? {} : { lvm: { size: parseSize(written.lvm.size) } }),
    policy: { ...policy, maxAge },
    settings: context.settings,
  };
}

function durationOf(text: string | undefined): number | null {
  return text === undefined ? null : parseDuration(text);
}

/** A merge rule in rsync's own words is read by us as well, so that what it says is seen before rsync sees it. */
function resolveFilter(written: Written.Filter): Filter[] {
  if (typeof written === 'string') {
    const rule = parseFilterRule(written);
    if (!('problem' in rule) && rule.kind === 'merge') return [{ kind: 'merge', path: rule.argument }];
    return [{ kind: 'rule', rule: written }];
  }
  if (written.include !== undefined) return [{ kind: 'include', pattern: written.include }];
  if (written.exclude !== undefined) return [{ kind: 'exclude', pattern: written.exclude }];
  if (written.merge !== undefined) return [{ kind: 'merge', path: written.merge }];
  if (written['dir-merge'] === undefined) return [];
  return [{ kind: 'dir-merge', name: written['dir-merge'], excludeSelf: written['exclude-self'] ?? false }];
}

function resolveRsync(written: Written.Rsync): RsyncOptions {
  return {
    compress: written.compress ?? false,
    checksum: written.checksum ?? false,
    bandwidth: bandwidthOf(written.bandwidth),
    delete: written.delete ?? true,
    ...(written.sudo === true ? { sudo: true } : {}),
    ...(written['detect-renames'] === false ? { detectRenames: false } : {}),
    options: written.options ?? null,
    extraOptions: written['extra-options'] ?? [],
  };
}

/** rsync(1), --bwlimit: 0 specifies no limit. */
function bandwidthOf(written: Written.Bandwidth | undefined): string | null {
  if (written === undefined || Number.parseFloat(String(written)) === 0) return null;
  return String(written);
}

function resolveHook(written: Written.Hook): HookCommand {
  return Array.isArray(written)
    ? { argv: written, onVolume: null }
    : { argv: written.run, onVolume: written.on ?? null };
}
