import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Plan, PlanRequest } from '../../../../src/planner/model/plan.ts';
import { world, type EndpointWorld, type VolumeWorld, type World } from '../../../support/facts.ts';
import { planOf, specFrom } from '../../../support/planning.ts';

export const UUID = '8a3b2c1d-1111-2222-3333-444455556666';

/** The sync `docs` from `laptop:docs` to `usb:docs`, and what is different from a world in which it can run. */
export interface OneSync {
  /** Lines of the sync's table. */
  sync?: string[];
  /** Lines of the volume `usb`; default its path. */
  usb?: string[];
  /** Further tables. */
  more?: string[];
  volumes?: Record<string, VolumeWorld | null>;
  source?: EndpointWorld;
  destination?: EndpointWorld;
  /** Further endpoints. */
  endpoints?: Record<string, EndpointWorld>;
  history?: World['history'];
  previews?: World['previews'];
  change?: (facts: Facts) => void;
  request?: Partial<PlanRequest>;
  purpose?: 'backup' | 'prune';
}

export function tomlOf({ sync = [], usb = ['path = "/mnt/usb"'], more = [] }: OneSync): string {
  return [
    'version = 1',
    '[volumes.laptop]\npath = "~"',
    `[volumes.usb]\n${usb.join('\n')}`,
    ...more,
    `[syncs.docs]\nsource = "laptop:docs"\ndestination = "usb:docs"\n${sync.join('\n')}`,
  ].join('\n\n');
}

export function factsOf(scene: OneSync): Facts {
  const facts = world({
    volumes: { laptop: { path: '/home/ada', target: '/' }, usb: { path: '/mnt/usb' }, ...scene.volumes },
    endpoints: {
      'laptop:docs': { source: true, ...scene.source },
      'usb:docs': { destination: true, ...scene.destination },
      ...scene.endpoints,
    },
    ...(scene.history === undefined ? {} : { history: scene.history }),
    ...(scene.previews === undefined ? {} : { previews: scene.previews }),
  });
  scene.change?.(facts);
  return facts;
}

export function planned(scene: OneSync = {}): Plan {
  return planOf(specFrom(tomlOf(scene)), factsOf(scene), scene.request, scene.purpose);
}

/** What became of `docs`: its code, or `ok` when it is planned. */
export function codeOf(scene: OneSync = {}, name = 'docs'): string {
  const sync = planned(scene).syncs.find((each) => each.name === name);
  if (sync === undefined) throw new Error(`${name} is not in the plan`);
  return sync.state === 'planned' ? 'ok' : `${sync.state} ${sync.code ?? ''}`;
}

export function warningsOf(scene: OneSync): string[] {
  return planned(scene)
    .findings.filter((finding) => finding.severity === 'warning')
    .map((finding) => finding.code);
}

/** A snapshot's name: that day at eight in the evening. */
export function day(date: string): string {
  return `${date}T20:00:00.000Z`;
}
