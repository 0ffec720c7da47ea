import { existsSync, statSync, type Stats } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { readWhole, withFile } from '../hosts/regular-file.ts';
import { exposureOf, type User } from '../hosts/trust.ts';
import {
  onlyOldConfiguration,
  specNotFound,
  specNotUtf8,
  specUnreadable,
  specWritableByOthers,
} from '../planner/model/findings/spec.ts';

/** Of a spec, in bytes: 10,000 syncs take 2 MiB. */
const LARGEST = 16 * 1024 * 1024;

export interface SpecLocation {
  path: string;
  /** By searching, or in a plan file, not because somebody named it. */
  found: boolean;
}

/** Which spec is meant: the one that is named (flag), `NBKP_SPEC`, or the first that is there of the usual places. */
export function locateSpec(named: string | undefined, env: NodeJS.ProcessEnv): Result<SpecLocation> {
  const path = named ?? env['NBKP_SPEC'];
  if (path !== undefined && path !== '') return success({ path, found: false });
  const places = searchOrder(env);
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return success({ path: found, found: true });
  const old = oldConfigurations(env).find((place) => existsSync(place));
  return failure(old === undefined ? specNotFound(places) : onlyOldConfiguration(places, old));
}

/** When a spec was changed last, in milliseconds since 1970; Infinity for one that is gone. Throws what else the system reports. */
export function specChangedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity;
}

/** Where a spec is looked for when none is named. */
export function searchOrder(env: NodeJS.ProcessEnv): string[] {
  return ['./nbkp.toml', join(configDirectory(env), 'nbkp', 'nbkp.toml'), '/etc/nbkp/nbkp.toml'];
}

/** Where the Python tool looks for its configuration. */
function oldConfigurations(env: NodeJS.ProcessEnv): string[] {
  return [join(configDirectory(env), 'nbkp', 'config.yaml'), '/etc/xdg/nbkp/config.yaml'];
}

/** Where this user's configuration is (XDG Base Directory Specification). */
export function configDirectory(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CONFIG_HOME'];
  return base !== undefined && isAbsolute(base) ? base : join(env['HOME'] ?? homedir(), '.config');
}

export interface SpecFile {
  path: string;
  text: string;
  /** Its owner, if it was named: who names a spec trusts him. */
  owners: number[];
}

/** Whoever can write a spec has its commands run as this user. */
export interface SpecReader extends User {
  /** True for whatever runs the spec's commands: a spec that others can write to is then refused. */
  runs: boolean;
}

/** Reads a spec. One that others can write to is an error for a reader that runs it, else a warning. */
export function readSpecFile({ path, found }: SpecLocation, reader: SpecReader): Result<SpecFile> {
  try {
    // Checked and read through one descriptor, so that what was checked is what is read.
    return withFile(path, (file) => {
      const exposed = exposure(path, found, file.stats, reader);
      if (exposed?.severity === 'error') return failure(exposed);
      const bytes = readWhole(file, LARGEST);
      if (typeof bytes === 'string') return failure(specUnreadable(path, bytes));
      const text = bytes.toString('utf8');
      if (!Buffer.from(text, 'utf8').equals(bytes)) return failure(specNotUtf8(path));
      const owners = found ? [] : [file.stats.uid];
      return success({ path, text, owners }, exposed === null ? [] : [exposed]);
    });
  } catch (error) {
    return failure(specUnreadable(path, systemError(error).text));
  }
}

/** A spec that was named may belong to anybody: whoever named it trusts its owner. */
function exposure(path: string, found: boolean, stats: Stats, reader: SpecReader): Finding | null {
  const why = exposureOf(path, stats, reader, found ? [] : [stats.uid]);
  if (why === null) return null;
  const foreign = found && stats.uid !== reader.uid && stats.uid !== 0;
  const help = foreign ? `If you trust it, name it: --spec ${path}` : why.help(path);
  return { ...specWritableByOthers(path, why.because, help), severity: reader.runs ? 'error' : 'warning' };
}
