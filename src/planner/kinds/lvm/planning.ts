import type { ExecutorPlanning } from '../../model/executor.ts';
import { isLvmSnapshot, lvmCommands } from '../source-snapshot/lvm-commands.ts';
import { cleanUpVolume, planVolume, prepareVolume, questionsAboutVolume } from '../source-snapshot/lvm.ts';
import { SNAPSHOT_VERSION } from '../snapshot/common.ts';

/** Temporary snapshots of the logical volume that a source lies on, thin or of a given size. */
export const lvmPlanning: ExecutorPlanning<'source-snapshot' | 'source-check' | 'source-release'> = {
  name: 'lvm',
  version: SNAPSHOT_VERSION,
  kinds: ['source-snapshot', 'source-check', 'source-release'],
  sourceSnapshots: { plan: planVolume, prepare: prepareVolume, cleanUp: cleanUpVolume },
  questions: questionsAboutVolume,
  commands: (params) => {
    if (!isLvmSnapshot(params)) throw new Error('the params are not those of a snapshot of a logical volume');
    return lvmCommands(params);
  },
};
