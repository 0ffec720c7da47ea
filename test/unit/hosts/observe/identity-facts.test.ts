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

  it.each([
    [{ source: '{"formatVersion":"2.0","id":{}}' }, '.nbkp-src', '2.0'],
    [{ source: '', destination: '{"formatVersion":"3.1"}' }, '.nbkp-dst', '3.1'],
    [{ destination: '', last: '{"formatVersion":"2.0"}' }, '.nbkp-last.json', '2.0'],
  ])('is of a newer nbkp in %j', (lines, name, format) => {
    expect(identityFacts({ source: undefined, destination: undefined, ...lines })).toMatchObject({
      newer: { name, format },
    });
  });

  it.each([
    '{"formatVersion":"1.9"}',
    '{"formatVersion":"0.9"}',
    '{"formatVersion":"99999.0"}',
    '{"formatVersion":[]}',
  ])('is of no newer nbkp in %s', (line) =>
    expect(identityFacts({ source: line, destination: line, last: line })).not.toHaveProperty('newer'),
  );

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
