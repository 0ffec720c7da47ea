import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './sandbox.ts';

/** Puts a package of `packages/`, as it is built, beside a spec, as a project does that brings its plugins along, and trusts it. */
export function usePackage(sandbox: Sandbox, name: string): void {
  const folder = sandbox.root;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { [`nbkp-${name}`]: '1' } }));
  mkdirSync(join(folder, 'node_modules'));
  const built = fileURLToPath(new URL(`../../packages/${name}`, import.meta.url));
  symlinkSync(built, join(folder, 'node_modules', `nbkp-${name}`));
  const { code, stdout, stderr } = sandbox.nbkp('plugins', 'trust');
  if (code !== 0) throw new Error(`the package is not trusted: ${stdout}${stderr}`);
}
