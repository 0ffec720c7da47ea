import { describe, expect, test } from 'vitest';
import { expandFilters, type Expanded } from '../../../../src/planner/kinds/rsync/filters.ts';
import { flagsOf, objectionsToFlags } from '../../../../src/planner/model/rsync-flags.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Filter, Sync } from '../../../../src/planner/model/spec.ts';
import { world } from '../../../support/facts.ts';
import { specOf, syncOf } from '../../../support/transfer.ts';
import { RSYNC_RULES } from '../../../support/filter-rules.ts';

function expanded(
  changes: Partial<Sync>,
  filterFiles: Record<string, string[] | null> = {},
  filterProblems: Facts['filterProblems'] = {},
): Expanded {
  const sync = syncOf('none', changes);
  const position = { file: 'nbkp.toml', line: 2, column: 5 };
  const spec = { ...specOf(sync, {}), positions: { '/syncs/photos/filters/0': position }, lines: ['one', 'two'] };
  return expandFilters({
    spec,
    sync,
    facts: { ...world({ volumes: {}, endpoints: {}, filterFiles }), filterProblems },
  });
}

const NAMED = 'in line 1 of rules';

const rule = (text: string): Filter => ({ kind: 'rule', rule: text });

describe('filters', () => {
  test('of every kind become rules of rsync, in their order', () => {
    const filters: Filter[] = [
      { kind: 'include', pattern: '*.jpg' },
      { kind: 'exclude', pattern: '!' },
      { kind: 'exclude', pattern: ' leading blank' },
      { kind: 'dir-merge', name: '.rsync-filter', excludeSelf: false },
      { kind: 'dir-merge', name: '.rules', excludeSelf: true },
      { kind: 'merge', path: 'rules' },
      rule('P /keep'),
    ];
    const { rules, findings } = expanded(
      { filters, filterFile: '~/last' },
      { rules: ['- a', '+ b'], '~/last': ['- z'] },
    );
    expect(findings).toEqual([]);
    expect(rules).toEqual([
      ...['+ *.jpg', '- !', '-  leading blank', ': .rsync-filter', ':e .rules', '- a', '+ b', 'P /keep', '- z'],
    ]);
  });

  test.each(RSYNC_RULES)('may be any rule of rsync: %j', (text) => {
    expect(expanded({ filters: [rule(text)] })).toEqual({ rules: [text], named: [text], findings: [] });
  });

  test.each([
    ...['!', 'clear', 'clear_', '!x'].map((text) => [text, 'filter-clears-protection']),
    ...['. file', '.,- file', 'merge file', 'merge,e file'].map((text) => [text, 'filter-nested-merge']),
    ...['*.tmp', 'x', '-', '- ', '-q x', 'exclude', 'excluding x', '', '- \uFFFD', '- a\nb'].map((text) => [
      text,
      'filter-invalid',
    ]),
  ])(
    'that would not do what they seem to do are errors, and of a file only the line is named: %j',
    (text = '', code = '') => {
      const inSpec = expanded({ filters: [rule(text)] });
      expect(inSpec).toMatchObject({
        rules: [],
        findings: [{ severity: 'error', code, location: { line: 2, column: 5 }, excerpt: 'two' }],
      });
      const inFile = expanded({ filters: [{ kind: 'merge', path: 'rules' }] }, { rules: ['- good', '', text] });
      // An empty line is a comment.
      if (text === '') return expect(inFile).toEqual({ rules: ['- good'], named: [NAMED], findings: [] });
      expect(inFile).toMatchObject({ rules: ['- good'], named: [NAMED], findings: [{ severity: 'error', code }] });
      expect(inFile.findings[0]?.message).toContain('in line 3 of rules');
      expect(inFile.findings[0]?.message).not.toContain(`"${text}"`);
    },
  );

  test.each([null, undefined])('in a file that could not be read are an error', (content) => {
    const files = content === undefined ? {} : { rules: content };
    expect(expanded({ filterFile: 'rules' }, files)).toMatchObject({
      rules: [],
      findings: [{ severity: 'error', code: 'filter-file-unreadable' }],
    });
  });

  test('in a file that others can write to are an error, and a warning where it was read nevertheless', () => {
    const problem = { rules: { kind: 'writable' as const, because: 'belongs to user 7', help: 'chown' } };
    const code = 'filter-file-writable-by-others';
    expect(expanded({ filterFile: 'rules' }, { rules: null }, problem)).toMatchObject({
      rules: [],
      findings: [{ severity: 'error', code, help: 'chown' }],
    });
    expect(expanded({ filterFile: 'rules' }, { rules: ['- a'] }, problem)).toMatchObject({
      rules: ['- a'],
      findings: [{ severity: 'warning', code }],
    });
  });

  test('in a file that was not read are missing, with a warning', () => {
    const files = expanded({ filterFile: 'rules' }, { rules: null }, { rules: { kind: 'outside' } });
    expect(files).toMatchObject({ rules: [], findings: [{ severity: 'warning', code: 'filter-file-outside' }] });
  });

  test('are judged all at once', () => {
    expect(expanded({ filters: [rule('!'), rule('x'), rule('- ok')] }).findings).toHaveLength(2);
  });
});

describe('flags', () => {
  test.each([
    ...['--filter=!', '--filter=clear', '--exclude=!', '--include=!', '-f!', '!'],
    ...['--exclude-from=/x', '--include-from', '--exclude-from'],
  ])('that undo the protection of sentinels are errors: %j', (word) => {
    expect(objectionsToFlags(['-a', word])).toMatchObject([{ severity: 'error', code: 'filter-clears-protection' }]);
  });

  test.each(['--exclude=!x', '--filter=- !', '-H', '--exclude=*', '-F', '-C'])('may be others: %j', (word) => {
    expect(objectionsToFlags([word])).toEqual([]);
  });

  test('are the default ones unless the user replaces them', () => {
    const rsync = syncOf('none').rsync;
    expect(flagsOf(rsync)).toMatchObject({
      options: ['-a', '--delete', '--delete-excluded', '--partial-dir=.rsync-partial'],
    });
    expect(flagsOf({ ...rsync, options: [] })).toEqual({ options: [], extraOptions: [], deletes: false });
    expect(flagsOf({ ...rsync, delete: false })).toMatchObject({
      options: ['-a', '--partial-dir=.rsync-partial'],
      deletes: false,
    });
  });
});
