import { describe, expect, it } from 'vitest';
import { bugText } from '../../../src/reporters/human/failure.ts';

describe('the report of a bug', () => {
  const about = { argv: ['plan', '--json'], version: '1.2.3', platform: 'node v20.0.0, linux x64' };

  it('asks for a report and has what the report needs', () => {
    const text = bugText({ ...about, error: new TypeError('x is not a function') });
    expect(text).toContain('bug in nbkp');
    expect(text).toContain('Please report it');
    expect(text).toContain('nbkp 1.2.3, node v20.0.0, linux x64');
    expect(text).toContain('command: nbkp plan --json');
    expect(text).toContain('TypeError: x is not a function');
    expect(text).toContain('failure.test.ts');
  });

  it('tells of something thrown that is no error', () => {
    expect(bugText({ ...about, error: 'gone' })).toContain('  gone\n');
  });

  it('lets no control character through to the terminal', () => {
    expect(bugText({ ...about, error: new Error('\u001b[2Jboo') })).not.toContain('\u001b');
  });
});
