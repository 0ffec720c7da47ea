import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TopDirectories } from '../../../../src/hosts/rsync/top-directories.ts';

function count(paths: readonly string[]): number {
  const directories = new TopDirectories();
  for (const path of paths) directories.add(path);
  return directories.count();
}

interface Tree {
  [name: string]: Tree;
}

/** Each directory after all that are in it, below a root that is not named. */
function postOrder(tree: Tree, prefix: string): string[] {
  return Object.entries(tree).flatMap(([name, below]) => [
    ...postOrder(below, `${prefix}${name}/`),
    `${prefix}${name}`,
  ]);
}

describe('the uppermost directories', () => {
  test.each([
    [[], 0],
    [['a'], 1],
    [['a', 'b'], 2],
    [['old/sub/deep', 'old/sub', 'old', 'f9'], 2],
    [['old/x', 'old/y', 'old'], 1],
    [['kept/a', 'kept/b', 'other/c'], 3],
    [['kept/a/b', 'kept/a', 'kept/ab'], 2],
    [['a/b/c', 'z'], 2],
  ])('of %j are %i', (paths, expected) => expect(count(paths)).toBe(expected));

  test('are as many as the trees that go, wherever they are', () => {
    const names = fc.constantFrom('a', 'b', 'ab', 'a.b', 'c');
    const levels = [1, 2, 3];
    const tree = levels.reduce((below) => fc.dictionary(names, below, { maxKeys: 3 }), fc.constant<Tree>({}));
    const places = fc.shuffledSubarray(['', 'k/', 'k/l/', 'k/lm/', 'n/o/p/']);
    fc.assert(
      fc.property(places, fc.array(tree, { minLength: 5, maxLength: 5 }), (where, trees) => {
        const going = where.map((place, index) => ({ place, gone: trees[index] ?? {} }));
        const paths = going.flatMap(({ place, gone }) => postOrder(gone, `${place}x-`));
        const expected = going.reduce((sum, { gone }) => sum + Object.keys(gone).length, 0);
        expect(count(paths)).toBe(expected);
      }),
    );
  });
});
