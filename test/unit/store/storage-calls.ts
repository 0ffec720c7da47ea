import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { vi } from 'vitest';

/**
 * Notes what is done to files while `action` runs: `fsync name`, `rename name`, `link name`. Everything is really done;
 * only a power cut would show that something was not flushed, and no test can make one.
 */
export function storageCalls(action: () => void): string[] {
  const calls: string[] = [];
  const names = new Map<number, string>();
  const { openSync, fsyncSync, renameSync, linkSync } = fs;
  const spies = [
    vi.spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
      const descriptor = openSync(path, flags, mode);
      names.set(descriptor, nameOf(String(path)));
      return descriptor;
    }),
    vi.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
      fsyncSync(descriptor);
      calls.push(`fsync ${names.get(descriptor) ?? 'unknown'}`);
    }),
    vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      renameSync(from, to);
      calls.push(`rename ${nameOf(String(to))}`);
    }),
    vi.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      linkSync(from, to);
      calls.push(`link ${nameOf(String(to))}`);
    }),
  ];
  syncBuiltinESMExports();
  try {
    action();
  } finally {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  }
  return calls;
}

/** Of temporary files only what they are for. */
function nameOf(path: string): string {
  return basename(path).replace(/^\.nbkp-tmp-(.*)-[0-9a-f]{8}-\d+-[0-9a-f]{8}$/, 'temporary $1');
}
