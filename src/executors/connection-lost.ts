import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { connectionLost as lost } from '../planner/model/findings/servers.ts';
import type { Step } from '../planner/model/step.ts';

/**
 * The finding about a connection that broke while a run needed it.
 *
 * @param reason as the facts have it, with the endpoint in front: `pi-wan: the connection broke`
 */
export function connectionLost({ id, sync }: Step, reason: string): Finding {
  return { ...lost(id, reason), ...(sync === undefined ? {} : { sync }) };
}

/** Why a server cannot be reached any more; null when all that were asked can. */
export function brokenConnection({ hosts }: Facts): string | null {
  const broken = Object.values(hosts).find(({ reachable, route }) => !reachable && route !== undefined);
  return broken?.reachable === false ? broken.reason : null;
}
