import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { optionMistake } from '../../src/planner/spec/checks/rsync-known.ts';

/** What rsync itself says of a word, alone: that it is none, that its value is missing, or neither. */
function rsyncSays(word: string): 'unknown' | 'needs-value' | null {
  const { stderr } = spawnSync('rsync', [word, '--list-only'], { encoding: 'utf8', input: '' });
  if (/unknown option/.test(stderr)) return 'unknown';
  return /missing argument|must specify|requires|invalid value|needs/i.test(stderr) ? 'needs-value' : null;
}

describe('the options that rsync knows', () => {
  const help = spawnSync('rsync', ['--help'], { encoding: 'utf8' }).stdout;
  const options = help.split('\n').flatMap((line) => {
    const written = /^(?<names>-\S*(?:, -\S+)?) {2,}/.exec(line)?.groups?.['names'] ?? '';
    return written
      .split(', ')
      .filter((name) => name !== '' && !name.includes('OPTION'))
      .map((name): [string, boolean] => [name.replace(/=.*/, ''), written.includes('=')]);
  });

  it('are those of its help, with a value or without', () => {
    expect(options.length).toBeGreaterThan(150);
    const wrong = options.filter(([name, value]) => optionMistake(name, value ? 'x' : null) !== null);
    expect(wrong).toEqual([]);
  });

  it('are refused where rsync refuses them', () => {
    const words = ['--bwlimi', '--no-archive', '--detect-renames', '-w', '-G', '--delete-exclude', '--no-recursiv'];
    expect(words.map((word) => [word, rsyncSays(word)])).toEqual(words.map((word) => [word, 'unknown']));
    expect(words.map((word) => optionMistake(word, null))).toEqual(words.map(() => 'unknown'));
  });
});
