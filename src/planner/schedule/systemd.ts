import { hardening } from './hardening.ts';
import { markerOf, runWords, type ScheduleFile, type ScheduleRequest } from './request.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Timer, service, and what starts a run when a drive is plugged in (systemd.timer(5), systemd.service(5), udev(7)). */
export function systemdFiles(request: ScheduleRequest): ScheduleFile[] {
  const { name, drives, scope, unitDirectory } = request;
  const units = [
    [`${name}.timer`, timer(request)],
    [`${name}.service`, service(request, `Backups of ${request.spec}`, [])],
    ...drives.map(({ volume, uuid }) => [
      `${name}-plugged-${volume}.service`,
      service(request, `Backups that touch ${volume}, which was plugged in`, ['--only', `${volume}:`], uuid),
    ]),
  ];
  const files = units.map(([file = '', text = '']) => ({ path: `${unitDirectory}/${file}`, text }));
  if (scope === 'user' || drives.length === 0) return files;
  return [...files, { path: `/etc/udev/rules.d/90-${name}.rules`, text: udevRule(request) }];
}

/** What makes the files count, and starts the timer. */
export function systemdCommands({ name, scope, drives }: ScheduleRequest): string[][] {
  const systemctl = systemctlOf(scope);
  // As root a rule of udev starts these; a user's own manager is told by the unit of the device.
  const plugged = scope === 'user' ? drives.map(({ volume }) => `${name}-plugged-${volume}.service`) : [];
  return [
    [...systemctl, 'daemon-reload'],
    [...systemctl, 'enable', '--now', `${name}.timer`],
    ...(plugged.length === 0 ? [] : [[...systemctl, 'enable', ...plugged]]),
    ...(scope === 'system' && drives.length > 0 ? [['udevadm', 'control', '--reload']] : []),
  ];
}

/** @param units names of those that are there */
export function removalCommands(scope: 'user' | 'system', units: readonly string[]): string[][] {
  const switched = units.filter((unit) => unit.endsWith('.timer') || /-plugged-.*\.service$/.test(unit));
  return switched.length === 0 ? [] : [[...systemctlOf(scope), 'disable', '--now', ...switched]];
}

export function systemctlOf(scope: 'user' | 'system'): string[] {
  return scope === 'user' ? ['systemctl', '--user'] : ['systemctl'];
}

function timer({ spec, everySeconds, scope }: ScheduleRequest): string {
  const calendar = calendarOf(everySeconds);
  const [start, interval] = [scope === 'user' ? 'OnStartupSec' : 'OnBootSec', 'OnUnitActiveSec'];
  const when =
    calendar === null
      ? [`${start}=15min`, `${interval}=${everySeconds}s`]
      : [`OnCalendar=${calendar}`, '# What was missed because the machine was off is made up for.', 'Persistent=true'];
  return unit(spec, {
    Unit: [`Description=When the backups of ${escapeText(spec)} run`],
    Timer: [...when, 'RandomizedDelaySec=5min'],
    Install: ['WantedBy=timers.target'],
  });
}

/** Null for what a calendar cannot say: such a timer counts from the last run. */
function calendarOf(seconds: number): string | null {
  if (seconds === DAY) return 'daily';
  if (seconds === 7 * DAY) return 'weekly';
  if (seconds === HOUR) return 'hourly';
  if (seconds < HOUR && seconds % MINUTE === 0 && HOUR % seconds === 0) return `*:0/${seconds / MINUTE}`;
  if (seconds < DAY && seconds % HOUR === 0 && DAY % seconds === 0) return `*-*-* 0/${seconds / HOUR}:00:00`;
  return null;
}

function service(request: ScheduleRequest, description: string, more: string[], uuid?: string): string {
  const { spec, scope, network, onlyOnPower, environment, openBecause } = request;
  const isSystem = scope === 'system';
  return unit(spec, {
    Unit: [
      `Description=${escapeText(description)}`,
      ...(isSystem && network ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    ],
    Service: [
      'Type=oneshot',
      ...Object.entries(environment).map(([key, value]) => `Environment=${assignment(`${key}=${value}`)}`),
      // A user's manager cannot wait for a unit of the system; this waits for as long, and goes on in any case.
      ...(!isSystem && network ? ['ExecStartPre=-/usr/bin/env nm-online -q -t 30'] : []),
      `ExecStart=${runWords(request, ...more)
        .map(word)
        .join(' ')}`,
      ...(onlyOnPower ? ['# For backups on battery too, write on-battery under [policy] of the spec.'] : []),
      `# Tried again where another run was at work${onlyOnPower ? ' or the machine on battery' : ''} (75), not after other ends.`,
      'Restart=on-failure',
      'RestartSec=10min',
      'RestartPreventExitStatus=1 3 4 64 65 130 143',
      '# Ended in good order.',
      'SuccessExitStatus=143',
      'Nice=19',
      'IOSchedulingClass=idle',
      '# nbkp ends its own children in order; what it has mounted it unmounts.',
      'KillMode=mixed',
      'TimeoutStopSec=5min',
      ...hardening(scope, openBecause),
    ],
    ...(uuid === undefined || isSystem ? {} : { Install: [`WantedBy=${deviceUnit(uuid)}`] }),
  });
}

/** A device of the file system's UUID; systemd makes a unit for each that udev knows (systemd.device(5)). */
function deviceUnit(uuid: string): string {
  return `dev-disk-by\\x2duuid-${uuid.replaceAll('-', '\\x2d')}.device`;
}

function udevRule({ name, spec, drives }: ScheduleRequest): string {
  const rules = drives.map(
    ({ volume, uuid }) =>
      `ACTION=="add", SUBSYSTEM=="block", ENV{ID_FS_UUID}=="${uuid}", TAG+="systemd", ` +
      `ENV{SYSTEMD_WANTS}+="${name}-plugged-${volume}.service"`,
  );
  return `${[markerOf(spec), ...rules].join('\n')}\n`;
}

function unit(spec: string, sections: Record<string, readonly string[]>): string {
  const texts = Object.entries(sections).map(
    ([name, lines]) => `[${name}]\n${lines.map((line) => `${line}\n`).join('')}`,
  );
  return `${markerOf(spec)}\n\n${texts.join('\n')}`;
}

/** Percent signs are specifiers in every setting (systemd.unit(5)). */
function escapeText(text: string): string {
  return text.replaceAll('%', '%%').replace(/\p{Cc}/gu, ' ');
}

/** One word of a command line, where a dollar sign begins a variable (systemd.service(5), "Command lines"). */
function word(text: string): string {
  return assignment(text.replaceAll('$', '$$$$'));
}

/** One word of a setting, as of `Environment=`, where a dollar sign means nothing (systemd.exec(5), systemd.syntax(7)). */
function assignment(text: string): string {
  const escaped = text.replaceAll('%', '%%');
  if (/^[\w@%+=:,./~$-]+$/.test(escaped)) return escaped;
  const quoted = escaped.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${quoted}"`;
}
