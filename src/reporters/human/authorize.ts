import type { AuthorizeDocument, PolkitRule } from '../../planner/model/documents.ts';
import type { Style } from '../style.ts';
import { sanitised } from '../text/sanitise.ts';
import { wrap } from '../text/width.ts';

/** The rules as polkit reads them: what says which is which are comments, so that all of it can go into a file. */
export function rulesText({ rules }: AuthorizeDocument): string {
  return rules.map((rule) => `${sanitised(ruleHead(rule))}\n${rule.text}`).join('\n');
}

function ruleHead({ host, user, volumes, path }: PolkitRule): string {
  return [
    `// Lets ${user} unlock and mount ${volumes.join(', ')} without a password.`,
    `// On ${host ?? 'this machine'}: ${path}`,
  ].join('\n');
}

/**
 * What to do with them.
 *
 * @param command the words after `nbkp` that made them
 */
export function rulesHelp({ rules }: AuthorizeDocument, command: string, style: Style): string {
  if (rules.length === 0) {
    const nothing = 'There is nothing to allow: no volume that was asked for is a drive of somebody who is not root.';
    return `${wrap(`${nothing} For another user: --user USER`, style.width).join('\n')}\n`;
  }
  const [first] = rules;
  const lines =
    rules.length === 1 && first?.host === null
      ? [`To put it in its place: nbkp ${command} | sudo tee ${first.path}`]
      : ['Put each rule in the file that its comment names, on the machine that it names.'];
  return `${[...lines, 'polkit reads it at once. Anybody who may not do that yet is asked for a password, or refused.']
    .flatMap((line) => wrap(line, style.width))
    .join('\n')}\n`;
}
