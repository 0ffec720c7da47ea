import type * as subject from '../../../../src/planner/model/findings/imports.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  yamlSyntax: ['Nested mappings are not allowed in compact mappings'],
  importForeignFile: ['/home/ada/.config/borgmatic/config.yaml'],
  importMissingKey: ['source'],
  importUnknownKey: ['sorce', ['source', 'destination']],
  importWrongType: ['port', 'a whole number'],
  filterIsList: [],
  filterIsSeveral: [],
  twoModes: [],
  volumeType: ['usb'],
  encryptionType: [],
  importProvider: [['keyring', 'prompt', 'env', 'command']],
  importUnknownEndpoint: ['laptp', ['laptop', 'usb']],
  paramikoOption: ['banner-timeout', 'connect-timeout of the endpoint covers the time until the server answers.'],
  rsyncOptionLeftOut: [
    '--dry-run',
    { why: 'copies nothing to the destination', instead: 'Remove it. To see what would be copied: nbkp plan --files' },
  ],
  emptyFilter: [],
  unusedEndpoint: ['attic'],
  filterFileFromHere: ['/home/ada/rules'],
  linksCopied: [],
  maxSnapshots: [],
  identitiesOnly: [],
  tildeIsHome: [],
  bestEndpoint: [],
};
