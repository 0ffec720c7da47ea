import type { Filter } from '../../model/spec.ts';
import { parseFilterRule, type FilterRule } from './rule.ts';

/**
 * Says of a directory (relative to the root of the transfer) what keeps it out of the transfer: itself or a directory
 * around it that the filters exclude; null when it is copied. Rules that are read from files count for nothing here.
 *
 * A directory that is excluded is not entered, and in each the first rule that matches decides (rsync(1), SIMPLE
 * INCLUDE/EXCLUDE RULES).
 */
export function exclusionsOf(filters: readonly Filter[]): (path: string) => string | null {
  const rules = filters.flatMap(senderRule);
  return (path) => {
    if (rules.length === 0) return null;
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length++) {
      const directory = parts.slice(0, length).join('/');
      const decisive = rules.find((rule) => matches(rule, directory));
      if (decisive?.excludes === true) return directory;
    }
    return null;
  };
}

interface SenderRule {
  excludes: boolean;
  pattern: RegExp;
  negated: boolean;
}

/** Rules for the sender's side, which decide what is read. Those for absolute paths, xattrs and CVS do not count. */
function senderRule(filter: Filter): SenderRule[] {
  const rule = ruleOf(filter);
  if (rule === null || /[/xC]/.test(rule.modifiers)) return [];
  if (rule.modifiers.includes('r') && !rule.modifiers.includes('s')) return [];
  const excludes = rule.kind === 'exclude' || rule.kind === 'hide';
  if (!excludes && rule.kind !== 'include' && rule.kind !== 'show') return [];
  return [{ excludes, pattern: patternToRegExp(rule.argument), negated: rule.modifiers.includes('!') }];
}

function ruleOf(filter: Filter): FilterRule | null {
  if (filter.kind === 'include' || filter.kind === 'exclude') {
    return { kind: filter.kind, modifiers: '', argument: filter.pattern };
  }
  if (filter.kind !== 'rule') return null;
  const rule = parseFilterRule(filter.rule);
  return 'problem' in rule ? null : rule;
}

function matches({ pattern, negated }: SenderRule, directory: string): boolean {
  return pattern.test(directory) !== negated;
}

/** For directories: rsync(1), PATTERN MATCHING RULES. */
function patternToRegExp(pattern: string): RegExp {
  const anchored = pattern.startsWith('/');
  // Three stars or more: the slash that rsync adds to a directory's name then matches too.
  const bare = pattern.replace(/\/$/, '');
  const withContents = /\/\*{3,}$/.test(bare);
  const named = bare.slice(anchored ? 1 : 0).replace(/\/\*{3,}$/, '');
  // Nothing is added by `**/` where a pattern may begin at any depth.
  const body = anchored ? named : named.replace(/^\*\*+\//, '');
  const source = /[*?[]/.test(body) ? wildcards(body) : escape(body);
  try {
    return new RegExp(`${anchored ? '^' : '(?:^|/)'}${source}${withContents ? '(?:/.*)?' : ''}$`, 's');
  } catch {
    // A class such as [z-a], which matches nothing.
    return /(?!)/;
  }
}

function wildcards(body: string): string {
  return body.replace(/\\.|\*\*+|\*|\?|\[[!^]?\]?(?:\[:\w+:\]|[^\]])*\]|[^\\*?[]+|[^]/g, (token) => {
    if (token.startsWith('**')) return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length > 1 && token.startsWith('\\')) return escape(token.slice(1));
    return token.length > 1 && token.startsWith('[') ? characterClass(token) : escape(token);
  });
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  punct: '!-/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

function characterClass(token: string): string {
  const negated = /^\[[!^]/.test(token);
  const inner = token
    .slice(negated ? 2 : 1, -1)
    .replace(/\[:(\w+):\]|[[\]\\]/g, (found, name?: string) =>
      name === undefined ? `\\${found}` : (POSIX[name] ?? ''),
    );
  return `(?!/)[${negated ? '^' : ''}${inner}]`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
