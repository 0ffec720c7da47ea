import { describe, expect, it } from 'vitest';
import { identityFacts } from '../../../../src/hosts/observe/identity-facts.ts';

describe('what sentinels say', () => {
  it('is the id of a source and the owner of a destination', () => {
    const source = '{"formatVersion":"1.0","id":"a"}';
    const destination = '{"formatVersion":"1.3","source":"b","machine":"m","spec":"s","sync":"y","more":1}';
    const owner = { source: 'b', machine: 'm', spec: 's', sync: 'y' };
    expect(identityFacts({ source, destination })).toEqual({ source: 'a', owner });
  });

  it('is nothing in empty ones, and not known where nobody could look', () => {
    expect(identityFacts({ source: '', destination: '' })).toEqual({ source: null, owner: null });
    expect(identityFacts({ source: '-', destination: '' })).toEqual({ owner: null });
    expect(identityFacts({ source: undefined, destination: undefined })).toBeNull();
  });

  it.each(['x', '{', '[]', 'null', '{"formatVersion":"2.0","id":"a","source":"a"}', '{"formatVersion":"1.0","id":5}'])(
    "is damaged in %s: a destination is somebody's, a source has no id",
    (line) => {
      expect(identityFacts({ source: line, destination: line })).toMatchObject({
        ...{ source: null, sourceDamaged: true },
        owner: { source: null },
      });
    },
  );
});
