/*
 * # Servers
 *
 * What comes of being elsewhere is **absent** for `nbkp check` and skips a sync, and is no error. An unknown or changed key
 * skips it too, since a stranger's machine may have that address here. The others fail: they wait for a person.
 */
import { error, info, warning } from './entry.ts';

/** The clocks of server and machine differ by more than a minute. Fix: `timedatectl set-ntp true` on the one that is wrong. */
export const clockSkew = error('clock-skew', ({ server, seconds }: { server: string; seconds: number }) => ({
  message: `The clock of ${server} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of this machine.`,
  help: 'One of them is wrong. Snapshots bear the time of the machine that makes them.',
}));
/** The machine did not answer the probe. Fix: `nbkp check` says why. */
export const hostNotObserved = info('host-not-observed', (volume: string) => ({
  message: `Nothing is known about the machine of ${volume}.`,
  help: 'Run `nbkp check` to see why.',
}));
/** A machine has a system on which nbkp does not know how to ask what is mounted and what files are. Fix: a machine with Linux. */
export const systemUnknown = error('system-unknown', (machine: string, system: string) => ({
  message: `The system of ${machine} is ${system}. How to ask it which drives are mounted and whose a folder is, nbkp does not know, and does nothing there.`,
  help: 'It knows Linux, on laptops, servers and small boxes.',
}));
/**
 * A machine has macOS: what nbkp asks there is written from its manuals, and was never tried. Fix: look at the plan and at what was copied,
 * and restore something to try it.
 */
export const systemUnproved = warning('system-unproved', (machine: string) => ({
  message: `nbkp was never tried on macOS, which ${machine} has: what it asks there is from the manuals.`,
  help: 'Look at the plan and at what was copied, and restore some files to see that they are all there.',
}));
/** Nothing is copied to a Mac: nobody has looked how its file systems take names that differ only in case. Fix: a destination with Linux. */
export const destinationOnMac = error('destination-on-mac', (volume: string) => ({
  message: `${volume} is on macOS, and what a copy there keeps, and which names it takes for one, is not known.`,
  help: 'What is on a Mac can be copied to a machine with Linux, and restored.',
}));
/** Drives by their UUID are opened and told apart with programs of Linux. Fix: the path where macOS mounts it. */
export const driveOnMac = error('drive-on-mac', (volume: string) => ({
  message: `${volume} is a drive by its UUID, and how to find one on macOS nbkp does not know.`,
  help: 'Without `mount`, `path` is where macOS mounts it: /Volumes/NAME.',
}));
/** `prepare` of a volume that nobody looked at. Fix: `nbkp check` says why. */
export const nothingKnown = info('host-not-observed', (volume: string) => ({
  message: `Nothing is known about ${volume}.`,
}));
/** `check` has a spec that names no place. Fix: `nbkp init` writes a first spec; docs/spec.md has all keys. */
export const nothingToCheck = error('spec-without-volumes', () => ({
  message: 'The spec has no volumes, so that there is nothing to check.',
  help: 'Add [volumes.NAME] and [syncs.NAME], or let nbkp init write a spec in another place: nbkp init --spec FILE',
}));
/** This machine could not be looked at, so that no sync of it can be judged. Fix: as the message says; one of its file systems may hang. */
export const machineNotObserved = error('host-not-observed', (reason: string) => ({
  message: `This machine could not be looked at: ${reason}.`,
}));
/** A drive on a server whose key is not checked would have to be unlocked. Fix: let the key be checked. */
export const hostNotVerified = error('host-not-verified', (volume: string, endpoint: string) => ({
  message: `${volume} is locked, and ssh takes a key of ${endpoint} that it does not know: the passphrase might go to a stranger.`,
  help: `Let the key of ${endpoint} be checked, or unlock the drive there yourself.`,
}));
/** `--location` or `--exclude-location` with a word that no endpoint has (exit code 64). Fix: the right word. */
export const unknownLocation = error('unknown-location', (word: string, help: string) => ({
  message: `No SSH endpoint has the location ${word}.`,
  help,
}));
/** The login works and starts no `sh`, or what it writes is not what was asked, or has no end. Fix: a login without menu or forced command. */
export const remoteShellUnusable = error('remote-shell-unusable', (message: string) => ({
  message,
  help: 'nbkp needs a POSIX sh there, and a login that starts it: no menu, and no forced command.',
}));
/** None of the endpoints that may be used leads to the server now. Fix: each of them has its own finding. */
export const hostUnreachable = info('host-unreachable', (volume: string, reason: string) => ({
  message: `The server of ${volume} cannot be reached: ${reason}.`,
  help: 'nbkp check says what was tried. The next run tries again.',
}));
/** `check` names the server, and its endpoints have findings of their own. */
export const noEndpointLeads = info('host-unreachable', (server: string, reason: string) => ({
  message: `No endpoint leads to ${server} now (${reason}).`,
}));
/** The name leads to no address. Fix: `getent hosts NAME`; correct `host`. */
export const hostNameUnknown = info('host-name-unknown', (endpoint: string, host: string) => ({
  message: `The name ${host} of ${endpoint} leads to no address.`,
  help: `If this machine has a network, correct \`host\` in [ssh.${endpoint}]: getent hosts ${host}`,
}));
/** No way leads there from this network. Fix: connect to its network, or another endpoint. */
export const hostNoRoute = info('host-no-route', (endpoint: string) => ({
  message: `There is no way to ${endpoint} from the network that this machine is in.`,
  help: 'Connect to the network that it is in, or give the volume another endpoint that leads to it.',
}));
/** No SSH server listens on that port. Fix: start it, or correct `port`. */
export const hostRefused = info('host-refused', (endpoint: string) => ({
  message: `${endpoint} is there, but no SSH server listens on that port.`,
  help: `Start it there (sudo systemctl start ssh), or correct \`port\` in [ssh.${endpoint}].`,
}));
/** No answer within `connect-timeout`. Fix: switch it on; a longer `connect-timeout`. */
export const hostTimedOut = info('host-timed-out', (endpoint: string, hasTimeout: boolean) => ({
  message: `${endpoint} did not answer in time.`,
  help: `It may be off, asleep, or behind a firewall.${hasTimeout ? '' : ` If it is only slow: \`connect-timeout\` in [ssh.${endpoint}].`}`,
}));
/**
 * The server's key is not known: nothing was sent. Fix: the command that the help names; compare the fingerprint with the
 * server's own.
 */
export const hostKeyUnknown = info('host-key-unknown', (known: string, byHand: string) => ({
  message: `The key of ${known} is not known yet. Nothing was sent to it.`,
  help: `Connect once and compare the fingerprint with the server's own (there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub): ${byHand}`,
}));
/** The server's key is another one: it may be another machine, nothing was sent. Fix: if it was set up anew, the commands of the help. */
export const hostKeyChanged = error('host-key-changed', (known: string, forget: string) => ({
  message: `The key of ${known} is not the one that was known: this may be another machine. Nothing was sent to it.`,
  help: `If the server was set up anew, forget its old key and accept the new one: ${forget}`,
}));

