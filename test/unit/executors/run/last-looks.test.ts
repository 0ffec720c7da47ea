import { expect, it } from 'vitest';
import { LastLooks } from '../../../../src/executors/run/last-looks.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import { step, facts } from './rig.ts';

/** Looks that can be told apart, at a time of the test's own. */
function looking(alike = true) {
  let [looks, now] = [0, 0];
  const observeStep = (): Promise<Facts> => Promise.resolve({ ...facts, observedAt: String(++looks) });
  const subject = new LastLooks({ observeStep, looksAlike: () => alike }, () => now);
  return { subject, pass: (milliseconds: number) => (now += milliseconds) };
}

const [copy, name] = [step('transfer:docs', { sync: 'docs' }), step('snapshot:docs', { sync: 'docs' })];
const count = async (look: Promise<Facts>): Promise<string> => (await look).observedAt;

it('what a step has seen at its end the next one of its sync need not look at', async () => {
  const { subject } = looking();
  subject.begin(copy);
  expect(await count(subject.within(copy))).toBe('1');
  expect(await count(subject.before(name))).toBe('1');
  expect(await count(subject.before(step('transfer:music', { sync: 'music' })))).toBe('2');
});

it.each<[string, (world: ReturnType<typeof looking>) => void, boolean]>([
  ['something of the sync has run since', ({ subject }) => subject.begin(copy), true],
  ['that is a while ago', ({ pass }) => pass(500), true],
  ['it asks for something else', () => undefined, false],
])('it looks anew where %s', async (_, meanwhile, alike) => {
  const world = looking(alike);
  await world.subject.within(copy);
  meanwhile(world);
  expect(await count(world.subject.before(name))).toBe('2');
});

it('what was seen before a step need not be looked at as it begins, but when it asks again', async () => {
  const { subject } = looking();
  expect(await count(subject.before(copy))).toBe('1');
  expect(await count(subject.within(copy))).toBe('1');
  expect(await count(subject.within(copy))).toBe('2');
  subject.begin(copy);
  expect(await count(subject.within(copy))).toBe('3');
});

it('it looks anew where something of the sync has run beside the look', async () => {
  const { subject } = looking();
  const look = subject.within(copy);
  subject.begin(copy);
  await look;
  expect(await count(subject.before(name))).toBe('2');
});

it('what belongs to no sync is looked at each time', async () => {
  const { subject } = looking();
  const mount = step('mount:usb', { volume: 'usb' });
  subject.begin(mount);
  await subject.within(mount);
  expect(await count(subject.before(mount))).toBe('2');
});
