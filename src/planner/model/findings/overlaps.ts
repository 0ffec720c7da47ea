/*
 * # Places that are one
 *
 * Seen on the machine, after bind mounts and links, though the spec's paths do not show it.
 */
import { error } from './entry.ts';

interface Nested {
  outer: string;
  inner: string;
}

/** Two syncs write to one place, though the spec's paths do not show it. Fix: a destination for each. */
export const reallyOverlap = error('destinations-overlap', ({ outer, inner }: Nested, same: boolean) => ({
  message: `${inner} is really ${same ? 'the same directory as' : 'inside'} ${outer}: two syncs would write to one place.`,
  help: 'Give each sync a destination of its own.',
}));
/** A backup could delete what is to be backed up, though the spec's paths do not show it. Fix: another destination. */
export const sourceReallyInside = error('source-inside-destination', ({ outer, inner }: Nested) => ({
  message: `${inner} is really inside ${outer}: backing up could delete what is to be backed up.`,
  help: 'Choose another destination.',
}));
/** A copy would be copied into itself, though the spec's paths do not show it. Fix: another place, or exclude it with a filter. */
export const destinationReallyInside = error('destination-inside-source', ({ outer, inner }: Nested, path: string) => ({
  message: `${inner} is really inside ${outer}: the copy would be copied into itself.`,
  help: `Choose another destination, or leave it out of the copy: filters = ["- /${path}/"]`,
}));
const oneDirectory = ({ outer, inner }: Nested) => `${inner} and ${outer} are one directory under two names.`;
/** The source and the destination of a sync are one directory under two names. Fix: another destination. */
export const destinationReallySource = error('destination-is-source', (nested: Nested) => ({
  message: oneDirectory(nested),
  help: 'Choose another destination.',
}));
/** The source of a sync is the destination of another, under another name. Fix: for a chain write both in the same way. */
export const sourceIsAlias = error('source-is-destination-alias', (nested: Nested) => ({
  message: oneDirectory(nested),
  help: 'Write both in the same way, so that the order of the syncs is known.',
}));
/** One end of a sync, another that a mount shows in it, and where. */
interface Reflected {
  outer: string;
  inner: string;
  /** The mount point. */
  target: string;
  /** Where `inner` is seen in `outer`. */
  inside: string;
}
/** A mount in the source shows the destination. Fix: unmount it, or leave it out of the copy with a filter. */
export const mountReflects = error('destination-inside-source', ({ outer, inner, target, inside }: Reflected) => ({
  message: `${inner} is in ${outer} too: what is mounted at ${target} shows it, so that the copy would be copied into itself.`,
  help: `Unmount ${target}, or leave it out of the copy: filters = ["- /${inside}/"]`,
}));
/** A mount in the destination shows the source. Fix: unmount it. */
export const mountReachesSource = error('source-inside-destination', ({ outer, inner, target }: Reflected) => ({
  message: `${inner} is in ${outer} too: what is mounted at ${target} shows it, so that backing up could delete what is to be backed up.`,
  help: `Unmount ${target}.`,
}));
/** A mount in a destination shows a destination. Fix: unmount it. */
export const mountReachesDestination = error('destinations-overlap', ({ outer, inner, target }: Reflected) => ({
  message: `${inner} is in ${outer} a second time: what is mounted at ${target} shows it, so that a run could delete there what was backed up.`,
  help: `Unmount ${target}.`,
}));
