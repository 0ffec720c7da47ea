import { hasErrors, type Position } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import { positionAt } from '../spec/document.ts';
import { readSpec } from '../spec/index.ts';
import type * as Written from '../spec/generated/spec.ts';
import { parseToml } from '../spec/toml.ts';
import type { Draft } from './draft.ts';
import { importSsh } from './ssh.ts';
import { importSyncs } from './syncs.ts';
import { Table } from './table.ts';
import { tomlOf } from './toml.ts';
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
 * @returns TOML that `readSpec` accepts, with findings about what has no equivalent or means something else; or at least
 *   one error. All findings are at their places in the YAML file
 */
export function importPythonSpec(text: string, path: string): Result<string> {
  const parsed = parseYaml(text, path);
  if (!parsed.ok) return parsed;
  const { root, source } = parsed.value;
  const keys = root.kind === 'table' ? [...root.entries.keys()].map((key) => key.replaceAll('_', '-')) : [];
  if (root.kind !== 'table' || !keys.some((key) => SECTIONS.includes(key))) {
    return failure(source.finding(root.offset, importForeignFile(path)));
  }
  const draft: Draft = {
    source,
    sections: { ssh: new Map(), volumes: new Map(), syncs: new Map() },
    credentials: null,
    origins: new Map(),
  };
  const file = new Table(root, source);
  importSsh(draft, file);
  importVolumes(draft, file);
  importSyncs(draft, file);
  draft.credentials = credentialsOf(draft, file);
  file.done();
  const toml = tomlOf(draft);
  if (!hasErrors(source.findings)) check(draft, toml);
  const findings = source.all();
  return hasErrors(findings) ? { ok: false, findings } : success(toml, findings);
}

function credentialsOf(draft: Draft, file: Table): Written.Credentials | null {
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

/** What is wrong with the spec that was made is wrong with the file it was made of. */
function check(draft: Draft, toml: string): void {
  const document = parseToml(toml, '');
  if (!document.ok)
    throw new Error(`The import wrote TOML that cannot be read: ${document.findings[0]?.message ?? ''}`);
  const { keys, values } = document.value;
  const pointers = new Map<string, string>();
  for (const [pointer, offset] of [...keys, ...values])
    pointers.set(placeOf(positionAt(document.value, offset)), pointer);
  for (const { severity, code, message, help, location } of readSpec(toml, '').findings) {
    const offset = originOf(draft, pointers.get(placeOf(location)) ?? '');
    draft.source.remark(offset, { severity, code, message, ...(help === undefined ? {} : { help }) });
  }
}

function placeOf(position: Position | undefined): string {
  return `${position?.line ?? 0}:${position?.column ?? 0}`;
}

function originOf(draft: Draft, pointer: string): number {
  const offset = draft.origins.get(pointer);
  if (offset !== undefined || pointer === '') return offset ?? 0;
  return originOf(draft, pointer.slice(0, pointer.lastIndexOf('/')));
}
