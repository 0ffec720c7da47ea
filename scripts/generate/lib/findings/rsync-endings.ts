import type * as subject from '../../../../src/planner/model/findings/rsync-endings.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  rsyncFailed: [{ exitCode: 22, said: ['ERROR: out of memory in flist_expand'] }],
  sudoRefused: ['sudo: a password is required'],
  rsyncKilled: ['SIGKILL', { exitCode: null, said: [] }],
  rsyncNotStarted: ['ENOENT', { exitCode: null, said: [] }],
  filesVanished: [{ exitCode: 24, said: [] }],
  transferSilent: [{ exitCode: 30, said: [] }],
  transferTimedOut: [{ exitCode: null, said: [] }],
  rsyncOutputUnknown: [],
  copyDisconnected: [{ exitCode: 255, said: [] }],
  remoteShellNoisy: [{ exitCode: 2, said: ['protocol version mismatch -- is your shell clean?'] }],
};
