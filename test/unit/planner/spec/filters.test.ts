import { describe, expect, test } from 'vitest';
import { aboutElsewhere } from '../../../../src/planner/spec/filters/elsewhere.ts';
import type { Filter } from '../../../../src/planner/model/spec.ts';
import { exclusionsOf } from '../../../../src/planner/spec/filters/excludes.ts';
import { parseFilterRule } from '../../../../src/planner/spec/filters/rule.ts';

describe('a filter rule', () => {
  test.each([
    ['- foo', 'exclude', '', 'foo'],
    ['-_foo', 'exclude', '', 'foo'],
    ['-  foo', 'exclude', '', ' foo'],
    ['-,s foo', 'exclude', 's', 'foo'],
    ['-! */', 'exclude', '!', '*/'],
    ['+ *.c', 'include', '', '*.c'],
    ['exclude,sr foo', 'exclude', 'sr', 'foo'],
    ['include_foo', 'include', '', 'foo'],
    ['H .nbkp-*', 'hide', '', '.nbkp-*'],
    ['Pp .rsync-partial/', 'protect', 'p', '.rsync-partial/'],
    ['show x', 'show', '', 'x'],
    ['risk,p x', 'risk', 'p', 'x'],
    [': .f', 'dir-merge', '', '.f'],
    [':C', 'dir-merge', 'C', ''],
    ['dir-merge,n- .f', 'dir-merge', 'n-', '.f'],
    ['-C', 'exclude', 'C', ''],
    ['merge /a b', 'merge', '', '/a b'],
    ['!', 'clear', '', ''],
    ['clear', 'clear', '', ''],
  ])('%s is understood as rsync does', (text, kind, modifiers, argument) => {
    expect(parseFilterRule(text)).toEqual({ kind, modifiers, argument });
  });

  test.each(['', 'foo', 'Exclude x', ' - x', '# x', '-foo', '-z x', 'H,s x', '-', '- ', 'merge', ':', '! x', 'clear '])(
    '"%s" is refused as rsync does',
    (text) => {
      expect(parseFilterRule(text)).toHaveProperty('problem');
    },
  );
});

describe('a pattern that repeats where the source is (filter-with-source)', () => {
  const told = (filter: Filter, source = '/home/ada'): string | null => aboutElsewhere(filter, source)?.help ?? null;
  const rule = (text: string): Filter => ({ kind: 'rule', rule: text });

  test.each([
    [rule('- /home/ada/.cache'), 'Write /.cache'],
    [rule('exclude /home/ada/.cache/'), 'Write /.cache/'],
    [{ kind: 'exclude', pattern: '/home/ada/x' } as const, 'Write /x'],
    [rule('- ~/Downloads'), 'Write /Downloads'],
    [rule('- /home/adamant/x'), null],
    [rule('- /home/ada'), null],
    [rule('- home/ada/x'), null],
    [rule('-/ /home/ada/.cache'), null],
    [rule('. /home/ada/rules'), null],
    [rule('- /.cache'), null],
  ])('%j is told what to write', (filter, help) => {
    expect(told(filter)).toBe(help);
  });

  test('is one of the home folder too, and of a source that is the root none', () => {
    expect(told(rule('- ~/x'), '~')).toBe('Write /x');
    expect(told(rule('- /home/x'), '/')).toBeNull();
  });
});

describe('a directory is kept out of the transfer', () => {
  const excluded = (rules: string[], path: string): string | null =>
    exclusionsOf(rules.map((rule) => ({ kind: 'rule', rule })))(path);

  test.each([
    [['- b'], 'a/b', 'a/b'],
    [['- b/'], 'a/b/c', 'a/b'],
    [['- /b'], 'a/b', null],
    [['- /a'], 'a/b', 'a'],
    [['- a/b'], 'x/a/b', 'x/a/b'],
    [['- a*'], 'x/abc', 'x/abc'],
    [['- a?c'], 'a/c', null],
    [['- **/c'], 'c', 'c'],
    [['- /a/**/d'], 'a/b/c/d', 'a/b/c/d'],
    [['- /a/**'], 'a', null],
    [['- /a/***'], 'a', 'a'],
    [['- [ab]x'], 'bx', 'bx'],
    [['- [!ab]x'], 'bx', null],
    [['- [z-a]'], 'z', null],
    [['- \\[x]*'], '[x]y', '[x]y'],
    [['- a.c'], 'abc', null],
    [['+ b', '- *'], 'b', null],
    [['- *', '+ b'], 'b', 'b'],
    [['+ a/', '- *'], 'a/b', 'a/b'],
    [['-! b'], 'a', 'a'],
    [['H a'], 'a', 'a'],
    [['S a', 'H a'], 'a', null],
    [['-r a', 'P a'], 'a', null],
    [['-/ /a', '-C', ': .f', '!'], 'a', null],
  ])('by %j: %s → %s', (rules, path, part) => {
    expect(excluded(rules, path)).toBe(part);
  });

  test('by tables as by rules, and not by files, whose rules are not known', () => {
    expect(exclusionsOf([{ kind: 'exclude', pattern: 'a' }])('a')).toBe('a');
    expect(
      exclusionsOf([
        { kind: 'include', pattern: 'a' },
        { kind: 'exclude', pattern: '*' },
      ])('a'),
    ).toBe(null);
    expect(
      exclusionsOf([
        { kind: 'merge', path: '/f' },
        { kind: 'dir-merge', name: 'f', excludeSelf: true },
      ])('a'),
    ).toBe(null);
  });
});
