import { observe, type ObserveOptions } from '../../src/hosts/observe/observe.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import type { Transport } from '../../src/hosts/transport/transport.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { VolumeQuestion } from '../../src/planner/model/questions.ts';
import { endpointKey, LOCAL_HOST } from '../../src/planner/model/spec.ts';

export interface Asked {
  /** Path by volume name, or more of the question. */
  volumes: Record<string, string | Partial<VolumeQuestion>>;
  /** `[volume, subdir]` */
  endpoints?: [string, string][];
  filterFiles?: string[];
}

/** Observes this machine. */
export function observeLocal(asked: Asked, options: Partial<ObserveOptions> = {}): Promise<Facts> {
  const volumes = Object.entries(asked.volumes).map(([volume, question]) =>
    typeof question === 'string'
      ? { volume, path: question, uuid: null }
      : { volume, path: null, uuid: null, ...question },
  );
  const endpoints = (asked.endpoints ?? []).map(([volume, subdir]) => ({
    key: endpointKey({ volume, subdir }),
    volume,
    subdir,
  }));
  const hosts = { [LOCAL_HOST]: { volumes, endpoints } };
  const questions = { syncs: [], hosts, filterFiles: asked.filterFiles ?? [] };
  return observe(questions, { local: localTransport(), specPath: '/nowhere/nbkp.toml', ...options });
}

/** This machine, but each command is run by another: `['unshare', '-m']`. Replaces `sh` when `instead` is given. */
export function transportThrough(prefix: readonly string[], instead: readonly string[] = ['sh']): Transport {
  const local = localTransport();
  return {
    ...local,
    run: ([program = '', ...args], options) =>
      local.run([...prefix, ...(program === 'sh' ? instead : [program]), ...args], options),
  };
}
