import type { ExecutorPlanning } from '../planner/model/executor.ts';
import { compileSettings } from '../planner/spec/compile-settings.ts';
import type { SpecExecutor } from '../planner/spec/executors.ts';

/** What a spec may say to an executor. @throws Error when one of its schemas is none */
export function settingsChecks({ settings: { sync, spec, volume } = {} }: ExecutorPlanning): SpecExecutor {
  return {
    sync: sync === undefined ? null : compileSettings(sync),
    spec: spec === undefined ? null : compileSettings(spec),
    volume: volume === undefined ? null : compileSettings(volume),
  };
}
