import type { Finding } from '../../model/finding.ts';
import type * as Written from '../generated/spec.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { lvmWithoutSnapshot } from '../../model/findings/source-snapshots.ts';
import { keepKeepsNothing, keepWithoutSnapshots, unknownTimezone } from '../../model/findings/spec.ts';

/** Retention that keeps nothing, or that nothing asks for. */
export const snapshots: Check = (input) => {
  const { volumes = {}, syncs = {} } = input.written;
  const zones = new Map<string, boolean>();
  return [
    ...Object.entries(volumes).flatMap(([name, volume]) => table(input, ['volumes', name], volume.snapshots, zones)),
    ...Object.entries(syncs).flatMap(([name, sync]) => [
      ...table(input, ['syncs', name], sync.snapshots, zones),
      ...(sync.lvm === undefined || sync['source-snapshot'] === 'lvm'
        ? []
        : [remarkAt(input, ['syncs', name, 'lvm'], lvmWithoutSnapshot())]),
    ]),
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
  const [section, name = ''] = place;
  const isStored = section === 'volumes' ? input.spec.provided?.[name] : input.spec.syncs[name]?.stored;
  if (isStored !== undefined || (written?.mode !== undefined && written.mode !== 'none')) return [];
  return [remarkAt(input, place, keepWithoutSnapshots())];
}

const RULES = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const KEYS: readonly string[] = [...RULES, 'within', 'timezone'];

function amount(input: CheckInput, place: string[], keep: Written.Keep): Finding[] {
  if (keep.within !== undefined || RULES.some((rule) => (keep[rule] ?? 0) > 0)) return [];
  // What is told already may be a rule with a slip of the pen.
  const isMisspelt = Object.keys(keep).some((key) => !KEYS.includes(key));
  return isMisspelt ? [] : [remarkAt(input, place, keepKeepsNothing())];
}

function timezone(input: CheckInput, place: string[], keep: Written.Keep, known: Map<string, boolean>): Finding[] {
  const zone = keep.timezone;
  if (zone === undefined) return [];
  const valid = known.get(zone) ?? isTimezone(zone);
  known.set(zone, valid);
  if (valid) return [];
  return [remarkAt(input, [...place, 'timezone'], unknownTimezone(zone))];
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
