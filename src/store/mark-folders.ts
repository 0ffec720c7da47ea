import { mkdirSync } from 'node:fs';
import type { Finding } from '../planner/model/finding.ts';
import type { Spec } from '../planner/model/spec.ts';
import { unwritable } from './state-directory.ts';

/** Makes the folders of marks of what executors keep on no volume. They are in the state directory, where no drive can be absent. */
export function makeMarkFolders({ volumes }: Spec): Finding[] {
  return Object.values(volumes).flatMap(({ path, marksOnly }) => {
    if (marksOnly !== true || path === null) return [];
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return [];
    } catch (error) {
      return [unwritable(path, error)];
    }
  });
}
