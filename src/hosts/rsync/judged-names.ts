import { parseItem } from './items.ts';
import { unescaped } from './names.ts';

const SLASH = 0x2f;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;
/** `*`, `?` and `[`: without one of them rsync takes a rule by its letters, backslashes included. */
const WILD = [0x2a, 0x3f, 0x5b];
/** A rule ends with its line. This stands for the one byte that it leaves out. */
const ANY_BUT = new Map([
  [NEWLINE, Buffer.from('[^\x01-\x09\x0b-\xff]', 'latin1')],
  [RETURN, Buffer.from('[^\x01-\x0c\x0e-\xff]', 'latin1')],
]);

/**
 * The names that a dry run would delete, for a pass that deletes these and nothing else: not what has come into a folder
 * since, nor what is missing only now.
 */
export class JudgedNames {
  readonly #rules: Buffer[] = [];

  get count(): number {
    return this.#rules.length;
  }

  /** Takes a line of a dry run with `--out-format='%i %l %n'`; others are passed over. */
  read(line: string): void {
    const item = parseItem(line);
    if (item?.change === 'delete') this.#rules.push(literalRule('R /', bytesOf(item.path)));
  }

  /** What `--filter='merge -'` reads: these are at risk, everything else at the destination is protected. */
  rules(): Buffer {
    return Buffer.concat([...this.#rules, Buffer.from('P *\n')]);
  }
}

/** A name as rsync shows it. */
export function bytesOf(shown: string): Buffer {
  return Buffer.from(unescaped(shown), 'latin1');
}

/** What `--filter='merge -'` reads: nothing of the source is seen but these, and the folders that they are in. */
export function onlyThese(paths: readonly Buffer[]): Buffer {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.indexOf(SLASH); at !== -1; at = path.indexOf(SLASH, at + 1)) {
      folders.add(path.subarray(0, at + 1).toString('latin1'));
    }
  }
  const shown = [...[...folders].map((folder) => Buffer.from(folder, 'latin1')), ...paths];
  return Buffer.concat([...shown.map((path) => literalRule('S /', path)), Buffer.from('H *\n')]);
}

/** A rule for just one name. The slash at the end of a folder's stays: the rule is for it as long as it is a folder. */
export function literalRule(rule: string, name: Buffer): Buffer {
  const isPattern = name.some((byte) => WILD.includes(byte) || ANY_BUT.has(byte));
  const pattern = isPattern ? Buffer.concat([...name].map(literally)) : name;
  return Buffer.concat([Buffer.from(rule), pattern, Buffer.of(NEWLINE)]);
}

function literally(byte: number): Buffer {
  const ends = ANY_BUT.get(byte);
  if (ends !== undefined) return ends;
  return byte === BACKSLASH || WILD.includes(byte) ? Buffer.of(BACKSLASH, byte) : Buffer.of(byte);
}
