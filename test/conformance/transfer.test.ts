import { builtIn } from './built-in.ts';
import { describeExecutor } from './describe-executor.ts';
import { interrupted, plain, restoring } from './worlds.ts';

describeExecutor({ name: 'rsync, straight into the destination', executor: builtIn('rsync'), world: plain });
describeExecutor({ name: 'rsync, after an interruption', executor: builtIn('rsync'), world: interrupted });
describeExecutor({ name: 'restore', executor: builtIn('restore'), world: restoring });
