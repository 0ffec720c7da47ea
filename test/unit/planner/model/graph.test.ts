import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder } from '../../../../src/planner/model/graph.ts';

type Graph = Record<string, string[]>;

function order(graph: Graph) {
  return topologicalOrder(Object.keys(graph), (node) => graph[node] ?? []);
}

describe('topologicalOrder', () => {
  it('keeps the input order of nodes without dependencies', () => {
    expect(order({ c: [], a: [], b: [] })).toEqual({ order: ['c', 'a', 'b'] });
  });

  it('gives an empty order for no nodes', () => {
    expect(order({})).toEqual({ order: [] });
  });

  it('puts dependencies first and among the ready nodes the one that is first in the input', () => {
    expect(order({ a: ['d'], b: [], c: ['b'], d: [] })).toEqual({ order: ['b', 'c', 'd', 'a'] });
  });

  it('ignores dependencies that are not nodes, and counts a dependency named twice once', () => {
    expect(order({ a: ['elsewhere', 'b', 'b'], b: [] })).toEqual({ order: ['b', 'a'] });
  });

  it('finds a node that depends on itself', () => {
    expect(order({ a: [], b: ['b'] })).toEqual({ cycle: ['b'] });
  });

  it('names only the members of a cycle, each before the one that it depends on, the first of the input first', () => {
    const graph = { entry: ['z'], x: ['y'], y: ['z'], z: ['x'], free: [] };
    expect(order(graph)).toEqual({ cycle: ['x', 'y', 'z'] });
  });

  it('orders a chain of 20,000 nodes that is given backwards', () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => String(index));
    const result = topologicalOrder(nodes, (node) => [String(Number(node) + 1)]);
    expect(result).toEqual({ order: nodes.toReversed() });
  });

  it('finds a cycle of 20,000 nodes', () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => String(index));
    const result = topologicalOrder(nodes, (node) => [String((Number(node) + 1) % 20_000)]);
    expect(result).toEqual({ cycle: nodes });
  });
});

const graphs: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => {
    const names = Array.from({ length: size }, (_, index) => `n${index}`);
    return fc.tuple(
      fc.shuffledSubarray(names, { minLength: size }),
      fc.array(fc.subarray(names, { maxLength: Math.min(3, size) }), { minLength: size, maxLength: size }),
    );
  })
  .map(([names, edges]) => Object.fromEntries(names.map((name, index) => [name, edges[index] ?? []])));

/** The definition, tried naively: always take the first node whose dependencies have all been taken. */
function naive(graph: Graph): string[] {
  const taken: string[] = [];
  for (;;) {
    const next = Object.keys(graph).find((n) => !taken.includes(n) && graph[n]!.every((d) => taken.includes(d)));
    if (next === undefined) return taken;
    taken.push(next);
  }
}

describe('topologicalOrder on any graph', () => {
  it('equals the naive definition, or gives a real cycle when that one gets stuck', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const result = order(graph);
        const expected = naive(graph);
        if ('order' in result) {
          expect(result.order).toEqual(expected);
          expect(expected).toHaveLength(Object.keys(graph).length);
        } else {
          expect(expected.length).toBeLessThan(Object.keys(graph).length);
          expect(new Set(result.cycle).size).toBe(result.cycle.length);
          result.cycle.forEach((member, index) => {
            expect(graph[member]).toContain(result.cycle[(index + 1) % result.cycle.length]);
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
