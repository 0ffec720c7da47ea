import type * as subject from '../../../../src/planner/model/findings/file-systems.ts';
import type { Examples } from './type.ts';

const none = { count: 0, paths: [] };
const left = {
  destination: 'usb:photos',
  title: 'exFAT',
  leftOut: { collides: none, name: { count: 1, paths: ['Talk: notes.txt'] }, size: none },
};

export const examples: Examples<typeof subject> = {
  notKept: [{ volume: 'usb', title: 'exFAT', lost: ['owners', 'modes', 'links'] }],
  optionsAskTooMuch: [{ volume: 'usb', title: 'exFAT', lost: ['owners', 'hard links'] }],
  entriesLeftOut: [left],
  entriesSkipped: [left],
  filesWrittenAnew: [{ files: 1204, bytes: 5_368_709_120, snapshot: '2026-11-28T03:17:00.000Z' }],
};
