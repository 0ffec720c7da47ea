import type { Finding } from '../../model/finding.ts';
import { topologicalOrder } from '../../model/graph.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { Places } from './places.ts';

/** One is enough to know, ten to see the pattern. */
const MOST = 10;

/** What would have to come before itself: endpoints that extend or go through each other, and chains of syncs. */
export const cycles: Check = (input) => {
  const { spec, written } = input;
  const ssh = Object.keys(spec.ssh);
  const parentOf = (name: string): string[] => [written.ssh?.[name]?.extends ?? []].flat();
  const extending = find(input, ssh, parentOf, (cycle) => ({
    place: ['ssh', cycle[0] ?? '', 'extends'],
    message: `SSH endpoints extend each other in a circle: ${round(cycle)}.`,
    help: 'Let one of them stand without `extends`.',
  }));
  // Endpoints in a circle take over nothing, so that what they would go through is not known yet.
  const jumps = (name: string): string[] => spec.ssh[name]?.proxyJump ?? [];
  const jumping = find(input, ssh, jumps, (cycle) => ({
    place: ['ssh', cycle[0] ?? '', 'proxy-jump'],
    message: `SSH endpoints go through each other in a circle: ${round(cycle)}.`,
    help: 'Let one of them be reachable without `proxy-jump`.',
  }));
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
  return find(input, names, upstream, (cycle) => ({
    place: ['syncs', cycle[0] ?? '', 'source'],
    message: `Each of these syncs reads what the next one writes, in a circle: ${round(cycle)}.`,
    help: 'Decide which copy is the original, and remove the sync that writes to it.',
  }));
}

interface Circle {
  place: string[];
  message: string;
  help: string;
}

function find(
  input: CheckInput,
  nodes: readonly string[],
  dependenciesOf: (node: string) => readonly string[],
  describe: (cycle: string[]) => Circle,
): Finding[] {
  const findings: Finding[] = [];
  let left = nodes;
  while (findings.length < MOST) {
    const sorted = topologicalOrder(left, dependenciesOf);
    if ('order' in sorted) break;
    const { place, message, help } = describe(sorted.cycle);
    findings.push(remarkAt(input, place, { code: 'dependency-cycle', message, help }));
    const members = new Set(sorted.cycle);
    left = left.filter((node) => !members.has(node));
  }
  return findings;
}

function round(cycle: readonly string[]): string {
  const shown = cycle.length > 8 ? [...cycle.slice(0, 7), '…'] : cycle;
  return [...shown, cycle[0] ?? ''].join(' → ');
}
