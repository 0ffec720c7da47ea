import { lstatSync, readdirSync } from 'node:fs';
import { systemError } from '../../planner/model/system-error.ts';
import { escapeName, unescapeName } from '../rsync/names.ts';
import { OWN, PARTIAL } from './own.ts';

/**
 * Names in a folder of a copy on this machine, without a process: for completion. Folders have a slash at their end; none
 * where the folder cannot be read, or where a link leads to it.
 *
 * @param copy absolute
 * @param folder in it, as it is shown: see `escapeName`
 */
export function namesIn(copy: string, folder: string): string[] {
  try {
    let path = Buffer.from(copy);
    for (const name of unescapeName(folder)
      .split('/')
      .filter((each) => each !== '')) {
      path = Buffer.concat([path, Buffer.from(`/${name}`, 'latin1')]);
      if (name === '..' || !lstatSync(path).isDirectory()) return [];
    }
    const entries = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
    return entries
      .map((entry) => ({ name: entry.name.toString('latin1'), slash: entry.isDirectory() ? '/' : '' }))
      .filter(({ name }) => name !== PARTIAL && !(folder === '' && OWN.test(name)))
      .map(({ name, slash }) => `${escapeName(name)}${slash}`);
  } catch (error) {
    systemError(error);
    return [];
  }
}
