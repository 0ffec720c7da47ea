import type * as subject from '../../../../src/planner/model/findings/plugins.ts';
import type { Examples } from './type.ts';

const STATE = '/home/ada/.local/state/nbkp';
const DATA = '/home/ada/.local/share/nbkp';

/** What is wrong with the executor `tar` of a package that was installed. */
const broken = (problem: string): Parameters<typeof subject.pluginFailed> => [
  {
    executor: 'tar',
    origin: 'nbkp-executor-tar@1.0.0',
    root: `${DATA}/node_modules/nbkp-executor-tar`,
    problem,
    help: 'Install another version: nbkp plugins install nbkp-executor-tar@VERSION. Or remove it: nbkp plugins uninstall nbkp-executor-tar',
  },
];

export const examples: Examples<typeof subject> = {
  pluginNotTrusted: [
    'tar',
    { name: 'nbkp-executor-tar', version: '1.0.1', root: '/home/ada/backups/node_modules/nbkp-executor-tar' },
    '1.0.0',
  ],
  pluginNotRun: ['notify', 'nbkp-executor-notify@1.0.0'],
  trustUnwritable: [STATE, 'ENOSPC: no space left on device'],
  tableWithoutExecutor: ['notify', ['ssh', 'volumes', 'syncs', 'policy', 'credentials']],
  executorUnknown: ['transfer', 'rsycn', ['rsync', 'tar']],
  executorUnfit: [{ sync: 'photos', key: 'transfer', name: 'notify' }, ['rsync'], []],
  pluginFailed: broken('its hook returned no list of executors'),
  pluginHangs: broken('it has not finished loading after 5 seconds'),
  pluginApiVersion: broken('it is made for apiVersion 3, and this nbkp has 1 and 2'),
  pluginSchema: broken('the schema of its settings is none: strict mode: unknown keyword: "typ"'),
  executorConflict: broken('its hook brings two of that name'),
  pluginUnreadable: ['nbkp-executor-tar', 'its package.json is not JSON'],
  pluginExposed: [
    '/home/ada/backups/node_modules/nbkp-executor-tar',
    'can be written to by everybody',
    'chmod o-w /home/ada/backups/node_modules/nbkp-executor-tar',
  ],
  executorCannotPlan: ['tar', 'nbkp-executor-tar@1.0.0', 'destination is not defined'],
  executorWentWrong: [
    { executor: 'tar', origin: 'nbkp-executor-tar@1.0.0', step: 'transfer:photos' },
    'destination is not defined',
  ],
  credentialsUnsaid: ['tar', '1.0.0', 'what it says is no list of ids'],
  executorStepRefused: ['tar', 'nbkp-executor-tar@1.0.0', 'without commands: transfer:photos'],
  inputFileMissing: ['tar', '/etc/nbkp/patterns'],
  pluginUnknown: ['nbkp-executor-tra', ['nbkp-executor-tar']],
  pluginNotChanged: ['nbkp-executor-tra', "404 'nbkp-executor-tra@*' is not in this registry."],
  pluginsUnwritable: [DATA, 'EACCES: permission denied'],
  pluginsBusy: [4711],
  npmMissing: [],
};
