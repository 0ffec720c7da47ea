import { describe, expect, test } from 'vitest';
import { candidatesOf, unknownLocations, type Reach } from '../../../../src/planner/ssh/candidates.ts';
import { endpoints } from '../../../support/ssh/endpoints.ts';

const SSH = endpoints({
  lan: { locations: ['home'] },
  office: { locations: ['home', 'office'] },
  wan: { locations: ['travel'] },
  vpn: {},
});
const ALL = ['lan', 'office', 'wan', 'vpn'];
const NOTHING: Reach = { locations: [], excludedLocations: [], network: null };

const order = (reach: Partial<Reach>) => candidatesOf(ALL, SSH, { ...NOTHING, ...reach });

describe('candidates', () => {
  test('keep the order of the spec when nothing is asked for', () => {
    expect(order({})).toEqual({ order: ALL, excluded: [] });
  });

  test('of a wanted location come first, and the others stay', () => {
    expect(order({ locations: ['travel'] }).order).toEqual(['wan', 'lan', 'office', 'vpn']);
  });

  test('in a wanted network come first among those of one location, and one that is not known does not', () => {
    const networks = new Map([
      ['lan', 'private'],
      ['wan', 'public'],
      ['vpn', 'private'],
    ] as const);
    const reach: Reach = { ...NOTHING, network: 'public' };
    expect(candidatesOf(ALL, SSH, reach, networks).order).toEqual(['wan', 'lan', 'office', 'vpn']);
    const both: Reach = { ...reach, locations: ['home'], network: 'private' };
    expect(candidatesOf(ALL, SSH, both, networks).order).toEqual(['lan', 'office', 'vpn', 'wan']);
  });

  test('of an excluded location are out, even when they are wanted or have another location too', () => {
    const reach = { locations: ['office'], excludedLocations: ['home'] };
    expect(order(reach)).toEqual({ order: ['wan', 'vpn'], excluded: ['lan', 'office'] });
  });
});

describe('a location on the command line', () => {
  test('that no endpoint has is a mistake, with the nearest one', () => {
    expect(unknownLocations(SSH, { locations: ['hme'], excludedLocations: ['mars'] })).toEqual([
      expect.objectContaining({ code: 'unknown-location', help: 'Did you mean `home`?' }),
      expect.objectContaining({ code: 'unknown-location', help: 'There are: `home`, `office` or `travel`.' }),
    ]);
  });

  test('that an endpoint has is none', () => {
    expect(unknownLocations(SSH, { locations: ['office'], excludedLocations: ['travel'] })).toEqual([]);
  });
});
