import {
  exclusiveKeys,
  importMissingKey,
  importUnknownKey,
  importWrongType,
  readAsNothing,
} from '../model/findings/imports.ts';
import type { Source } from './source.ts';
import type { YamlEntry, YamlTable, YamlValue } from './yaml.ts';

/** What pydantic, which reads the Python tool's configuration, takes for true and false. */
const TRUE = ['true', 'yes', 'on', 'y', 't', '1'];
const FALSE = ['false', 'no', 'off', 'n', 'f', '0'];

/**
 * Reads a table key by key and notes what does not fit. Keys may be written in kebab case or in snake case, and null
 * means the same as a key that is not there.
 */
export class Table {
  readonly offset: number;
  readonly #source: Source;
  readonly #entries = new Map<string, YamlEntry>();
  readonly #asked = new Set<string>();

  constructor(table: YamlTable, source: Source) {
    this.offset = table.offset;
    this.#source = source;
    for (const [key, entry] of table.entries) this.#entries.set(key.replaceAll('_', '-'), entry);
  }

  /** The value of a key, unless it is null. */
  value(key: string): YamlValue | undefined {
    this.#asked.add(key);
    const value = this.#entries.get(key)?.value;
    return value?.kind === 'scalar' && value.value === null ? undefined : value;
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (value.kind === 'scalar') return value.text;
    this.#wrong(key, value, 'text');
    return undefined;
  }

  /** As `text`, of a key that the Python tool takes for absent unless YAML makes a text of it: `2024` is a number. */
  textOrNothing(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (value.kind === 'scalar' && value.isText) return value.text;
    const written = value.kind === 'scalar' ? value.text : value.kind === 'list' ? '[…]' : '{…}';
    this.#source.remark(value.offset, readAsNothing(key, written));
    return undefined;
  }

  /** Two keys of which only one may be there; the second only if the first is absent. */
  exclusive(first: string, second: string): void {
    if (this.value(first) === undefined || this.value(second) === undefined) return;
    this.#source.remark(this.offsetOf(second), exclusiveKeys(first, second));
  }

  /** Text that has to be there: '' and an error when it is not. */
  required(key: string): string {
    const text = this.text(key);
    if (text === undefined && this.value(key) === undefined) {
      this.#source.remark(this.offset, importMissingKey(key));
    }
    return text ?? '';
  }

  flag(key: string): boolean | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const word = value.kind === 'scalar' ? value.text.toLowerCase() : '';
    if (TRUE.includes(word)) return true;
    if (!FALSE.includes(word)) this.#wrong(key, value, 'true or false');
    return FALSE.includes(word) ? false : undefined;
  }

  whole(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const number = value.kind !== 'scalar' ? NaN : Number(typeof value.value === 'number' ? value.value : value.text);
    if (Number.isInteger(number)) return number;
    this.#wrong(key, value, 'a whole number');
    return undefined;
  }

  list(key: string): YamlValue[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (value.kind === 'list') return value.items;
    this.#wrong(key, value, 'a list');
    return [];
  }

  /** A list of texts. */
  texts(key: string): { text: string; offset: number }[] {
    return this.list(key).flatMap((item) => {
      if (item.kind === 'scalar') return { text: item.text, offset: item.offset };
      this.#wrong(key, item, 'a list of texts');
      return [];
    });
  }

  /** A table inside; an empty one when it is not there. */
  table(key: string): Table {
    const value = this.value(key);
    if (value?.kind === 'table') return new Table(value, this.#source);
    if (value !== undefined) this.#wrong(key, value, 'a table');
    return new Table({ kind: 'table', offset: this.offset, entries: new Map() }, this.#source);
  }

  /** Tables by name. */
  tables(key: string): { name: string; table: Table; offset: number; entries: YamlTable['entries'] }[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (value.kind !== 'table') {
      this.#wrong(key, value, 'a table of names');
      return [];
    }
    return [...value.entries].flatMap(([name, entry]) => {
      const { offset, value: inner } = entry;
      if (inner.kind === 'table')
        return { name, table: new Table(inner, this.#source), offset, entries: inner.entries };
      this.#wrong(name, inner, 'a table');
      return [];
    });
  }

  /** Of the value of a key; of the table itself when the key is not there. */
  offsetOf(key: string): number {
    return this.#entries.get(key)?.value.offset ?? this.offset;
  }

  /** Of a key; of the table itself when the key is not there. */
  keyOf(key: string): number {
    return this.#entries.get(key)?.offset ?? this.offset;
  }

  /** To be called when all keys that mean something were read: the Python tool ignores the others without a word. */
  done(): void {
    const known = [...this.#asked];
    for (const [key, { offset }] of this.#entries) {
      if (this.#asked.has(key)) continue;
      this.#source.remark(offset, importUnknownKey(key, known));
    }
  }

  #wrong(key: string, value: YamlValue, expected: string): void {
    this.#source.remark(value.offset, importWrongType(key, expected));
  }
}
