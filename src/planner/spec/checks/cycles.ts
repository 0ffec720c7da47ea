import type { Finding, Remark } from '../../model/finding.ts';
import { topologicalOrder } from '../../model/graph.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { Places } from './places.ts';
import { extendsCycle, jumpCycle, syncCycle } from '../../model/findings/spec.ts';

/** One is enough to know, ten to see the pattern. */
const MOST = 10;

/** What would have to come before itself: endpoints that extend or go through each other, and chains of syncs. */
export const cycles: Check = (input) => {
  const { spec, written } = input;
  const ssh = Object.keys(spec.ssh);
  const parentOf = (name: string): string[] => [written.ssh?.[name]?.extends ?? []].flat();
  const extending = find(input, ssh, parentOf, ['ssh', 'extends', extendsCycle]);
  // Endpoints in a circle take over nothing, so that what they would go through is not known yet.
  const jumps = (name: string): string[] => spec.ssh[name]?.proxyJump ?? [];
  const jumping = find(input, ssh, jumps, ['ssh', 'proxy-jump', jumpCycle]);
  return [...extending, ...jumping, ...chains(input)];
};

function chains(input: CheckInput): Finding[] {
  const places = new Places(input.spec);
  const syncs = Object.values(input.spec.syncs).filter((sync) => sync.enabled);
  const writers = new Map(syncs.map((sync) => [places.of(sync.destination), sync.name]));
  const upstream = (name: string): string[] => {
    const sync = input.spec.syncs[name];
    const writer = sync === undefined ? undefined : writers.get(places.of(sync.source));
    return writer === undefined || writer === name ? [] : [writer];
  };
  const names = syncs.map((sync) => sync.name);
  return find(input, names, upstream, ['syncs', 'source', syncCycle]);
}

function find(
  input: CheckInput,
  nodes: readonly string[],
  dependenciesOf: (node: string) => readonly string[],
  [section, key, entry]: [section: string, key: string, entry: (cycle: string[]) => Remark],
): Finding[] {
  const findings: Finding[] = [];
  let left = nodes;
  while (findings.length < MOST) {
    const sorted = topologicalOrder(left, dependenciesOf);
    if ('order' in sorted) break;
    findings.push(remarkAt(input, [section, sorted.cycle[0] ?? '', key], entry(sorted.cycle)));
    const members = new Set(sorted.cycle);
    left = left.filter((node) => !members.has(node));
  }
  return findings;
}