interface Login {
  endpoint: string;
  /** `user@host`, as ssh says it. */
  who: string;
  /** Of the spec. */
  key: string | null;
}

/** No key that needs no question is let in. Fix: `ssh-add`, `ssh-copy-id`, or `user`. */
export const sshLoginRefused = error('ssh-login-refused', ({ endpoint, who, key }: Login) => ({
  message: `${who} lets this user in with none of the keys that ssh can use without asking.`,
  help: `${key === null ? '' : `See that ${key} is there. `}If the key has a passphrase, give it to the agent: ssh-add${key === null ? '' : ` ${key}`}. If the server does not know the key, add its .pub file to ~/.ssh/authorized_keys there. If the user is another: \`user\` in [ssh.${endpoint}].`,
}));
/** The private key cannot be read, or others can read it. Fix: `chmod 600`, or `key`. */
export const sshKeyUnusable = error('ssh-key-unusable', (endpoint: string, key: string) => ({
  message: `The private key ${key} of ${endpoint} cannot be used.`,
  help: `It has to be there and readable for you alone (chmod 600). Or correct \`key\` in [ssh.${endpoint}].`,
}));
/** OpenSSH does not take an option or its configuration file. Fix: correct it. */
export const sshConfigurationInvalid = error('ssh-configuration-invalid', (endpoint: string, said: string) => ({
  message: `ssh does not accept its configuration for ${endpoint}: ${said}.`,
  help: `Correct it in ~/.ssh/config, or in [ssh.${endpoint}] of the spec.`,
}));
/** There is no `ssh` on this machine. Fix: `sudo apt install openssh-client`. */
export const sshMissing = error('ssh-missing', () => ({
  message: 'The program ssh is not installed on this machine.',
  help: 'sudo apt install openssh-client',
}));
/** The connection ended before it stood. Fix: look at what limits who may connect, and how often. */
export const hostHungUp = error('host-hung-up', (endpoint: string, through: readonly string[]) => ({
  message: `The connection to ${endpoint} was closed before it stood.`,
  help:
    through.length > 0
      ? `See whether ${through.join(' and ')} may connect to it: the server there decides (AllowTcpForwarding, PermitOpen).`
      : 'See the log of its SSH server: it may limit how often one may connect (MaxStartups, fail2ban).',
}));
/** The connection ended before it stood, for another reason. Fix: as the message says. */
export const sshFailed = error('ssh-failed', (endpoint: string, said: string, byHand: string) => ({
  message: `ssh could not connect to ${endpoint}: ${said}.`,
  help: `To see more: ${byHand}`,
}));
/** The connection broke in the middle of a run. Fix: run it again; it goes on from there. */
export const connectionLost = error('connection-lost', (step: string, reason: string) => ({
  message: `${step} could not go on, because the server is out of reach (${reason}).`,
  help: 'Nothing that was complete is lost. Run it again once the server can be reached; it goes on from here.',
}));
/** The connection broke while a command of a step ran. Fix: the next run goes on; `nbkp recover` shows what is left. */
export const connectionBroke = error('connection-lost', (argv: readonly string[]) => ({
  message: `The connection to the server broke at ${argv.join(' ')}`,
  help: 'The next run goes on from here; nbkp recover shows what is left.',
}));
/** A server is reached through more machines than ssh can be told in a command line. Fix: fewer `proxy-jump`, or a nearer way. */
export const tooManyJumps = error('too-many-jumps', (endpoint: string, count: number, most: number) => ({
  message: `${endpoint} is reached through ${count} other machines, and ${most} are possible.`,
  help: 'Leave out what its jump hosts go through by themselves, or name a nearer one in proxy-jump.',
}));
