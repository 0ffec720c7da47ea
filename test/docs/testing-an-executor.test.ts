import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAWS } from '../../src/testkit/laws/index.ts';

describe('docs/testing-an-executor.md', () => {
  it('lists the laws of the kit in their order, each as its test is named', () => {
    const rows = readFileSync('docs/testing-an-executor.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\| (.*?) +\|$/gm);
    expect([...rows].map(([, name, says]) => ({ name, says }))).toEqual(LAWS.map(({ name, says }) => ({ name, says })));
  });
});
