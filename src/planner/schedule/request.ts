/** What is to run, and when. */
export interface ScheduleRequest {
  /** Of the units: `nbkp`, unless somebody needs a second schedule. */
  name: string;
  scope: 'user' | 'system';
  /** Absolute. */
  spec: string;
  /** The command line of nbkp itself, absolute: a timer has no PATH to speak of. */
  program: string[];
  /** Variables that this nbkp was started with and that a run has to have too. */
  environment: Record<string, string>;
  /** Seconds between two runs. */
  everySeconds: number;
  /** Drives whose arrival starts a run of their syncs; none when that is not wanted. */
  drives: { volume: string; uuid: string }[];
  /** A volume of the spec is on a server. */
  network: boolean;
  /** False when the spec says itself what happens on battery. */
  onlyOnPower: boolean;
  /** Why the service keeps rights that other specs' services do not have; null when it does not. */
  openBecause: string | null;
  /** Where units of this scope are. */
  unitDirectory: string;
}

/** A file of a schedule. */
export interface ScheduleFile {
  path: string;
  text: string;
}

/** The first line of each file that nbkp made; what does not begin so is not touched. */
export function markerOf(spec: string): string {
  return `# Made by nbkp schedule for ${JSON.stringify(spec)}. To take it away: nbkp schedule remove`;
}

/**
 * Whose a file is.
 *
 * @param text of the file; null when there is none
 */
export function ownerOf(text: string | null, spec: string): 'nobody' | 'this' | 'other-spec' | 'foreign' {
  if (text === null) return 'nobody';
  const [first = ''] = text.split('\n');
  if (first === markerOf(spec)) return 'this';
  return first.startsWith('# Made by nbkp schedule for ') ? 'other-spec' : 'foreign';
}

/** The words of a run. */
export function runWords({ program, spec, onlyOnPower }: ScheduleRequest, ...more: string[]): string[] {
  const power = onlyOnPower ? ['--only-on-power'] : [];
  return [...program, 'run', '--spec', spec, '--wait', '10m', '--keep-awake', ...power, ...more];
}
