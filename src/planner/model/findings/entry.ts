/** The message, and what a person can do about it. */
interface Text {
  message: string;
  help?: string;
}

/*
 * An entry of the catalogue is a function of what its text names. What it returns is a finding without its place, sync and
 * volume, which the caller adds.
 */

export function error<C extends string, A extends unknown[], T extends Text>(code: C, text: (...params: A) => T) {
  return (...params: A) => ({ severity: 'error' as const, code, ...text(...params) });
}

/** An error that protects data and that `--allow-destructive` overrides. */
export function guard<C extends string, A extends unknown[], T extends Text>(code: C, text: (...params: A) => T) {
  return (...params: A) => ({ severity: 'error' as const, code, ...text(...params), guard: true as const });
}

export function warning<C extends string, A extends unknown[], T extends Text>(code: C, text: (...params: A) => T) {
  return (...params: A) => ({ severity: 'warning' as const, code, ...text(...params) });
}

/** Normal, and worth knowing: what skips a sync is one. */
export function info<C extends string, A extends unknown[], T extends Text>(code: C, text: (...params: A) => T) {
  return (...params: A) => ({ severity: 'info' as const, code, ...text(...params) });
}
