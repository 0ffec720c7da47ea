import { createRequire } from 'node:module';
import type { Runner } from './subject.ts';

/** The runner of this process: its globals where it has some (vitest with `globals: true`), else node:test. */
export function detectRunner(): Runner {
  const globals = globalThis as unknown as Partial<Runner>;
  if (typeof globals.describe === 'function' && typeof globals.it === 'function') return globals as Runner;
  if (process.env['VITEST'] !== undefined) {
    throw new Error(
      "vitest has no globals here. Pass its functions: describeExecutor(subject, { describe, it, beforeAll, afterAll }), imported from 'vitest'.",
    );
  }
  return createRequire(import.meta.url)('node:test') as Runner;
}
