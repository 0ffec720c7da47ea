import { expect, it } from 'vitest';
import { childEnvironment, relativeEntries } from '../../../../src/hosts/transport/environment.ts';

it('gives children our environment in the C locale', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/ada',
    LC_ALL: 'de_DE.UTF-8',
    NBKP_SPEC: 'nbkp.toml',
    SSH_AUTH_SOCK: '/run/agent',
  };
  expect(childEnvironment(own)).toEqual({ ...own, LC_ALL: 'C' });
});

it.each([
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'NODE_OPTIONS',
  'BASH_ENV',
  'ENV',
  'GIT_DIR',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PERL5LIB',
  'RSYNC_RSH',
  'NBKP_PASSPHRASE_USB',
])('keeps %s from children', (name) => {
  expect(childEnvironment({ [name]: 'x', HOME: '/home/ada' })).toEqual({ HOME: '/home/ada', LC_ALL: 'C' });
});

it.each(['ENVIRONMENT', 'MY_ENV', 'OLD_PATH', 'GITHUB_ACTIONS', 'LDAP_URI', 'NODENAME'])(
  'leaves %s, which only looks like one',
  (name) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual({ [name]: 'x', LC_ALL: 'C' });
  },
);

it('finds programs in absolute folders only', () => {
  expect(childEnvironment({ PATH: ':/usr/bin:.:bin:/bin:' })['PATH']).toBe('/usr/bin:/bin');
  expect(relativeEntries(':/usr/bin:.:bin:/bin')).toEqual(['', '.', 'bin']);
  expect(relativeEntries('/usr/bin:/bin')).toEqual([]);
});
