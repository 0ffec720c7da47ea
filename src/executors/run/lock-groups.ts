import type { Step } from '../../planner/model/step.ts';
import type { LockPlace } from './locks.ts';
import type { NotRun } from './graph.ts';

/** Steps that hold their locks together: those of one sync, or a single step that belongs to none. */
export interface LockGroup {
  sync: string | null;
  /** Indexes of its steps, in order. */
  members: number[];
  unsettled: number;
  places: LockPlace[];
  /** Those that its own steps write below. */
  written: LockPlace[];
  /** Admission asks for the locks; only an open group's steps run. */
  state: 'new' | 'asking' | 'open';
  /** Whether what awaits an open drive is decided. */
  decision: 'open' | 'asked' | 'made';
  /** Steps that became ready while it was asking. */
  parked: number[];
  /** Why the first of its steps that did not run did not. */
  missing: NotRun | null;
}

/** The group of each step, by index. */
export function lockGroups(steps: readonly Step[]): LockGroup[] {
  const bySync = new Map<string, LockGroup>();
  return steps.map((step, index) => {
    const group = (step.sync === undefined ? undefined : bySync.get(step.sync)) ?? emptyGroup(step.sync ?? null);
    if (step.sync !== undefined) bySync.set(step.sync, group);
    group.members.push(index);
    group.unsettled += 1;
    addPlaces(group, step);
    if (step.awaits !== undefined) group.decision = 'open';
    return group;
  });
}

/** Puts the places of these steps in the place of those that it had. */
export function usePlaces(group: LockGroup, steps: readonly Step[]): void {
  group.places = [];
  group.written = [];
  group.state = 'open';
  for (const step of steps) addPlaces(group, step);
}

function addPlaces(group: LockGroup, step: Step): void {
  for (const { path, mode, host = step.host } of step.locks) {
    const place = { host, path };
    addPlace(group.places, place);
    if (mode === 'exclusive') addPlace(group.written, place);
  }
  if (group.places.length > 0) group.state = 'new';
}

function emptyGroup(sync: string | null): LockGroup {
  return {
    ...{ sync, members: [], unsettled: 0, places: [], written: [] },
    ...{ state: 'open', decision: 'made', parked: [], missing: null },
  };
}

function addPlace(places: LockPlace[], { host, path }: LockPlace): void {
  if (!places.some((place) => place.host === host && place.path === path)) places.push({ host, path });
}
