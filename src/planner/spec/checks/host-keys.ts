import { remarkAt, type Check } from './check.ts';
import { hostKeyNotChecked } from '../../model/findings/spec.ts';

/** A server whose key is not checked may be anybody's: never silently. */
export const hostKeys: Check = (input) =>
  Object.entries(input.written.ssh ?? {}).flatMap(([name, endpoint]) => {
    const raw = Object.entries(endpoint.options ?? {}).find(
      ([option]) => option.toLowerCase() === 'stricthostkeychecking',
    );
    const rawOff = raw !== undefined && /^(no|off|false)$/i.test(String(raw[1]));
    if (endpoint['strict-host-key-checking'] !== false && !rawOff) return [];
    const place = rawOff ? ['options', raw[0]] : ['strict-host-key-checking'];
    return [remarkAt(input, ['ssh', name, ...place], hostKeyNotChecked(name))];
  });
