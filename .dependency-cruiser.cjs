/*
 * The layout of the sources, as rules: planner ← hosts, store, credentials ← executors ← api ← commands ← bin, reporters
 * beside the executors, and beside the commands the kit for tests of executors. docs/architecture.md says what the rooms are for. Each comment says what to do instead of
 * breaking the rule.
 */
const FILE_SYSTEM = '^(?:node:)?fs(?:/promises)?$';
const PROCESSES = '^(?:node:)?(?:child_process|cluster|worker_threads)$';

/** Rooms below the commands that do something in the world: machines, what is kept here, passphrases, executors. */
const ACTING = 'executors|hosts|store|credentials|demo';

/**
 * What the process of a command is made of, and what no program has that imports nbkp: its terminal, log and signals, its
 * folders, and the packages that oclif loads into it. docs/architecture.md, "Rooms"
 */
const OF_THE_PROCESS = [
  '^src/hosts/transport/(?:environment|local|pager|trace|transport|when-killed)\\.ts$',
  '^src/store/(?:appended-file|own-files|plugin-[a-z]+|state-directory)\\.ts$',
  '^src/credentials/prompt\\.ts$',
  '^src/executors/run/interruption\\.ts$',
  '^src/demo/',
];

module.exports = {
  forbidden: [
    {
      name: 'model-stands-alone',
      comment: 'The vocabulary knows nothing but itself: move what it needs into it, or the new thing out of it.',
      severity: 'error',
      from: { path: '^src/planner/model/' },
      to: { pathNot: '^src/planner/model/' },
    },
    {
      name: 'planner-is-pure',
      comment: 'The planner gets values and returns values. Have an executor observe it and put it into the facts.',
      severity: 'error',
      from: { path: '^src/planner/' },
      to: { pathNot: '^src/planner/|^(?:node:)?crypto$|node_modules/(?:toml|yaml|ajv|fast-deep-equal)/' },
    },
    {
      name: 'executors-do-not-talk',
      comment: 'Text for people is made in src/reporters. Return data or emit an event, and let a command hand it on.',
      severity: 'error',
      from: { path: `^src/(?:${ACTING})/` },
      to: { path: '^src/(?:reporters|commands|api)/|^src/index\\.ts$' },
    },
    {
      name: 'the-api-does-not-talk',
      comment: 'A program reads values. Return a document, and let a command turn it into text.',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/(?:reporters/(?!text/)|commands/)|^src/index\\.ts$' },
    },
    {
      name: 'reporters-do-not-act',
      comment: 'A reporter turns data into text. Have a command get the data and pass it in.',
      severity: 'error',
      from: { path: '^src/reporters/' },
      to: { path: `^src/(?:${ACTING}|api|commands)/|^src/index\\.ts$` },
    },
    {
      name: 'executors-come-after',
      comment: 'An executor uses hosts, store and credentials. Move what they need of it to src/hosts.',
      severity: 'error',
      from: { path: '^src/(?:hosts|store|credentials|demo)/' },
      to: { path: '^src/executors/' },
    },
    {
      name: 'hosts-come-first',
      comment: 'What is kept here and passphrases are read on hosts, and no host needs them.',
      severity: 'error',
      from: { path: '^src/hosts/' },
      to: { path: '^src/(?:store|credentials|demo)/' },
    },
    {
      name: 'executors-stand-alone',
      comment:
        'An executor knows the contract and not its neighbours. What two share is in kinds/command, or is read in src/hosts.',
      severity: 'error',
      from: { path: '^src/executors/kinds/([^/]+)/' },
      to: { path: '^src/executors/[^/]+/', pathNot: '^src/executors/kinds/(?:$1|command|snapshot|drive)/' },
    },
    {
      name: 'nothing-needs-the-testkit',
      comment: 'It is a bundle of its own, for tests of plugins. Move what nbkp needs to the room that it belongs to.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/testkit/' },
      to: { path: '^src/testkit/' },
    },
    {
      name: 'testkit-tests-executors',
      comment: 'A law is about what is planned and run. What people are shown is tested where it is written.',
      severity: 'error',
      from: { path: '^src/testkit/' },
      to: { path: '^src/(?:reporters|commands)/|^src/index\\.ts$' },
    },
    {
      name: 'only-transport-spawns',
      comment: 'Use the transport: local, SSH, dry runs and tests then work alike.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/hosts/transport/' },
      to: { path: PROCESSES },
    },
    {
      name: 'only-hosts-and-store-touch-files',
      // The kit and the demo make worlds of their own, and look at what became of them.
      comment: 'Have src/store or src/hosts read or write it, and call that from the command.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(?:hosts|store|demo|testkit)/',
      },
      to: { path: FILE_SYSTEM },
    },
    {
      name: 'only-commands-know-oclif',
      comment: 'Flags and exit codes are for src/commands. Pass plain values inwards.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/commands/|^src/index\\.ts$' },
      to: { path: 'node_modules/@oclif/' },
    },
    {
      name: 'commands-act-through-the-api',
      comment:
        'A command reads flags and shows what came of it: it imports the vocabulary, api and reporters. Have src/api do the rest.',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^src/(?!(?:api|reporters|commands|planner/model)/)', pathNot: OF_THE_PROCESS },
    },
    {
      name: 'nothing-needs-the-commands',
      comment: 'A command is thin. Move what others need out of it, to the room that it belongs to.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/commands/|^src/index\\.ts$' },
      to: { path: '^src/commands/|^src/index\\.ts$' },
    },
    {
      name: 'sources-do-not-need-tools',
      comment: 'What is published may not need what is not: move the shared part into src.',
      severity: 'error',
      from: { path: '^(?:src|bin)/' },
      to: { path: '^(?:test|bench|scripts)/', pathNot: '^scripts/build\\.js$' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one subject, or hide a third: merge them or pull the third out.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-circles-of-folders',
      comment:
        'Two rooms that need each other are one, or hide a third: move what both need to the one that comes first.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'The file or package does not exist. Correct the path, with its extension.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
