import { remarkAt, type Check, type CheckInput } from './check.ts';
import { tooManyJumps } from '../../model/findings/servers.ts';

/** Each jump takes a process of ssh with the whole command of the next one quoted inside: more would never be ready. */
const MOST = 8;

/** SSH endpoints that go through too many others, counted with those that these go through themselves. */
export const jumps: Check = (input) => {
  const known = new Map<string, number>();
  return Object.keys(input.spec.ssh).flatMap((name) => {
    const count = jumpsOf(input, name, known);
    // One that is only on the way of another is told once, where the limit is passed.
    const passes = count > MOST && (input.spec.ssh[name]?.proxyJump ?? []).every((on) => (known.get(on) ?? 0) <= MOST);
    return passes ? [remarkAt(input, ['ssh', name, 'proxy-jump'], tooManyJumps(name, count, MOST))] : [];
  });
};

/** A circle is counted as far as it is known: that it is one is told by itself. */
function jumpsOf(input: CheckInput, name: string, known: Map<string, number>): number {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, 0);
  const through = input.spec.ssh[name]?.proxyJump ?? [];
  const count = through.reduce((sum, jump) => sum + 1 + jumpsOf(input, jump, known), 0);
  known.set(name, count);
  return count;
}
