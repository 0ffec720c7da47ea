import { quote } from '../model/quote.ts';
import { runWords, type ScheduleRequest } from './request.ts';

/** A launchd agent of macOS, or a daemon for the system scope (launchd.plist(5)). */
export function launchdPlist(request: ScheduleRequest): string {
  const { name, everySeconds, environment } = request;
  const strings = runWords(request).map((each) => `    <string>${xml(each)}</string>`);
  const variables = Object.entries(environment).flatMap(([key, value]) => [
    `    <key>${xml(key)}</key>`,
    `    <string>${xml(value)}</string>`,
  ]);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    '  <key>Label</key>',
    `  <string>${xml(labelOf(name))}</string>`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...strings,
    '  </array>',
    ...(variables.length === 0 ? [] : ['  <key>EnvironmentVariables</key>', '  <dict>', ...variables, '  </dict>']),
    '  <key>StartInterval</key>',
    `  <integer>${everySeconds}</integer>`,
    '  <key>StartOnMount</key>',
    request.drives.length === 0 ? '  <false/>' : '  <true/>',
    '  <key>ProcessType</key>',
    '  <string>Background</string>',
    '  <key>LowPriorityIO</key>',
    '  <true/>',
    '  <key>Nice</key>',
    '  <integer>19</integer>',
    '</dict>',
    '</plist>',
  ].join('\n')}\n`;
}

/** Where launchd looks for it. */
export function launchdPath({ name, scope }: Pick<ScheduleRequest, 'name' | 'scope'>): string {
  return `${scope === 'user' ? '~/Library/LaunchAgents' : '/Library/LaunchDaemons'}/${labelOf(name)}.plist`;
}

function labelOf(name: string): string {
  return `org.nbkp.${name}`;
}

/** XML 1.0 has no way to write most control characters. */
function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (found) => entities[found] ?? found).replace(/(?![\t\n])\p{Cc}/gu, '�');
}

/**
 * A line for crontab(5), where there is no systemd.
 *
 * @returns null when a line cannot say it: a percent sign and a line break mean something else there
 */
export function cronLine(request: ScheduleRequest): string | null {
  const words = [
    ...Object.entries(request.environment).map(([key, value]) => `${key}=${quote(value)}`),
    'nice -n 19',
    ...runWords(request).map(quote),
  ].join(' ');
  if (/[\n\r]/.test(words)) return null;
  return `${cronTime(request.everySeconds)} ${words.replaceAll('%', '\\%')}`;
}

/** The nearest that cron can say and that is not less often. */
function cronTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const fitting = (step: number, whole: number): number => {
    for (let each = Math.min(step, whole); each > 1; each -= 1) if (whole % each === 0) return each;
    return 1;
  };
  if (minutes < 60) return `*/${fitting(Math.max(1, minutes), 60)} * * * *`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `17 */${fitting(hours, 24)} * * *`;
  return hours < 7 * 24 ? '17 3 * * *' : '17 3 * * 1';
}
