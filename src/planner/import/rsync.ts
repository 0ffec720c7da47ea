import type { Draft } from './draft.ts';
import type * as Written from '../spec/generated/spec.ts';
import { forbiddenOption } from '../spec/checks/rsync-forbidden.ts';
import { optionsIn } from '../spec/checks/rsync-known.ts';
import { rsyncOptionLeftOut } from '../model/findings/imports.ts';

interface Word {
  text: string;
  offset: number;
}

/** Options that the spec takes, and the rules that were written as options. */
export interface Options {
  options: string[];
  filters: Written.Filter[];
}

/** Options as the Python tool hands them to rsync: a value may stand in a word of its own. */
export function importOptions(draft: Draft, words: readonly Word[], mode: string): Options {
  const result: Options = { options: [], filters: [] };
  for (const word of joined(words)) {
    const rule = ruleIn(word.text);
    if (rule === null) result.options.push(...allowed(draft, word, mode));
    else if (typeof rule !== 'string' || !PROTECTION.test(rule)) result.filters.push(rule);
  }
  return result;
}

/** `--bwlimit`, `500` is one option, written as one word. */
function joined(words: readonly Word[]): Word[] {
  const all: Word[] = [];
  for (const word of words) {
    const last = all.at(-1);
    if (word.text.startsWith('-') || last === undefined) all.push({ ...word });
    else last.text += last.text.startsWith('--') ? `=${word.text}` : word.text;
  }
  return all;
}

/** What nbkp adds by itself. */
const PROTECTION = /^[HP] \.nbkp-\*$/;

function ruleIn(word: string): Written.Filter | null {
  const found = /^(?:--(?<name>exclude|include|filter)=|-f=?)(?<value>.+)$/s.exec(word)?.groups;
  const value = found?.['value'];
  if (value === undefined) return null;
  if (found?.['name'] === 'exclude') return { exclude: value };
  if (found?.['name'] === 'include') return { include: value };
  return value;
}

/** Without what the spec does not allow: `-av` is `-a`, since nbkp reads what rsync prints. */
function allowed(draft: Draft, { text, offset }: Word, mode: string): string[] {
  const names = text.startsWith('-') ? optionsIn(text) : [];
  const refused = names.filter((name) => {
    const refusal = forbiddenOption(name, { mode, deletes: true });
    if (refusal !== null) draft.source.remark(offset, rsyncOptionLeftOut(name, refusal));
    return refusal !== null;
  });
  if (refused.length === 0) return [text];
  if (text.startsWith('--')) return [];
  const kept = names.filter((name) => !refused.includes(name));
  const value = refused.includes(names.at(-1) ?? '') ? '' : text.slice(1 + names.length);
  return kept.length === 0 ? [] : [`-${kept.map((name) => name.slice(1)).join('')}${value}`];
}
