import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandGuard } from '../../../../src/executors/run/command-guard.ts';

const SNAPSHOT = '2026-03-10T12:00:00.000Z';

function guard(commands: string[][], known: Record<string, string> = {}): CommandGuard {
  return new CommandGuard({ id: 'transfer:photos', commands }, known);
}

describe('what an executor may run', () => {
  it('is a command of the step, word for word', () => {
    const subject = guard([
      ['sync', '-f', '/mnt'],
      ['rm', '-rf', '/mnt/a b'],
    ]);
    expect(() => subject.check(['rm', '-rf', '/mnt/a b'])).not.toThrow();
    expect(() => subject.check(['rm', '-rf', '/mnt/a'])).toThrow('transfer:photos tried to run');
    expect(() => subject.check(['rm', '-rf', '/mnt/a b', '/'])).toThrow('does not show');
    expect(() => subject.check(['rm', '-rf'])).toThrow('does not show');
    expect(() => subject.check([])).toThrow('does not show');
  });

  it('has the values that are known, and no others', () => {
    const subject = guard([['mkdir', '/s/{snapshot:photos}']], { '{snapshot:photos}': SNAPSHOT });
    expect(() => subject.check(['mkdir', `/s/${SNAPSHOT}`])).not.toThrow();
    expect(() => subject.check(['mkdir', '/s/2027-01-01T00:00:00.000Z'])).toThrow('does not show');
  });

  it('may choose a value that is not known, once', () => {
    const subject = guard([
      ['mkdir', '/s/.partial-{snapshot:photos}'],
      ['mv', '-T', '/s/.partial-{snapshot:photos}', '/s/{snapshot:photos}'],
    ]);
    subject.check(['mkdir', `/s/.partial-${SNAPSHOT}`]);
    expect(() => subject.check(['mv', '-T', `/s/.partial-${SNAPSHOT}`, `/s/${SNAPSHOT}`])).not.toThrow();
    expect(() => subject.check(['mkdir', '/s/.partial-2027-01-01T00:00:00.000Z'])).toThrow('does not show');
  });

  it('may not choose two values for one placeholder in one command', () => {
    const twice = ['mv', '/s/{snapshot:photos}', '/t/{snapshot:photos}'];
    expect(() => guard([twice]).check(['mv', '/s/2026', '/t/2027'])).toThrow('does not show');
    const inOneWord = ['ln', '{snapshot:a}/{snapshot:b}/{snapshot:a}'];
    expect(() => guard([inOneWord]).check(['ln', '1/2/1'])).not.toThrow();
    expect(() => guard([inOneWord]).check(['ln', '1/2/3'])).toThrow('does not show');
  });

  it('has values with a newline in them', () => {
    const subject = guard([['cat', '{mount:usb}/a']]);
    expect(() => subject.check(['cat', '/media/two\nlines/a'])).not.toThrow();
    expect(() => subject.check(['cat', '/media/two\nlines/b'])).toThrow('does not show');
  });

  it('may choose only what such a value looks like', () => {
    for (const value of ['', '../../etc', 'a', '1\n', '1 2', '2026;rm']) {
      expect(() => guard([['mkdir', '/s/{snapshot:photos}']]).check(['mkdir', `/s/${value}`])).toThrow('does not show');
    }
    for (const value of ['', 'sda1', '/dev/', '/dev/sda 1', '/dev/../etc']) {
      expect(() => guard([['mount', '{device:usb}']]).check(['mount', value])).toThrow('does not show');
    }
    expect(() => guard([['mount', '{device:usb}']]).check(['mount', '/dev/mapper/usb'])).not.toThrow();
  });

  it('may be the time of a success, to the millisecond and in UTC', () => {
    const note = (time: string) => () => guard([['printf', '{success:photos}']]).check(['printf', time]);
    expect(note(SNAPSHOT)).not.toThrow();
    for (const time of ['', '2026', '2026-03-10T12:00:00Z', '2026-03-10T12:00:00.000+01:00', `x${SNAPSHOT}`]) {
      expect(note(time)).toThrow('does not show');
    }
  });

  it('is judged by all of its text, whatever signs the rest of it holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, after, other) => {
        const command = [['cp', `${before}{snapshot:x}${after}`]];
        expect(() => guard(command).check(['cp', `${before}7${after}`])).not.toThrow();
        fc.pre(other !== after && !/^[0-9TZ:.-]/.test(other) && !/^[0-9TZ:.-]/.test(after));
        expect(() => guard(command).check(['cp', `${before}7${other}`])).toThrow('does not show');
      }),
    );
  });
});

describe('the values that a step hands on', () => {
  it('are those that it used', () => {
    const subject = guard([['mkdir', '{snapshot:photos}']]);
    subject.check(['mkdir', SNAPSHOT]);
    expect(() => subject.checkValues({ '{snapshot:photos}': SNAPSHOT })).not.toThrow();
    expect(() => subject.checkValues({ '{snapshot:photos}': '2027' })).toThrow('which it cannot be');
  });

  it('are not other values for what was known', () => {
    const subject = guard([], { '{snapshot:photos}': SNAPSHOT });
    expect(() => subject.checkValues({ '{snapshot:photos}': '2027' })).toThrow('which it cannot be');
  });

  it('look like such values', () => {
    expect(() => guard([]).checkValues({ '{snapshot:photos}': '../x' })).toThrow('which it cannot be');
    expect(() => guard([]).checkValues({ '{mount:usb}': '/media/usb' })).not.toThrow();
  });
});
