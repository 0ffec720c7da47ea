import { builtIn } from './built-in.ts';
import { describeExecutor } from './describe-executor.ts';
import { snapshots } from './worlds.ts';

describeExecutor({ name: 'hard-link', executor: builtIn('hard-link'), world: snapshots('hard-link') });
