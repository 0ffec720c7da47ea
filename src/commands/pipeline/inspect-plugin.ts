import type { Config } from '@oclif/core/config';
import { packageAt, type PluginPackage } from '../../store/plugin-packages.ts';
import type { ExecutorPlanning } from '../../planner/model/executor.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { JsonSchema } from '../../planner/model/json.ts';
import type { PluginDocument, PluginExecutor, PluginLine } from '../../planner/model/plugin-documents.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { thisUser } from './this-user.ts';
import { loadPlugin } from '../../api/load-plugin.ts';
import { runHook } from './run-hook.ts';

/** Loads a package and says what it brings. */
export async function inspectPlugin(config: Config, found: PluginPackage): Promise<PluginDocument> {
  const loaded = await loadPlugin((each) => runHook(config, each), found);
  return {
    formatVersion: '1.0',
    plugin: pluginLine(found),
    executors: loaded.flatMap(({ executor }) =>
      executor === null ? [] : [described(executor.planning, executor.apiVersion)],
    ),
    findings: loaded.flatMap(({ finding }) => finding ?? []),
  };
}

/** The same of a directory, which has to hold a package whose executors can all be used. */
export async function inspectFolder(
  config: Config,
  name: string,
  root: string,
  from: 'user' | 'link',
): Promise<Result<PluginDocument>> {
  const findings: Finding[] = [];
  const found = packageAt({ name, root, from }, thisUser(), findings);
  if (found === null) return failure(...findings.map((finding) => ({ ...finding, severity: 'error' as const })));
  const document = await inspectPlugin(config, found);
  return document.findings.length > 0 ? failure(...document.findings) : success(document);
}

/** What is told of a package without loading it. */
export function pluginLine({ name, version, from, root, executors, trusted }: PluginPackage): PluginLine {
  return { name, version, from, path: root, executors, trusted };
}

function described(planning: ExecutorPlanning, apiVersion: number): PluginExecutor {
  const { name, version, kinds, settings = {} } = planning;
  return {
    ...{ name, version, apiVersion, kinds },
    uses: usesOf(planning),
    settings: {
      ...{ sync: keysOf(settings.sync), spec: keysOf(settings.spec) },
      ...(settings.volume === undefined ? {} : { volume: keysOf(settings.volume) ?? {} }),
    },
  };
}

/** How a spec can use an executor. */
export function usesOf(planning: ExecutorPlanning): PluginExecutor['uses'] {
  return [
    ...(planning.planTransfer === undefined && planning.planReplica === undefined ? [] : ['transfer' as const]),
    ...(planning.snapshots === undefined ? [] : ['snapshots.mode' as const]),
    ...(planning.planRun === undefined ? [] : ['table' as const]),
    ...(planning.volumes === undefined ? [] : ['volume' as const]),
  ];
}

function keysOf(schema: JsonSchema | undefined): Record<string, string> | null {
  if (schema === undefined) return null;
  const properties = Object.entries(recordIn(schema['properties']));
  return Object.fromEntries(
    properties.map(([key, property]) => {
      const { description } = recordIn(property);
      return [key, typeof description === 'string' ? description : ''];
    }),
  );
}

function recordIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
