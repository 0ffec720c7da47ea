import { mountableVolume } from '../kinds/source-snapshot/lvm.ts';
import type { DirectoryFacts } from '../model/facts.ts';
import { hasErrors } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { Choices } from './first-spec.ts';

/** What could make a snapshot of a source, by what it lies on. Whether it may, and has room, a plan says. */
export function snapshotsFor(source: DirectoryFacts | null): Choices['ofOneMoment'] {
  if (source?.subvolume === true) return 'btrfs';
  return source !== null && mountableVolume(source) !== null ? 'lvm' : null;
}

/** Whether no snapshot can be made of all of the source. */
export function isRefused({ findings }: Plan): boolean {
  return hasErrors(findings.filter(({ code }) => code.startsWith('source-snapshot')));
}
