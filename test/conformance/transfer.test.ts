import { describeBuiltIn } from './built-in.ts';
import { interrupted, plain, restoring } from './worlds.ts';

describeBuiltIn('rsync', plain, 'rsync, straight into the destination');
describeBuiltIn('rsync', interrupted, 'rsync, after an interruption');
describeBuiltIn('restore', restoring);
