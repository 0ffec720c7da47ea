import { join } from 'node:path';
import type { Result } from '../../src/api/index.ts';

/** The value of a result that has to be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

/** A spec that backs up `ROOT/source` to `ROOT/drive` in hard-link mode. */
export function specIn(root: string, more = ''): string {
  return `version = 1
[volumes.laptop]
path = ${JSON.stringify(join(root, 'source'))}
[volumes.usb]
path = ${JSON.stringify(join(root, 'drive'))}
snapshots.mode = "hard-link"
[syncs.documents]
source = "laptop"
destination = "usb"
${more}`;
}
