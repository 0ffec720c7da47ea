/**
 * The value that a JSON pointer names (RFC 6901), such as `/endpoints/usb:photos/latest/name`; `~1` in it stands for a
 * slash in a key and `~0` for a tilde.
 *
 * @returns undefined when there is no such value, or `pointer` is no pointer
 */
export function readPointer(document: unknown, pointer: string): unknown {
  return pointer === '' || pointer.startsWith('/') ? partsOf(pointer).reduce(member, document) : undefined;
}

function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return /^(?:0|[1-9]\d*)$/.test(key) ? items[Number(key)] : undefined;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/** A JSON pointer (RFC 6901) from its parts. */
export function pointer(...parts: string[]): string {
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys that a JSON pointer is made of. */
export function partsOf(pointer: string): string[] {
  const [, ...keys] = pointer.split('/');
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
