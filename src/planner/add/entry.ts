import { entryText, inlineText, type Section } from '../import/toml.ts';
import { canonical } from '../model/canonical.ts';
import { success, type Result } from '../model/result.ts';
import { child, table, type SpecDocument, type TomlTable } from '../spec/document.ts';
import { parseToml } from '../spec/toml.ts';

/** What is put into a spec. */
export interface Entry {
  section: 'ssh' | 'volumes' | 'syncs';
  name: string;
  entry: Section<object>;
}

/** An edit of a text: only puts something in. */
interface Insertion {
  at: number;
  text: string;
}

/**
 * The text of a spec with one entry more. All that is there stays as it is, comments, layout and ends of lines too: what the
 * edited text means is compared with what was there, and the first place where nothing else changes is taken.
 *
 * @param name one that the section does not have
 * @returns errors where the text is no TOML
 */
export function withEntry(text: string, path: string, added: Entry): Result<string> {
  const parsed = parseToml(text, path);
  if (!parsed.ok) return parsed;
  for (const { at, text: piece } of insertions(text, parsed.value, added)) {
    const edited = text.slice(0, at) + piece + text.slice(at);
    const after = parseToml(edited, path);
    if (after.ok && addsOnly(parsed.value.data, after.value.data, added)) return success(edited);
  }
  throw new Error(`no place for ${added.section}.${added.name} in ${path}`);
}

function addsOnly(before: TomlTable, after: TomlTable, { section, name, entry }: Entry): boolean {
  const { [name]: there, ...others } = table(after[section]);
  const was = { ...before, [section]: table(before[section]) };
  return (
    canonical(there ?? null) === canonical(entry.written) &&
    canonical({ ...after, [section]: others }) === canonical(was)
  );
}

/** Where it may go, the best place first: beside its like, at the end of the file, before the first of its like. */
function* insertions(text: string, document: SpecDocument, { section, name, entry }: Entry): Generator<Insertion> {
  const pointer = child('', section);
  const inline = document.values.get(pointer);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (inline !== undefined) {
    const more = Object.keys(table(document.data[section])).length > 0 ? ',' : ' ';
    yield { at: inline + 1, text: ` ${inlineText(name, entry.written)}${more}` };
    return;
  }
  const block = entryText(section, name, entry).replaceAll('\n', end);
  const offsets = [...document.keys, ...document.values];
  const own = offsets.filter(([key]) => key === pointer || key.startsWith(`${pointer}/`)).map(([, offset]) => offset);
  const last = Math.max(...own);
  const next = offsets.map(([, offset]) => offset).filter((offset) => offset > last);
  if (own.length > 0 && next.length > 0)
    yield between(text, aboveComments(text, document, Math.min(...next)), block, end);
  yield between(text, text.length, block, end);
  if (own.length > 0) {
    const dotted = `${section}.${inlineText(name, entry.written)}${end}`;
    yield { at: lineStart(document, Math.min(...own)), text: dotted };
  }
}

/** With an empty line before and after it. */
function between(text: string, at: number, block: string, end: string): Insertion {
  const before = text.slice(0, at);
  const gap = /(^|\n)\r?\n$/.test(before) || before === '' ? '' : before.endsWith('\n') ? end : end + end;
  return { at, text: gap + block + (at < text.length ? end : '') };
}

function lineStart({ lineStarts }: SpecDocument, offset: number): number {
  return lineStarts.findLast((start) => start <= offset) ?? 0;
}

/** The comments right above a header belong to it. */
function aboveComments(text: string, { lines, lineStarts }: SpecDocument, offset: number): number {
  let line = lineStarts.findLastIndex((start) => start <= offset);
  while (line > 0 && /^\s*#/.test(lines[line - 1] ?? '')) line -= 1;
  return lineStarts[line] ?? text.length;
}
