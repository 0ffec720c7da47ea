import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, '.cache/packages');

export const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** A file that `npm run package` has made. */
export function packaged(name: string): string {
  const file = join(FOLDER, name);
  if (!existsSync(file)) throw new Error(`${file} is not there: npm run package -- test makes it first`);
  return file;
}

/** Of a backup between two folders. */
export function specOf(folder: string): string {
  return `version = 1
[volumes.laptop]
path = "${folder}/laptop"
[volumes.usb]
path = "${folder}/usb"
snapshots.mode = "hard-link"
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
`;
}
