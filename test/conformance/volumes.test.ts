import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeExecutor } from '../../src/testkit/index.ts';
import { archive } from './archive.ts';
import { keeper } from './tar-keeper.ts';

describeExecutor({ executor: keeper, world: archive }, { describe, it, beforeAll, afterAll });
