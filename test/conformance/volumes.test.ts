import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeExecutor } from '../../src/testkit/index.ts';
import { archive, cellar } from './archive.ts';
import { drawer, mirror } from './mirror.ts';
import { keeper } from './tar-keeper.ts';

const runner = { describe, it, beforeAll, afterAll };
describeExecutor({ executor: keeper, world: archive }, runner);
describeExecutor({ name: 'keeper without on', executor: keeper, world: cellar }, runner);
describeExecutor({ executor: mirror, world: drawer }, runner);
