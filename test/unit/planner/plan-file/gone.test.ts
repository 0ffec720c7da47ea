import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Precondition } from '../../../../src/planner/model/step.ts';
import {
  brokenConnection,
  connectionLost,
  goneFinding,
  lostMeanwhile,
} from '../../../../src/planner/plan-file/gone.ts';
import { world } from '../../../support/facts.ts';
import { sampleStep } from './sample.ts';

/** Of facts in which there is nothing: what has to be there is gone. */
const FACTS = world({ volumes: {}, endpoints: {} });
const relied = (fact: string, more: Partial<Precondition> = {}): Precondition => ({
  ...{ fact, check: 'equals', value: 'as planned', description: fact },
  ...more,
});
const MARK = relied('/endpoints/usb:docs/sentinels/destination');
const LATEST = relied('/endpoints/usb:docs/latest/name');

const lost = (preconditions: Precondition[], facts: Facts = FACTS) =>
  lostMeanwhile(sampleStep('transfer:docs', { preconditions }), facts);

function toldOf(preconditions: Precondition[], facts: Facts = FACTS): string | undefined {
  const found = lost(preconditions, facts);
  const { code, message } = found === null ? {} : goneFinding(sampleStep('transfer:docs'), found);
  return code === undefined ? undefined : `${code}: ${message ?? ''}`;
}

function withHost(host: Facts['hosts'][string]): Facts {
  return { ...FACTS, hosts: { ...FACTS.hosts, 'ssh:hub': host } };
}
const ROUTE = { endpoint: 'hub', passedOver: [], excluded: [] };

describe('what a step relied on and that is gone', () => {
  it('is nothing as long as all of it holds', () => {
    expect(lost([{ ...MARK, value: null }])).toBeNull();
  });

  it('is nothing that the step changes itself, or that shrinks by what it writes', () => {
    expect(
      lost([
        { ...MARK, onlyBefore: true },
        relied('/volumes/usb/directory/freeBytes', { check: 'at-least', value: 1 }),
      ]),
    ).toBeNull();
  });

  it.each([
    ['a volume’s mark', '/volumes/usb/sentinel'],
    ['an endpoint’s marks', '/endpoints/usb:docs/sentinels/source'],
    ['a mount', '/volumes/usb/directory/mount/uuid'],
    ['a folder', '/endpoints/usb:docs/directory'],
  ])('is a drive or folder where it was %s', (_, fact) => {
    expect(toldOf([relied(fact)])).toBe(
      `drive-gone: A drive or folder went away during transfer:docs: ${fact} is not what it was.`,
    );
  });

  it.each([
    ['latest', '/endpoints/usb:docs/latest/name'],
    ['a program', '/hosts/local/rsync'],
    ['what only begins like a place', '/volumes/usb/directoryless'],
    ['what only ends like one', '/x/volumes/usb/sentinel'],
  ])('is another one’s doing where it was %s', (_, fact) => {
    expect(toldOf([relied(fact)])).toMatch(
      /^plan-stale: Something else changed what transfer:docs relies on while it ran: /,
    );
  });

  it('is the place, whatever else has changed with it', () => {
    expect(toldOf([LATEST, MARK])).toContain('drive-gone');
    expect(toldOf([LATEST, { ...MARK, value: null }])).toContain('plan-stale');
  });

  it('is the server where that is out of reach', () => {
    const facts = withHost({
      reachable: false,
      reason: 'hub: the connection broke',
      route: ROUTE,
    });
    expect(toldOf([MARK], facts)).toMatch(/^connection-lost: .*\(hub: the connection broke\)/);
  });
});

describe('a connection that broke', () => {
  it('is that of the server that does not answer, of those that somebody has tried to reach', () => {
    expect(brokenConnection(FACTS)).toBeNull();
    expect(brokenConnection(withHost({ ...FACTS.hosts['local']!, route: ROUTE }))).toBeNull();
    const reached = { ...FACTS.hosts['local']!, route: ROUTE } as Facts['hosts'][string];
    const broken: Facts['hosts'][string] = { reachable: false, reason: 'hub: it broke', route: ROUTE };
    const hosts = { 'ssh:attic': reached, 'ssh:hub': broken };
    expect(brokenConnection({ ...FACTS, hosts })).toBe('hub: it broke');
    const cannotConfirm = { reachable: false, reason: 'no network' } as Facts['hosts'][string];
    expect(brokenConnection(withHost(cannotConfirm))).toBeNull();
  });

  it('is told of the sync whose step needed it', () => {
    expect(connectionLost(sampleStep('transfer:docs'), 'hub: it broke')).toMatchObject({ sync: 'docs' });
    const { sync: _, ...alone } = sampleStep('mount:usb');
    expect(connectionLost(alone, 'hub: it broke')).not.toHaveProperty('sync');
  });
});
