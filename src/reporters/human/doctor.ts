import type { DoctorDocument, Program, SpecSketch } from '../../planner/model/doctor.ts';
import type { Style } from '../style.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/width.ts';
import { checkText } from './check.ts';

/** All that a report of a bug needs, and then what is missing. */
export function doctorText(document: DoctorDocument, style: Style): string {
  const { nbkp, system, libraries, programs, spec, checks } = sanitised(document);
  const layout = { width: style.width, indent: '' };
  const form = nbkp.form === 'file' ? 'one file' : 'package';
  const facts = [
    ['nbkp', `${nbkp.version}, build ${nbkp.build}, ${form}`],
    ['Node', `${system.node}, ${system.architecture}`],
    ['system', `${system.name}, kernel ${system.kernel}`],
    ['spec', specText(spec)],
  ];
  const used = `with ${libraries.map(({ name, version }) => `${name} ${version}`).join(', ')}`;
  return [
    ...table(facts, layout),
    '',
    ...table(
      programs.map((program) => programRow(program, style)),
      layout,
    ),
    '',
    ...wrap(used, style.width).map(style.dim),
    '',
    checkText({ checks, findings: [] }, style),
  ].join('\n');
}

function programRow({ name, version, use }: Program, style: Style): string[] {
  if (version === null) return [name, 'not installed', style.dim(use)];
  return [name, version === '' ? 'installed' : version, style.dim(use)];
}

function specText({ state, codes, syncs, volumes, onServers, drives, modes }: SpecSketch): string {
  const findings = codes.length === 0 ? '' : `; findings: ${codes.join(', ')}`;
  if (state === 'none') return 'none found';
  if (state === 'invalid') return `not valid${findings}`;
  const parts = [
    plural(syncs, 'sync'),
    plural(volumes, 'volume'),
    ...(onServers === 0 ? [] : [`${onServers} on servers`]),
    ...(drives === 0 ? [] : [plural(drives, 'drive')]),
    ...(modes.length === 0 ? [] : [`snapshots: ${modes.join(', ')}`]),
  ];
  return `${parts.join(', ')}${findings}`;
}
