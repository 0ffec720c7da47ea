import type * as subject from '../../../../src/planner/model/findings/filters.ts';
import type { Examples } from './type.ts';

const RULES = '/home/ada/.config/nbkp/rules';

export const examples: Examples<typeof subject> = {
  filterFileOutside: ['/srv/shared/rules'],
  filterFileWritable: ['/srv/shared/rules', 'can be written to by everybody', 'chmod o-w /srv/shared/rules'],
  filterFileUnreadable: [RULES],
  filterClearsProtection: [`in line 3 of ${RULES}`],
  optionClearsProtection: ['--exclude-from=/etc/rules', true],
  filterNestedMerge: [`in line 3 of ${RULES}`],
  filterInvalid: [`What is in line 3 of ${RULES}`],
  filterMatchesNothing: ['/.cahce/', '/home/ada/.cahce'],
  filterNamesNothing: [['node_module/', '.cahce'], 2, '/home/ada'],
};
