export { describeExecutor } from './describe-executor.ts';
export { LawBroken } from './failure.ts';
export type { Judge, Runner, Subject, World } from './subject.ts';
