/*
 * # Guards
 *
 * They protect data by refusing a sync. `--allow-destructive` overrides them where it says so.
 */
import { guard } from './entry.ts';

interface Sync {
  sync: string;
}

/** No inode is left for another file at the destination. Fix: remove files there, or `nbkp snapshots prune`. */
export const noInodes = guard('no-inodes', ({ sync, destination }: Sync & { destination: string }) => ({
  message: `The file system of ${destination} has no inode left for another file.`,
  help: `Remove files there, or prune: nbkp snapshots prune --only ${sync}`,
}));

interface Space extends Sync {
  destination: string;
  /** Bytes, both. */
  free: number;
  wanted: number;
}

/** Too little room at the destination. Fix: make room, `nbkp snapshots prune`, or lower `min-free`. */
export const minFree = guard('min-free', ({ sync, destination, free, wanted }: Space) => ({
  message: `${destination} has ${free} bytes free, and policy.min-free wants ${wanted}.`,
  help: `Make room there (nbkp snapshots prune --only ${sync} removes what retention no longer keeps), or lower min-free.`,
}));
/** More snapshots to prune than `policy.max-prune` allows. Fix: if retention was shortened on purpose, `--allow-destructive`. */
export const maxPruneExceeded = guard(
  'max-prune-exceeded',
  ({ sync, limit, names }: Sync & { limit: number; names: readonly string[] }) => ({
    message: `${names.length} snapshots of ${sync} would be pruned, and policy.max-prune allows ${limit}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
    help: 'Was snapshots.keep made smaller on purpose? Then: --allow-destructive',
  }),
);
