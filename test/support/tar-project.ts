import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { writeExample } from './example-plugin.ts';
import { Sandbox } from './sandbox.ts';

/** Of this nbkp. */
export const OWN_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the plugin is, below the project. */
export const PLUGIN = 'node_modules/nbkp-executor-tar';

/** `tar`: further lines of the sync that is packed. */
export function specOf(root: string, tar = ''): string {
  return `version = 1
[volumes.laptop]
path = "${root}/laptop"
[volumes.usb]
path = "${root}/usb"
[syncs.packed]
source = "laptop:documents"
destination = "usb:packed"
transfer = "tar"
${tar}
[syncs.plain]
source = "laptop:documents"
destination = "usb:plain"
`;
}

/**
 * A project with the example of docs/writing-an-executor.md beside its spec, trusted, and a second sync that does not need
 * it. Prepared and saved.
 */
export function tarProject(root: string): Sandbox {
  const sandbox = new Sandbox(root);
  sandbox.files({ 'laptop/documents/letter': 'Dear reader', 'package.json': packageJson('nbkp-executor-tar') });
  mkdirSync(join(root, 'usb'));
  sandbox.writeSpec(specOf(root));
  addPlugin(sandbox, 'nbkp-executor-tar');
  trustPlugins(sandbox);
  const prepared = sandbox.nbkp('prepare', '--yes');
  expect(prepared.code, prepared.stderr).toBe(0);
  sandbox.save();
  return sandbox;
}

export function packageJson(...names: string[]): string {
  return JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });
}

/** @param page of the docs that has it */
export function addPlugin(
  { root }: Sandbox,
  name: string,
  change?: (text: string, file: string) => string,
  page?: string,
): void {
  writeExample(join(root, 'node_modules', name), change, page);
  const link = join(root, 'node_modules/nbkp');
  rmSync(link, { force: true });
  symlinkSync(OWN_ROOT, link);
}

export function trustPlugins(sandbox: Sandbox): void {
  const trusted = sandbox.nbkp('plugins', 'trust');
  expect(trusted.code, trusted.stderr).toBe(0);
}

/** Replaces a text in a file, which has to be there. */
export function editFile(path: string, before: string, after: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
}
