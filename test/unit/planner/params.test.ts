import { expect, it } from 'vitest';
import { areParams } from '../../../src/planner/params/valid.ts';
import { udisksParams, type UdisksParams } from '../../../src/planner/kinds/drive/planning.ts';

const MOUNT: UdisksParams = {
  kind: 'mount',
  volume: 'usb',
  uuid: '8a3b2c1d-1111-2222-3333-444455556666',
  fileSystem: null,
  passphraseId: null,
  target: null,
  intent: 'scope',
};

it('takes params that have all that their type says, and more', () => {
  expect(areParams('drive', MOUNT)).toBe(true);
  expect(areParams('drive', { ...MOUNT, later: 1 })).toBe(true);
});

it.each(Object.keys(MOUNT))('refuses params without %s', (key) => {
  const params = Object.fromEntries(Object.entries(MOUNT).filter(([name]) => name !== key));
  expect(areParams('drive', params)).toBe(false);
  expect(() => udisksParams(params)).toThrow('the params are not those of a step that opens or closes a drive');
});

it.each([null, [], 'mount', { ...MOUNT, intent: 'steal' }, { ...MOUNT, target: 1 }])('refuses %j', (params) => {
  expect(areParams('drive', params)).toBe(false);
});

it('refuses a transfer that has some of its params only', () => {
  const some = { source: '/a', target: '/b', options: [], filters: [], maxDelete: { percent: 25, files: null } };
  expect(areParams('transfer', some)).toBe(false);
});
