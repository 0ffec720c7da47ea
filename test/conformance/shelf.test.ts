import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeExecutor } from '../../src/testkit/index.ts';
import { bell, tower } from './bell.ts';
import { desk } from './desk.ts';
import { shelf } from './shelf.ts';

const runner = { describe, it, beforeAll, afterAll };
describeExecutor({ executor: shelf, world: desk }, runner);
describeExecutor({ executor: bell, world: tower }, runner);
