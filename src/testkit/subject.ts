import type { Executor } from '../executors/contract.ts';
import type { PlanPurpose, PlanRequest } from '../planner/model/plan.ts';

/** What is tested: an executor in a world where it has something to do. */
export interface Subject {
  /** For the report; the executor's own name without it. */
  name?: string;
  executor: Executor;
  world: World;
  /** Executors besides it that the spec may name; those that come with nbkp without it. */
  others?: readonly Executor[];
}

/** It is made anew, in an empty folder, for each thing that is tried. */
export interface World {
  /** TOML of a spec. All that it names is below `root`, an absolute path. */
  spec: (root: string) => string;
  /**
   * Makes what the spec names: the volumes' folders and sources, and whatever else the executor needs. Sentinels and
   * destinations are made after it, as `nbkp prepare` does, unless the world is `prepared`.
   */
  make: (root: string) => Judge | Promise<Judge>;
  /** Kinds of the steps that a plan has however often it was run; none without it. */
  recurring?: readonly string[];
  /** False for an executor whose steps need nothing to be as it was when they were planned. */
  reliesOnFacts?: false;
  /**
   * Takes so much from the source that `policy.max-delete` forbids to follow it: more than 19 entries, and more than a quarter. Returns
   * what fails when any of it is gone from the copy too. A world needs it whose executor has steps with a `deleteLimit`.
   */
  lose?: (root: string) => () => void | Promise<void>;
  /** Damages a snapshot that its executor keeps, of those that are there after a run. A world needs it whose executor verifies. */
  spoil?: (root: string) => void | Promise<void>;
  /** `make` has prepared it. */
  prepared?: true;
  /** The folder in which the worlds are; one in memory without it. */
  place?: () => string;
  /** What is planned; a backup without it. */
  purpose?: PlanPurpose;
  /** What the user asks for besides. */
  request?: (root: string) => Partial<PlanRequest>;
}

/** Tells what became of a world. Both fail by an exception, such as an assertion's. */
export interface Judge {
  /** Called whatever happened: nothing is lost that was there before, and nothing half-made has the name of a whole. */
  sound: () => void | Promise<void>;
  /** Called after a run that succeeded: what the executor had to do is done. */
  finished: () => void | Promise<void>;
}

/** The functions of a test runner. Those of vitest and of node:test fit. */
export interface Runner {
  describe: (name: string, tests: () => void) => unknown;
  /** `timeout` in milliseconds. */
  it: (name: string, options: { timeout: number }, test: () => Promise<void>) => unknown;
  beforeAll?: (action: () => Promise<void>) => unknown;
  afterAll?: (action: () => Promise<void>) => unknown;
  /** As node:test calls them. */
  before?: (action: () => Promise<void>) => unknown;
  after?: (action: () => Promise<void>) => unknown;
}
