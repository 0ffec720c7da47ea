import type { ExecutorPlanning } from '../../model/executor.ts';
import { argvList } from '../command/params.ts';

/** The executor of what a volume needs before its first sync. */
export const PREPARE = { name: 'prepare', version: '1.0.0' };

/** What a volume needs before its first sync. The only executor that creates sentinels. */
export const preparePlanning: ExecutorPlanning<'create' | 'record'> = {
  ...PREPARE,
  kinds: ['create', 'record'],
  commands: argvList,
};
