import type { Finding } from '../../model/finding.ts';
import type * as Written from '../generated/spec.ts';
import { nearest } from '../../model/suggest.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';

/** Retention that keeps nothing, or that nothing asks for. */
export const snapshots: Check = (input) => {
  const { volumes = {}, syncs = {} } = input.written;
  const zones = new Map<string, boolean>();
  return [
    ...Object.entries(volumes).flatMap(([name, volume]) => table(input, ['volumes', name], volume.snapshots, zones)),
    ...Object.entries(syncs).flatMap(([name, sync]) => table(input, ['syncs', name], sync.snapshots, zones)),
  ];
};

function table(
  input: CheckInput,
  owner: string[],
  written: Written.Snapshots | undefined,
  zones: Map<string, boolean>,
): Finding[] {
  const keep = written?.keep;
  if (keep === undefined) return [];
  const place = [...owner, 'snapshots', 'keep'];
  return [...modeOf(input, place, written), ...amount(input, place, keep), ...timezone(input, place, keep, zones)];
}

function modeOf(input: CheckInput, place: string[], written: Written.Snapshots | undefined): Finding[] {
  if (written?.mode !== undefined && written.mode !== 'none') return [];
  return [
    remarkAt(input, place, {
      severity: 'warning',
      code: 'keep-without-snapshots',
      message: '`keep` has no effect without snapshots.',
      help: 'Add mode = "hard-link" (or "btrfs") next to it, or remove `keep`.',
    }),
  ];
}

const RULES = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

function amount(input: CheckInput, place: string[], keep: Written.Keep): Finding[] {
  if (keep.within !== undefined || RULES.some((rule) => (keep[rule] ?? 0) > 0)) return [];
  return [
    remarkAt(input, place, {
      code: 'keep-keeps-nothing',
      message: '`keep` has no rule that keeps a snapshot.',
      help: 'Say what to keep, such as keep = { last = 3, daily = 7 }, or remove it to keep all.',
    }),
  ];
}

function timezone(input: CheckInput, place: string[], keep: Written.Keep, known: Map<string, boolean>): Finding[] {
  const zone = keep.timezone;
  if (zone === undefined) return [];
  const valid = known.get(zone) ?? isTimezone(zone);
  known.set(zone, valid);
  if (valid) return [];
  const near = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return [
    remarkAt(input, [...place, 'timezone'], {
      code: 'unknown-timezone',
      message: `There is no time zone "${zone}".`,
      help: near === null ? 'Write an IANA name such as "Europe/Paris" or "UTC".' : `Did you mean "${near}"?`,
    }),
  ];
}

/** Offsets such as +02:00 are zones for newer versions of Node only. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
