import type { DirectoryFacts, DriveFacts } from '../model/facts.ts';
import { plannedStep, type Precondition, type Step } from '../model/step.ts';
import type { Volume } from '../model/spec.ts';
import { PREPARE } from '../kinds/create/planning.ts';
import { pointer } from '../model/pointer.ts';

/** A volume's own directory and the drive that it is on. */
export interface Root {
  directory: DirectoryFacts;
  drive: DriveFacts | undefined;
}

/** A step that makes something in a volume; none without commands. */
export function createStep(
  volume: Volume,
  key: string,
  summary: string,
  commands: string[][],
  { directory, drive }: Root,
): Step[] {
  if (commands.length === 0) return [];
  return [
    plannedStep({
      id: `create:${key}`,
      kind: 'create',
      executor: PREPARE,
      volume: volume.name,
      host: volume.host,
      action: 'create',
      summary,
      reason: `${volume.name} is ${directory.realPath}${deviceText(directory, drive)}`,
      preconditions: samePlaceAs(volume, directory),
      commands,
      params: { commands },
    }),
  ];
}

/** Such as ` on /dev/sdb1 (ext4, label Backup, mounted at /media/ada/Backup)`: what a person can tell a drive by. */
function deviceText({ mount }: DirectoryFacts, drive: DriveFacts | undefined): string {
  if (mount === null) return '';
  const [device] = drive?.devices ?? [];
  const label = (drive?.cleartext ?? device)?.label ?? '';
  const details = [
    mount.fsType,
    ...(label === '' ? [] : [`label ${label}`]),
    ...(drive?.cleartext == null || device === undefined ? [] : [`unlocked from ${device.path}`]),
    `mounted at ${mount.target}`,
  ];
  return ` on ${mount.source} (${details.join(', ')})`;
}

function samePlaceAs(volume: Volume, directory: DirectoryFacts): Precondition[] {
  const expected = [
    ['realPath', directory.realPath, 'directory'],
    ['inode', directory.inode, 'inode'],
  ] as const;
  return expected.map(([field, value, noun]) => ({
    fact: pointer('volumes', volume.name, 'directory', field),
    check: 'equals',
    value,
    description: `the ${noun} of ${volume.name}`,
  }));
}
