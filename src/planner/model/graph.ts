export type TopologicalOrder<T> =
  | { order: T[] }
  /** Each member depends on the next one, the last on the first. */
  | { cycle: T[] };

/**
 * Orders nodes so that each comes after its dependencies (Kahn's algorithm, without recursion: a chain may be as long
 * as it likes). Among the nodes that could come next, the one that is first in `nodes` does, so the same input always
 * gives the same order. O((n + e) log n).
 *
 * `nodes` holds no node twice. Dependencies that are not in `nodes` are ignored.
 */
export function topologicalOrder<T extends string>(
  nodes: readonly T[],
  dependenciesOf: (node: T) => readonly T[],
): TopologicalOrder<T> {
  const position = new Map(nodes.map((node, index) => [node, index]));
  const dependents = new Map<T, T[]>();
  const waitingFor = new Map<T, number>();
  for (const node of nodes) {
    const dependencies = dependenciesOf(node).filter((dependency) => position.has(dependency));
    waitingFor.set(node, dependencies.length);
    for (const dependency of dependencies) {
      const known = dependents.get(dependency);
      if (known === undefined) dependents.set(dependency, [node]);
      else known.push(node);
    }
  }
  const order: T[] = [];
  const ready = new MinHeap();
  nodes.forEach((node, index) => {
    if (waitingFor.get(node) === 0) ready.push(index);
  });
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const node = nodes[next];
    if (node === undefined) break;
    order.push(node);
    for (const dependent of dependents.get(node) ?? []) {
      const left = (waitingFor.get(dependent) ?? 0) - 1;
      waitingFor.set(dependent, left);
      if (left === 0) ready.push(position.get(dependent) ?? 0);
    }
  }
  if (order.length === nodes.length) return { order };
  const stuck = new Set(nodes.filter((node) => waitingFor.get(node) !== 0));
  return { cycle: findCycle(stuck, dependenciesOf, position) };
}

/** Walks dependencies among nodes each of which has one there, until a node comes up again. */
function findCycle<T extends string>(
  stuck: ReadonlySet<T>,
  dependenciesOf: (node: T) => readonly T[],
  position: ReadonlyMap<T, number>,
): T[] {
  const visited = new Map<T, number>();
  const path: T[] = [];
  let [node] = stuck;
  while (node !== undefined && !visited.has(node)) {
    visited.set(node, path.length);
    path.push(node);
    node = dependenciesOf(node).find((dependency) => stuck.has(dependency));
  }
  const cycle = path.slice(node === undefined ? 0 : visited.get(node));
  const places = cycle.map((member) => position.get(member) ?? 0);
  const first = places.indexOf(places.reduce((least, place) => Math.min(least, place), Infinity));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** A queue of numbers, the least first. */
export class MinHeap {
  readonly #items: number[] = [];

  push(item: number): void {
    let index = this.#items.push(item) - 1;
    for (;;) {
      const above = (index - 1) >> 1;
      const parent = this.#items[above];
      if (parent === undefined || parent <= item) break;
      this.#items[index] = parent;
      index = above;
    }
    this.#items[index] = item;
  }

  pop(): number | undefined {
    const least = this.#items[0];
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return least;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = (this.#items[left + 1] ?? Infinity) < (this.#items[left] ?? Infinity) ? left + 1 : left;
      const smaller = this.#items[child];
      if (smaller === undefined || smaller >= last) break;
      this.#items[index] = smaller;
      index = child;
    }
    this.#items[index] = last;
    return least;
  }
}
