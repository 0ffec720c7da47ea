import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { hostileFindings } from '../../../../src/planner/plan-file/hostile.ts';
import { world } from '../../../support/facts.ts';
import { samplePlan, sampleStep, sampleSync } from './sample.ts';

const FACTS = world({
  volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb' } },
  endpoints: { 'laptop:Pictures': { source: true }, 'usb:photos': { destination: true } },
});
/** Nothing that is planned now, so that each command is judged by its paths. */
const FRESH: Plan = { ...samplePlan(), steps: [] };

function codes(change: Partial<Plan>): string[] {
  return hostileFindings({ ...samplePlan(), syncs: [], steps: [], ...change }, FRESH, FACTS).map(({ code }) => code);
}

function codesOf(...argv: string[]): string[] {
  return codes({ steps: [{ ...sampleStep('transfer:photos'), locks: [], commands: [argv] }] });
}

describe('a plan that is to be applied', () => {
  it.each([
    ['the volume itself', 'rm', '/media/usb'],
    ['what is in a volume', 'rm', '/media/usb/photos/a'],
    ['the value of an option in a volume', 'rsync', '--link-dest=/media/usb/photos'],
    ['what is no path', 'rsync', '-a', '--max-delete=0'],
    ['a pattern that begins like a path', 'rsync', '--exclude=/etc', '--filter=- /etc'],
    ['/dev/null', 'ln', '-s', '/dev/null', '/media/usb/latest'],
    ['the target of a dry run that is about one side', 'rsync', '--dry-run', '-a', '/home/ada/', '/.nbkp-nowhere/'],
    ['a name with two dots in it', 'rm', '/media/usb/a..b/..c/d..'],
  ])('may name %s', (_, ...argv) => expect(codesOf(...argv)).toEqual([]));

  it.each([
    ['a place that is no volume', 'rm', '/etc/passwd'],
    ['the value of an option elsewhere', 'rsync', '--link-dest=/etc'],
    ['the value of a short option elsewhere', 'rsync', '-T=/etc'],
    ['such a target without a dry run', 'rsync', '-a', '/home/ada/', '/.nbkp-nowhere/'],
    ['such a target of another program', 'rm', '--dry-run', '/.nbkp-nowhere/'],
    ['a place elsewhere in a dry run', 'rsync', '--dry-run', '-a', '/etc/', '/.nbkp-nowhere/'],
    ['a neighbour whose name begins like a volume', 'rm', '/media/usb2/a'],
    ['what is above a volume', 'rm', '/media'],
    ['a way out of a volume by ..', 'rm', '/media/usb/../../etc/passwd'],
    ['a way out at the end', 'rm', '/media/usb/..'],
    ['a way out behind a newline', 'rm', '/media/usb/a\n/../../etc'],
  ])('may not name %s', (_, ...argv) => expect(codesOf(...argv)).toEqual(['plan-path-outside']));

  it('is told with the step and its sync', () => {
    const step = { ...sampleStep('transfer:photos'), locks: [], commands: [['rm', '/etc/passwd']] };
    const told = (of: typeof step) => hostileFindings({ ...samplePlan(), syncs: [], steps: [of] }, FRESH, FACTS);
    const { sync, ...ofNone } = step;
    expect(told(step)).toMatchObject([
      { sync, message: expect.stringContaining('transfer:photos would touch /etc/passwd') },
    ]);
    expect(told(ofNone)[0]).not.toHaveProperty('sync');
  });

  it('may not lock what is elsewhere', () => {
    const locks = [{ path: '/media/usb/../x', mode: 'exclusive' as const }];
    expect(codes({ steps: [{ ...sampleStep('transfer:photos'), commands: [], locks }] })).toEqual([
      'plan-path-outside',
    ]);
  });

  it('may name what is planned now too, wherever it is', () => {
    const step = { ...sampleStep('transfer:photos'), locks: [], commands: [['mount', '/mnt/elsewhere']] };
    const saved = { ...samplePlan(), syncs: [], steps: [step] };
    expect(hostileFindings(saved, { ...FRESH, steps: [step] }, FACTS)).toEqual([]);
  });

  it('has no names that nbkp would not give', () => {
    expect(codes({ syncs: [sampleSync('photos\n')] })).toEqual(['plan-names-unsafe']);
    expect(codes({ syncs: [sampleSync('\u001b[2J')] })).toEqual(['plan-names-unsafe']);
    expect(codes({ steps: [{ ...sampleStep('transfer:photos'), commands: [], locks: [], id: 'transfer' }] })).toEqual([
      'plan-names-unsafe',
    ]);
    expect(codes({ syncs: [sampleSync('photos-2')] })).toEqual([]);
    const [told] = hostileFindings({ ...samplePlan(), syncs: [sampleSync('a b')], steps: [] }, FRESH, FACTS);
    expect(told?.message).toContain('a sync with a name that nbkp does not give');
  });
});
