import type { FindDocument, ListDocument } from '../../planner/model/browsing.ts';
import { observed } from './documents.ts';
import { snapshotName } from './parts.ts';

export const LIST: ListDocument = {
  ...observed,
  sync: 'documents',
  snapshot: snapshotName(1),
  path: 'Letters/2026',
  entries: [
    { name: 'Drafts', type: 'directory', size: 0, mode: '755', owner: '1000:1000', time: snapshotName(3) },
    { name: 'a\\#012b', type: 'file', size: 12, mode: '644', owner: '1000:1000', time: snapshotName(90) },
    {
      ...{ name: 'latest', type: 'symlink', size: 0, mode: '777', owner: '1000:1000', time: snapshotName(1) },
      target: 'to grandmother.odt',
    },
    { name: 'to  grandmother.odt', type: 'file', size: 1_310_720, mode: '600', owner: '0:0', time: snapshotName(2) },
  ],
};

export const FOUND: FindDocument = {
  ...observed,
  pattern: '*grandmother*',
  searched: 31,
  versions: [
    {
      ...{ sync: 'documents', path: 'Letters/to  grandmother.odt', type: 'file', size: 1_310_720 },
      ...{ time: snapshotName(2), snapshots: [snapshotName(1.5), snapshotName(1), snapshotName(0.5)] },
    },
    {
      ...{ sync: 'documents', path: 'Letters/to  grandmother.odt', type: 'file', size: 12 },
      ...{ time: snapshotName(90), snapshots: [snapshotName(40)] },
    },
    {
      ...{ sync: 'photos', path: 'grandmother\\#012', type: 'directory', size: 0 },
      ...{ time: snapshotName(400), snapshots: [] },
    },
  ],
};
