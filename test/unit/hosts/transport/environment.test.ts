import { expect, it } from 'vitest';
import { childEnvironment } from '../../../../src/hosts/transport/environment.ts';

it('gives children our environment in the C locale, without rsync settings and passphrases', () => {
  const own = {
    PATH: '/bin',
    LC_ALL: 'de_DE.UTF-8',
    RSYNC_RSH: 'evil',
    RSYNC_PARTIAL_DIR: 'x',
    NBKP_PASSPHRASE_USB: 'secret',
    NBKP_SPEC: 'nbkp.toml',
  };
  expect(childEnvironment(own)).toEqual({ PATH: '/bin', LC_ALL: 'C', NBKP_SPEC: 'nbkp.toml' });
});
