import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { VolumeForecast } from '../../../../src/planner/model/plan.ts';
import type { Estimate } from '../../../../src/planner/model/step.ts';
import { planId } from '../../../../src/planner/plan-file/id.ts';
import { planOf, specFrom } from '../../../support/planning.ts';
import { world } from '../../../support/facts.ts';
import { forecastOf, spaceFindings } from '../../../../src/planner/compile/forecast.ts';
import { sampleStep } from '../plan-file/sample.ts';

const SPEC = `version = 1
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/media/usb"
[syncs.photos]
source = "laptop:photos"
destination = "usb:photos"
[syncs.music]
source = "laptop:music"
destination = "usb:music"
`;
const spec = specFrom(SPEC);
const facts = world({
  volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb', freeBytes: 1000 } },
  endpoints: {
    'laptop:photos': { source: true },
    'laptop:music': { source: true },
    'usb:photos': { destination: true },
    'usb:music': { destination: true },
  },
});

function counted(basis: Estimate['basis'], bytes: number): { estimate: Estimate } {
  return { estimate: { files: 3, bytes, creates: 3, updates: 0, deletes: 0, basis } };
}

function forecast(...steps: Parameters<typeof sampleStep>[]): ReturnType<typeof forecastOf> {
  return forecastOf(
    spec,
    steps.map((step) => sampleStep(...step)),
    facts,
  );
}

describe('forecastOf', () => {
  it('adds up what dry runs counted on one volume', () => {
    const steps = forecast(['transfer:photos', counted('dry-run', 300)], ['transfer:music', counted('dry-run', 500)]);
    const left = { low: 200, high: 200 };
    expect(steps).toEqual([
      {
        ...{
          volume: 'usb',
          sharedWith: [],
          pruned: { snapshots: 0, bytes: { low: 0, high: 0 } },
          freeBytes: 1000,
          bytes: { low: 800, high: 800 },
          files: { low: 6, high: 6 },
        },
        ...{ peakFreeBytes: left, finalFreeBytes: left, basis: ['dry-run'], unknown: [] },
      },
    ]);
    expect(spaceFindings(steps)).toEqual([]);
  });

  it('takes the last run for a guess, and says of which sync nothing is known', () => {
    const [usb] = forecast(['transfer:photos', counted('last-run', 300)], ['transfer:music']);
    expect(usb).toMatchObject({
      bytes: { low: 0, high: 600 },
      finalFreeBytes: { low: 400, high: 1000 },
      basis: ['last-run'],
      unknown: ['music'],
    });
  });

  it.each<[Estimate['basis'], number, RegExp]>([
    ['dry-run', 1001, /usb has 1000 B free, and this plan writes 1001 B to it/],
    ['last-run', 1001, /this plan may write 2 KiB to it: 1002 B too much/],
  ])('warns when what a %s says does not fit', (basis, bytes, message) => {
    const findings = spaceFindings(forecast(['transfer:photos', counted(basis, bytes)]));
    expect(findings).toMatchObject([{ severity: 'warning', code: 'forecast-does-not-fit', volume: 'usb' }]);
    expect(findings[0]?.message).toMatch(message);
    // What was written the last time fits: that it could be more is no alarm.
    expect(spaceFindings(forecast(['transfer:photos', counted(basis, bytes - 1)]))).toEqual([]);
  });
});

