/**
 * Functions that are the same for several syncs are written once: those of later syncs call the first. Syncs differ mostly in
 * their places, which are in variables.
 */
export class WrittenFunctions {
  readonly #names = new Map<string, string>();

  /**
   * The lines of a sync's functions, each of which ends with a line of its brace alone.
   *
   * @param isCalled others may call these
   */
  once(lines: readonly string[], isCalled: boolean): string[] {
    const written: string[] = [];
    for (let at = 0; at < lines.length; at += 1) {
      const [, kind, number] = /^(\w+)_(\d+)\(\) \{$/.exec(lines[at] ?? '') ?? [];
      const end = kind === undefined ? at : lines.indexOf('}', at);
      const text = [kind, ...lines.slice(at + 1, end)].join('\n');
      const known = this.#names.get(text);
      if (kind === undefined || known === undefined) written.push(...lines.slice(at, end + 1));
      else written.push(`${kind}_${number}() { ${known} "$@"; }`);
      if (kind !== undefined && isCalled && known === undefined) this.#names.set(text, `${kind}_${number}`);
      at = end;
    }
    return written;
  }
}
