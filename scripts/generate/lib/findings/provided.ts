import type * as subject from '../../../../src/planner/model/findings/provided.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  providedUnclear: ['vault', 'does not say where it lies'],
  providedMisused: ['photos', 'does not name a history in vault'],
  providedNowhere: ['vault', 'keeper'],
  storeAbsent: ['vault', 'the server does not answer'],
  storeUnusable: ['vault', 'wrong password'],
  storeUnknown: ['vault'],
  storeToNewFolder: ['/home/ada/back'],
  storeElsewhere: ['photos'],
  storeOpaque: ['photos', 'restic'],
  storeNotWhole: ['photos@2026-03-06T20:00:00.000Z', 'restic', 'restic ended with exit code 1: pack 4f2a is damaged'],
  storeUnverifiable: ['photos', 'mirror'],
};
