import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeExecutor } from '../../src/testkit/index.ts';
import { desk } from './desk.ts';
import { shelf } from './shelf.ts';

describeExecutor({ executor: shelf, world: desk }, { describe, it, beforeAll, afterAll });
