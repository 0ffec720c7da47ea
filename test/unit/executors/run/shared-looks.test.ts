import { expect, it } from 'vitest';
import { SharedLooks } from '../../../../src/executors/run/shared-looks.ts';
import type { Facts, HostFacts } from '../../../../src/planner/model/facts.ts';
import { facts } from './rig.ts';

const OUT_OF_REACH: HostFacts = { reachable: false, reason: 'no answer within 60 s' };

/** Looks that end when the test says so, each with what it was for. */
function looking() {
  const asked: string[] = [];
  const ends: ((end: Facts | Error) => void)[] = [];
  const subject = new SharedLooks((syncs) => {
    asked.push(syncs.join(' '));
    return new Promise((resolve, reject) => ends.push((end) => (end instanceof Error ? reject(end) : resolve(end))));
  });
  const end = async (index: number, how: Partial<Facts> | Error = {}): Promise<void> => {
    ends[index]?.(how instanceof Error ? how : { ...facts, observedAt: String(index), ...how });
    await new Promise(setImmediate);
  };
  return { asked, subject, end };
}

const saw = async (look: Promise<Facts>): Promise<string> => (await look).observedAt;

it('those who ask while a look is under way are told together by the next one, which begins after that', async () => {
  const { asked, subject, end } = looking();
  const looks = ['docs', 'music', 'films', 'music'].map((sync) => saw(subject.at('usb', sync)));
  expect(asked).toEqual(['docs']);
  await end(0);
  expect(asked).toEqual(['docs', 'music films']);
  const late = saw(subject.at('usb', 'docs'));
  await end(1);
  await end(2);
  expect(asked).toEqual(['docs', 'music films', 'docs']);
  expect(await Promise.all([...looks, late])).toEqual(['0', '1', '1', '1', '2']);
  void subject.at('usb', 'docs');
  expect(asked).toHaveLength(4);
});

it('places wait for none but themselves', () => {
  const { asked, subject } = looking();
  for (const place of ['usb', 'nas']) void subject.at(place, 'docs');
  expect(asked).toHaveLength(2);
});

it('a look that was not answered is made again for each alone', async () => {
  const { asked, subject, end } = looking();
  const looks = ['docs', 'music', 'films'].map((sync) => saw(subject.at('usb', sync)));
  await end(0);
  await end(1, { hosts: { local: OUT_OF_REACH } });
  expect(asked.slice(2)).toEqual(['music', 'films']);
  await end(2);
  await end(3, { hosts: { local: OUT_OF_REACH } });
  expect(await Promise.all(looks)).toEqual(['0', '2', '3']);
});

it('a look that ends with an error does so for those whom it was for, and for nobody else', async () => {
  const { subject, end } = looking();
  const looks = ['docs', 'music', 'films'].map((sync) => saw(subject.at('usb', sync)).catch(() => 'error'));
  await end(0, new Error('a bug'));
  await end(1);
  expect(await Promise.all(looks)).toEqual(['error', '1', '1']);
});
