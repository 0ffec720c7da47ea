import type { IdentityFacts, Owner } from '../../planner/model/identity.ts';
import validate from '../../planner/plan-file/generated/validate-stored.js';
import { CARGO_IDS } from '../../planner/file-systems/kept.ts';
import type { EndpointAnswer } from './parse-answer.ts';
import { isRecord, parseJson } from '../../planner/model/json.ts';

/** How the probe's words for a sentinel begin that it could not read, or that is no file. */
const UNREADABLE = '-';

/** Seconds. A larger window would take other files for the same. */
const LARGEST_WINDOW = 2;

/** What the sentinels of a folder say, from the line in each; null when nobody has looked. */
export function identityFacts({ source, destination, last }: EndpointAnswer['said']): IdentityFacts | null {
  const facts = {
    ...{ ...sourceFacts(source), ...ownerFacts(destination), ...lastFacts(last) },
    ...newerFacts({ '.nbkp-src': source, '.nbkp-dst': destination, '.nbkp-last.json': last }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

function newerFacts(lines: Readonly<Record<string, string | undefined>>): Pick<IdentityFacts, 'newer'> {
  for (const [name, line = ''] of Object.entries(lines)) {
    const format = formatOf(parseJson(line));
    if (format !== null && Number.parseInt(format, 10) > 1) return { newer: { name, format } };
  }
  return {};
}

function sourceFacts(line: string | undefined): IdentityFacts {
  if (line === undefined || line.startsWith(UNREADABLE)) return {};
  if (line === '') return { source: null };
  const id = idOf(fieldsOf(line)?.['id']);
  return id === null ? { source: null, sourceDamaged: true } : { source: id };
}

function ownerFacts(line: string | undefined): { owner?: Owner | null } {
  if (line === undefined || line.startsWith(UNREADABLE)) return {};
  if (line === '') return { owner: null };
  const fields = fieldsOf(line);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    owner: {
      source: idOf(fields?.['source']),
      ...{ machine: text(fields?.['machine']), spec: text(fields?.['spec']), sync: text(fields?.['sync']) },
      ...optionsOf(fields?.['options']),
    },
  };
}

/** Others may have written it: what is no such thing is as good as not decided, and nothing else gets through. */
function optionsOf(value: unknown): Pick<Owner, 'options'> {
  const { keeps, modifyWindow } = isRecord(value) ? value : {};
  if (!Array.isArray(keeps) || !isWindow(modifyWindow)) return {};
  return { options: { keeps: CARGO_IDS.filter((id) => keeps.includes(id)), modifyWindow } };
}

function isWindow(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_WINDOW;
}

function lastFacts(line: string | undefined): Pick<IdentityFacts, 'last'> {
  if (line === undefined || line.startsWith(UNREADABLE)) return {};
  const document: unknown = { kind: 'noted', value: parseJson(line) };
  return { last: validate(document) && document.kind === 'noted' ? document.value : null };
}

/** The fields of a sentinel of a format that is known; null for anything else. */
export function fieldsOf(line: string): Record<string, unknown> | null {
  const value = parseJson(line);
  return isRecord(value) && formatOf(value)?.startsWith('1.') === true ? value : null;
}

/** Such as `1.0`; null where none is told. */
function formatOf(value: unknown): string | null {
  const version = isRecord(value) ? value['formatVersion'] : null;
  return /^\d{1,4}\.\d{1,4}$/.exec(String(version))?.[0] ?? null;
}

function idOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
