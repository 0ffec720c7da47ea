import { describeBuiltIn } from './built-in.ts';
import { snapshots } from './worlds.ts';

describeBuiltIn('hard-link', snapshots('hard-link'));
