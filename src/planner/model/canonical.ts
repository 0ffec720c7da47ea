/**
 * The one text of a value in canonical JSON (RFC 8785, JSON Canonicalization Scheme): no white space, the keys of each
 * object sorted by UTF-16 code units, numbers as ECMAScript writes them. Properties that are undefined are left out, as
 * JSON.stringify does; lone surrogates, which the RFC forbids, are escaped as it does.
 *
 * @throws Error for what JSON cannot hold, such as NaN or a function: that is a bug
 */
export function canonical(value: unknown): string {
  let text = '';
  writeCanonical(value, (piece) => {
    text += piece;
  });
  return text;
}

/** The same text in small pieces, for documents too large to hold twice. No piece ends within a character. */
export function writeCanonical(value: unknown, write: (piece: string) => void): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return write(JSON.stringify(value));
    case 'number':
      if (Number.isFinite(value)) return write(JSON.stringify(value));
      throw new Error(`${value} is not JSON`);
    case 'object':
      if (value === null) return write('null');
      return Array.isArray(value) ? writeArray(value, write) : writeObject(value, write);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new Error(`a value of type ${typeof value} is not JSON`);
  }
}

function writeArray(items: readonly unknown[], write: (piece: string) => void): void {
  let before = '[';
  for (const item of items) {
    write(before);
    writeCanonical(item, write);
    before = ',';
  }
  write(before === '[' ? '[]' : ']');
}

function writeObject(object: object, write: (piece: string) => void): void {
  let before = '{';
  for (const key of Object.keys(object).sort()) {
    const value: unknown = Reflect.get(object, key);
    if (value === undefined) continue;
    write(`${before}${JSON.stringify(key)}:`);
    writeCanonical(value, write);
    before = ',';
  }
  write(before === '{' ? '{}' : '}');
}
