import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Puts a package of `packages/`, as it is built, beside a spec, as a project does that brings its plugins along. */
export function usePackage(folder: string, name: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { [`nbkp-${name}`]: '1' } }));
  mkdirSync(join(folder, 'node_modules'));
  const built = fileURLToPath(new URL(`../../packages/${name}`, import.meta.url));
  symlinkSync(built, join(folder, 'node_modules', `nbkp-${name}`));
}
