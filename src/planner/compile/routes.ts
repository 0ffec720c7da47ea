import type { Facts } from '../model/facts.ts';
import type { HostRoute } from '../model/route.ts';
import type { PlannedRoute } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';

/** How each server that was asked was reached, in the order of the spec. */
export function routesOf({ volumes }: Spec, facts: Facts): PlannedRoute[] {
  const asked = Object.values(volumes).filter(({ name }) => facts.volumes[name] !== undefined);
  return [...new Set(asked.map(({ host }) => host))].flatMap((id) => {
    const route = facts.hosts[id]?.route;
    const names = asked.filter(({ host }) => host === id).map(({ name }) => name);
    return route === undefined ? [] : [{ volumes: names, endpoint: route.endpoint, passedOver: passedOver(route) }];
  });
}

function passedOver({ passedOver: tried, excluded }: HostRoute): PlannedRoute['passedOver'] {
  return [
    ...tried.map(({ endpoint, problem }) => ({ endpoint, reason: problem?.short ?? 'too slow' })),
    ...excluded.map((endpoint) => ({ endpoint, reason: 'excluded' })),
  ];
}
