/* What the author of an executor imports: `nbkp/executor`. */
export { API_VERSION } from './contract.ts';
export type {
  CommandOutput,
  Executor,
  ExecutorPlanning,
  InputPart,
  PlannedSteps,
  RunSoFar,
  SnapshotPlanning,
  StepContext,
  StepResult,
  SyncPlanning,
  TransferTarget,
} from './contract.ts';
export type { ProcessResult } from './transport/transport.ts';
export { runCommands } from './run-commands.ts';
export type { ExecutorQuestion, HistoryPlanning, RunPlanning } from '../planner/model/executor.ts';
export type { EndpointFacts, ExecutorAnswer, Facts, HostFacts } from '../planner/model/facts.ts';
export type { Finding } from '../planner/model/finding.ts';
export type { Json, JsonSchema } from '../planner/model/json.ts';
export type { PlannedSync } from '../planner/model/plan.ts';
export { endpointKey, hostAt, LOCAL_HOST, type Endpoint, type Spec, type Sync } from '../planner/model/spec.ts';
export {
  fill,
  mountPlaceholder,
  snapshotPlaceholder,
  sshPlaceholder,
  type Precondition,
  type Step,
} from '../planner/model/step.ts';
export { pointer } from '../planner/build/preconditions.ts';
export { latestCommands, temporaryLink } from '../planner/build/snapshot/common.ts';
export { classifySnapshots, type History, type Snapshot } from '../planner/retention/classify.ts';
