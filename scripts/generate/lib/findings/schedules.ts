import type * as subject from '../../../../src/planner/model/findings/schedules.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  noSystemd: [true],
  scheduleForeignFile: ['/home/ada/.config/systemd/user/nbkp.service'],
  scheduleExists: [
    '/home/ada/.config/systemd/user/nbkp.timer',
    'Made by nbkp schedule for "/home/ada/work/nbkp.toml". To take it away: nbkp schedule remove',
  ],
  scheduleCommandFailed: [['systemctl', '--user', 'daemon-reload'], 'Failed to connect to bus: No medium found'],
  scheduleNotPossible: [],
  unitUnwritable: ['/etc/systemd/system/nbkp.timer', 'EACCES: permission denied'],
  lingerOff: ['ada'],
  homeEncrypted: ['ada', 'ecryptfs'],
  sshNeedsAgent: ['pi-lan'],
  timerWithoutCredentials: ['prompt'],
};
