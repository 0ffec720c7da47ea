import type * as subject from '../../../../src/planner/model/findings/servers.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  clockSkew: [{ server: 'pi', seconds: 90 }],
  systemUnknown: ['this machine', 'FreeBSD'],
  hostNotObserved: ['hub'],
  nothingKnown: ['hub'],
  nothingToCheck: [],
  machineNotObserved: ['no answer'],
  hostNotVerified: ['hub', 'pi-lan'],
  unknownLocation: ['hmoe', 'Did you mean `home`?'],
  remoteShellUnusable: ['The server of hub does not answer: no sh answered.'],
  hostUnreachable: ['hub', 'pi-lan: no answer; pi-wan: no such name'],
  noEndpointLeads: ['pi', 'pi-lan: no answer'],
  hostNameUnknown: ['pi-wan', 'pi.example.org'],
  hostNoRoute: ['pi-lan'],
  hostRefused: ['pi-lan'],
  hostTimedOut: ['pi-lan', false],
  hostKeyUnknown: ['pi.example.org', 'ssh -p 2222 backup@pi.example.org'],
  hostKeyChanged: [
    '[pi.example.org]:2222',
    "ssh-keygen -R '[pi.example.org]:2222' && ssh -p 2222 backup@pi.example.org",
  ],
  sshLoginRefused: [{ endpoint: 'pi-lan', who: 'backup@10.0.0.42', key: null }],
  sshKeyUnusable: ['pi-lan', '~/.ssh/backup'],
  sshConfigurationInvalid: ['pi-lan', '/home/ada/.ssh/config: line 3: Bad configuration option: usr'],
  sshMissing: [],
  hostHungUp: ['pi-lan', ['bastion']],
  sshFailed: ['pi-lan', 'Bad port 0', 'ssh backup@10.0.0.42'],
  connectionLost: ['transfer:photos', 'pi-lan: no answer'],
  connectionBroke: [['mkdir', '-p', '/srv/backup/photos']],
  tooManyJumps: ['pi-wan', 12, 10],
};
