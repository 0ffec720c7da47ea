import { trialType } from '../../planner/file-systems/of.ts';
import { CAN_HOLD } from '../../planner/file-systems/tried.ts';
import type { CanHold, MountFacts } from '../../planner/model/mount-facts.ts';
import { fieldsOf } from './identity-facts.ts';
import { withoutDoubleSlashes, type VolumeAnswer } from './parse-answer.ts';

const VERSION = 1;

type MountOf = (path: string) => MountFacts | null;

/** The mounts with what was tried on them, as the marks of the volumes there tell. */
export function withTried(mountOf: MountOf, volumes: readonly VolumeAnswer[]): MountOf {
  const tried = new Map<MountFacts, CanHold[]>();
  for (const { directory, said } of volumes) {
    const mount = directory.realPath === '' ? null : mountOf(withoutDoubleSlashes(directory.realPath));
    const found = mount === null ? null : triedOn(mount, said);
    if (mount !== null && found !== null) tried.set(mount, found);
  }
  return (path) => {
    const mount = mountOf(path);
    const found = mount === null ? undefined : tried.get(mount);
    return mount === null || found === undefined ? mount : { ...mount, tried: found };
  };
}

/** Others may have written it: nothing but what can be tried gets through. */
function triedOn(mount: MountFacts, line: string): CanHold[] | null {
  const { version, type, can } = (fieldsOf(line)?.['tried'] ?? {}) as Record<string, unknown>;
  if (version !== VERSION || type !== trialType(mount) || typeof can !== 'string') return null;
  const words = can.split(' ');
  return CAN_HOLD.filter((thing) => words.includes(thing));
}