describe('a forecast along the plan', () => {
  const NAME = '2026-03-05T14:30:00.000Z';
  const prune = (sync: string): Parameters<typeof sampleStep> => [
    `prune:${sync}`,
    {
      params: {
        kind: 'prune',
        sync,
        root: '/media/usb',
        previous: null,
        remove: [{ name: NAME, kind: 'directory', leftover: false }],
      },
    },
  ];
  const photos: Parameters<typeof sampleStep> = ['transfer:photos', counted('dry-run', 800)];
  const music: Parameters<typeof sampleStep> = ['transfer:music', counted('dry-run', 500)];
  const prunable = { photos: { snapshots: [NAME], bytes: { low: 400, high: 600 } } };
  const along = (known: Facts, ...steps: Parameters<typeof sampleStep>[]): VolumeForecast[] =>
    forecastOf(
      spec,
      steps.map((step) => sampleStep(...step)),
      known,
    );

  it('has its least room before a prune gives some back', () => {
    expect(along({ ...facts, prunable }, photos, prune('photos'))).toMatchObject([
      {
        ...{ peakFreeBytes: { low: 200, high: 200 }, finalFreeBytes: { low: 600, high: 800 } },
        pruned: { snapshots: 1, bytes: { low: 400, high: 600 } },
      },
    ]);
  });

  it('does not fit when the prune comes too late, although it would in the end', () => {
    const inTime = along({ ...facts, prunable }, photos, prune('photos'), music);
    const tooLate = along({ ...facts, prunable }, photos, music, prune('photos'));
    expect(inTime).toMatchObject([{ peakFreeBytes: { low: 100, high: 200 }, finalFreeBytes: { low: 100, high: 300 } }]);
    expect(spaceFindings(inTime)).toEqual([]);
    expect(tooLate).toMatchObject([{ peakFreeBytes: { low: -300 }, finalFreeBytes: { low: 100, high: 300 } }]);
    expect(spaceFindings(tooLate)).toMatchObject([{ message: expect.stringContaining('300 B too much') as string }]);
  });

  it.each<[string, Facts]>([
    ['nothing', facts],
    ['another set of snapshots', { ...facts, prunable: { photos: { ...prunable.photos, snapshots: [] } } }],
  ])('counts nothing as given back when facts have counted %s', (_, known) => {
    const left = { low: 200, high: 200 };
    expect(along(known, photos, prune('photos'))).toMatchObject([
      { pruned: { snapshots: 1, bytes: null }, peakFreeBytes: left, finalFreeBytes: left },
    ]);
  });

  it('adds up what goes to two volumes on one file system', () => {
    const { usb } = facts.volumes;
    const both = specFrom(SPEC.replace('"usb:music"', '"stick:music"') + '[volumes.stick]\npath = "/media/usb/stick"');
    const stick = { 'stick:music': facts.endpoints['usb:music']! };
    const known = { ...facts, volumes: { ...facts.volumes, stick: usb! }, endpoints: { ...facts.endpoints, ...stick } };
    const forecasts = forecastOf(both, [sampleStep(...photos), sampleStep(...music)], known);
    expect(forecasts).toMatchObject([
      { volume: 'stick', sharedWith: ['usb'], peakFreeBytes: { low: -300, high: -300 } },
    ]);
    expect(spaceFindings(forecasts)[0]?.message).toMatch(/^stick and usb are on one file system with 1000 B free/);
  });

  it('adds up what goes to a drive here, by a path and by a server that is this machine', () => {
    const spec = specFrom(`${SPEC.replace('"usb:music"', '"again:music"')}[ssh.me]
host = "localhost"
[volumes.again]
path = "/media/usb"
ssh = "me"
`);
    const { local } = facts.hosts;
    const { usb } = facts.volumes;
    const known = (sameAs?: string): Facts => ({
      ...facts,
      hosts: { ...facts.hosts, 'ssh:me': { ...local!, ...(sameAs === undefined ? {} : { sameAs }) } },
      volumes: { ...facts.volumes, again: usb! },
      endpoints: { ...facts.endpoints, 'again:music': facts.endpoints['usb:music']! },
    });
    const shared = (world: Facts) =>
      forecastOf(spec, [sampleStep(...photos), sampleStep(...music)], world).map(({ sharedWith }) => sharedWith);
    expect(shared(known('local'))).toEqual([['usb']]);
    expect(shared(known())).toEqual([[], []]);
  });
});

it('is in a plan that knows something, and changes no id', () => {
  const last = { run: 'r', at: '2026-03-09T12:00:00.000Z', snapshot: null, entries: 3, mountTarget: null };
  const history = { photos: { lastRun: null, lastSuccess: { ...last, files: 3, bytes: 30 } } };
  const plan = planOf(spec, { ...facts, history });
  expect(planOf(spec, facts).forecast).toBeUndefined();
  expect(plan.forecast).toMatchObject([{ volume: 'usb', bytes: { low: 0, high: 60 }, unknown: ['music'] }]);
  expect(planId({ ...plan, forecast: [] })).toBe(plan.id);
});
