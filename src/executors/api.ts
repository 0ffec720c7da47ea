/* What the author of an executor imports: `nbkp/executor`. */
import type { Executor } from './contract.ts';

export { API_VERSION, API_VERSIONS } from './contract.ts';
export type {
  CommandOutput,
  Executor,
  ExecutorPlanning,
  InputPart,
  PlannedSteps,
  RunSoFar,
  SnapshotPlanning,
  SourceSnapshot,
  SourceSnapshotInput,
  SourceSnapshotPlanning,
  StepContext,
  StepResult,
  StoredCheck,
  StoredHistory,
  StoredSnapshot,
  StoredWork,
  SyncPlanning,
  TransferTarget,
  VolumePlanning,
} from './contract.ts';
export type { ProcessResult } from '../hosts/transport/transport.ts';
export { commandFailed, runCommands, sequence } from './kinds/command/run-commands.ts';
export { goneMeanwhile } from './kinds/command/gone-meanwhile.ts';
export type { ExecutorQuestion, HistoryPlanning, InputFile, RunPlanning } from '../planner/model/executor.ts';
export type { EndpointFacts, ExecutorAnswer, Facts, HostFacts } from '../planner/model/facts.ts';
export type { Finding } from '../planner/model/finding.ts';
export type { Json, JsonSchema } from '../planner/model/json.ts';
export type * from '../planner/model/plugin-names.ts';
export type { PlannedSync } from '../planner/model/plan.ts';
export { endpointKey, hostAt, LOCAL_HOST, type Endpoint, type Spec, type Sync } from '../planner/model/spec.ts';
export {
  fill,
  mountPlaceholder,
  plannedStep,
  snapshotPlaceholder,
  sshPlaceholder,
  type Precondition,
  type Step,
} from '../planner/model/step.ts';
export { placePreconditions } from '../planner/kinds/rsync/preconditions.ts';
export { providedVolume, storePlace } from '../planner/kinds/stored/place.ts';
export { pointer } from '../planner/model/pointer.ts';
export { latestCommands, temporaryLink } from '../planner/kinds/snapshot/common.ts';
export { classifySnapshots, type History, type Snapshot } from '../planner/retention/classify.ts';

/** The oclif hook `nbkp:executors` of a package: it returns the executors that its package.json names. */
export type ExecutorsHook = () => Executor[] | Promise<Executor[]>;
