import { remarkAt, type Check } from './check.ts';

/** A server whose key is not checked may be anybody's: never silently. */
export const hostKeys: Check = (input) =>
  Object.entries(input.written.ssh ?? {}).flatMap(([name, endpoint]) => {
    const raw = Object.entries(endpoint.options ?? {}).find(
      ([option]) => option.toLowerCase() === 'stricthostkeychecking',
    );
    const rawOff = raw !== undefined && /^(no|off|false)$/i.test(String(raw[1]));
    if (endpoint['strict-host-key-checking'] !== false && !rawOff) return [];
    const place = rawOff ? ['options', raw[0]] : ['strict-host-key-checking'];
    return [
      remarkAt(input, ['ssh', name, ...place], {
        severity: 'warning',
        code: 'host-key-not-checked',
        message: `The key of ${name} is not checked: whoever answers at its address gets the backup.`,
        help: 'Remove this, and connect once with ssh to accept the key.',
      }),
    ];
  });
