import type { Finding, Position } from '../model/finding.ts';
import { partsOf } from '../model/pointer.ts';
import { failure, success, type Result } from '../model/result.ts';
import { positionAt } from '../spec/document.ts';
import { readSpec } from '../spec/index.ts';
import type * as Written from '../spec/generated/spec.ts';
import { parseToml } from '../spec/toml.ts';
import { giveComments } from './comments.ts';
import { type Draft, type Here, type Judged, section } from './draft.ts';
import { importSsh } from './ssh.ts';
import { importSyncs } from './syncs.ts';
import { Table } from './table.ts';
import { tomlOf, type Loose } from './toml.ts';
import { importVolumes } from './volumes.ts';
import { parseYaml } from './yaml.ts';
import { importForeignFile, importProvider } from '../model/findings/imports.ts';

const SECTIONS = ['ssh-endpoints', 'volumes', 'sync-endpoints', 'syncs', 'credential-provider', 'credential-command'];
const PROVIDERS = ['keyring', 'prompt', 'env', 'command'] as const;

/**
 * Makes a spec of a configuration of the Python tool.
 *
 * @param text the YAML file
 * @param path of it as the user named it, for findings
 * @returns TOML that `readSpec` accepts, with findings about what has no equivalent or means something else. Where they
 *   have errors it is a draft: the entries with errors are comments in it. All findings are at their places in the YAML
 *   file. Not ok is only what is no such configuration
 */
export function importPythonSpec(text: string, path: string, here: Here): Result<string> {
  const parsed = parseYaml(text, path);
  if (!parsed.ok) return parsed;
  const { root, source } = parsed.value;
  const keys = root.kind === 'table' ? [...root.entries.keys()].map((key) => key.replaceAll('_', '-')) : [];
  if (root.kind !== 'table' || !keys.some((key) => SECTIONS.includes(key))) {
    return failure(source.finding(root.offset, importForeignFile(path)));
  }
  const draft: Draft = {
    source,
    here,
    sections: { ssh: new Map(), volumes: new Map(), syncs: new Map() },
    primaries: new Map(),
    credentials: null,
    origins: new Map(),
    places: [],
    tail: [],
  };
  const file = new Table(root, source);
  importSsh(draft, file);
  importVolumes(draft, file);
  importSyncs(draft, file);
  draft.credentials = credentialsOf(draft, file);
  file.done();
  const tops = Array.from(root.entries.values(), ({ offset }) => offset).sort((a, b) => a - b);
  const toml = settle(draft, giveComments(text, draft, tops));
  return success(toml, source.all());
}

function credentialsOf(draft: Draft, file: Table): Judged<Written.Credentials> | null {
  const key = file.value('credential-provider') === undefined ? 'credential-command' : 'credential-provider';
  const offset = file.keyOf(key);
  const made = section(draft, offset, () => providerOf(draft, file));
  const { written, problems, ...rest } = made;
  if (written !== null) return { written, problems, ...rest };
  return problems.length === 0 ? null : { written: {}, problems, ...rest };
}

function providerOf(draft: Draft, file: Table): Written.Credentials | null {
  const written = file.text('credential-provider');
  const command = file.texts('credential-command').map(({ text }) => text);
  draft.origins.set('/credentials', file.offsetOf(command.length > 0 ? 'credential-command' : 'credential-provider'));
  if (written === undefined && command.length === 0) return null;
  const provider = PROVIDERS.find((each) => each === (written ?? 'keyring'));
  if (provider === undefined) {
    draft.source.remark(file.offsetOf('credential-provider'), importProvider(PROVIDERS));
    return null;
  }
  return { provider, ...(provider === 'command' ? { command } : {}) };
}

/** Leaves out what is wrong, and then what was wrong only because of that, until the rest is a spec. */
function settle(draft: Draft, comments: Loose): string {
  for (let first = true; ; first = false) {
    const toml = tomlOf(draft, comments);
    const errors = first ? problemsIn(draft, toml).filter((each) => tell(draft, each)) : problemsIn(draft, toml);
    const wrong = errors.filter(({ finding }) => finding.severity === 'error');
    const entries = wrong.map(({ pointer, finding }) => ({ entry: entryAt(draft, pointer), finding }));
    for (const { entry, finding } of entries) entry?.problems.push(finding.message);
    if (!entries.some(({ entry }) => entry !== undefined)) return toml;
  }
}

interface Problem {
  finding: Finding;
  /** In the spec that was made. */
  pointer: string;
}

/** What is wrong with the spec that was made is wrong with the file it was made of. @returns true */
function tell(draft: Draft, { finding, pointer }: Problem): boolean {
  const { severity, code, message, help } = finding;
  if (!leftBehind(draft, finding))
    draft.source.remark(originOf(draft, pointer), {
      severity,
      code,
      message,
      ...(help === undefined ? {} : { help }),
    });
  return true;
}

/** What is only so because something else was left out. */
function leftBehind(draft: Draft, { code }: Finding): boolean {
  const all = [...Object.values(draft.sections).flatMap((each) => [...each.values()]), draft.credentials];
  return (
    (code === 'unknown-reference' || code.startsWith('unused-')) && all.some((each) => (each?.problems.length ?? 0) > 0)
  );
}

function entryAt(draft: Draft, pointer: string): Judged<object> | undefined {
  const [name, entry = ''] = partsOf(pointer);
  if (name === 'credentials') return draft.credentials ?? undefined;
  const { ssh, volumes, syncs } = draft.sections;
  const sections: Record<string, ReadonlyMap<string, Judged<object>>> = { ssh, volumes, syncs };
  return sections[name ?? '']?.get(entry);
}

function problemsIn(draft: Draft, toml: string): Problem[] {
  const document = parseToml(toml, '');
  if (!document.ok)
    throw new Error(`The import wrote TOML that cannot be read: ${document.findings[0]?.message ?? ''}`);
  const { keys, values } = document.value;
  const pointers = new Map<string, string>();
  for (const [pointer, offset] of [...keys, ...values])
    pointers.set(placeOf(positionAt(document.value, offset)), pointer);
  return readSpec(toml, '').findings.map((finding) => ({
    finding,
    pointer: pointers.get(placeOf(finding.location)) ?? '',
  }));
}

function placeOf(position: Position | undefined): string {
  return `${position?.line ?? 0}:${position?.column ?? 0}`;
}

function originOf(draft: Draft, pointer: string): number {
  const offset = draft.origins.get(pointer);
  if (offset !== undefined || pointer === '') return offset ?? 0;
  return originOf(draft, pointer.slice(0, pointer.lastIndexOf('/')));
}
