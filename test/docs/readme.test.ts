import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('README.md', () => {
  it('shows a screen that is what the planner and the reporter make of the scenario that it names', () => {
    const readme = readFileSync('README.md', 'utf8');
    const screen = readFileSync('test/golden/scenarios/second-run-prunes/diff.txt', 'utf8');
    expect(readme).toContain(`$ nbkp plan\n${screen}`);
  });
});
