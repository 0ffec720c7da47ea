import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/executors/registry.ts';
import { describeBuiltIn } from './built-in.ts';
import { hooks, leftovers, unprepared } from './worlds.ts';

describeBuiltIn('command', hooks);
describeBuiltIn('prepare', unprepared('hard-link'));
describeBuiltIn('recover', leftovers);

describe('the executors that come with nbkp', () => {
  it('are the ones that these tests know, each under a name of its own', () => {
    // lvm and udisks are proved in the lab (test/lab), where there are volume groups and drives.
    const known = ['btrfs', 'command', 'hard-link', 'lvm', 'prepare', 'recover', 'restore', 'rsync', 'udisks'];
    expect(BUILT_IN.map(({ planning }) => planning.name).sort()).toEqual(known);
  });
});
