import type * as subject from '../../../../src/planner/model/findings/verifying.ts';
import type { Examples } from './type.ts';

const COPY = '/media/ada/Backup/photos/snapshots/2026-11-28T03:17:00.000Z';

export const examples: Examples<typeof subject> = {
  noChecksums: [COPY],
  filesNotListed: [COPY, `find: '${COPY}/private': Permission denied`],
  copyUnreadable: [COPY, `rsync: [sender] change_dir "${COPY}" failed: Input/output error (5)`],
};
