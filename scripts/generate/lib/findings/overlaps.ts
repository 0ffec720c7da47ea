import type * as subject from '../../../../src/planner/model/findings/overlaps.ts';
import type { Examples } from './type.ts';

export const examples: Examples<typeof subject> = {
  reallyOverlap: [{ outer: 'usb:all', inner: 'disk:photos' }, false],
  sourceReallyInside: [{ outer: 'usb:all', inner: 'disk:photos' }],
  destinationReallyInside: [{ outer: 'laptop', inner: 'disk:mirror' }, 'mirror'],
  destinationReallySource: [{ outer: 'laptop:Photos', inner: 'disk:photos' }],
  sourceIsAlias: [{ outer: 'usb:photos', inner: 'disk:photos' }],
  mountReflects: [{ outer: 'laptop', inner: 'usb:photos', target: '/home/ada/mirror', inside: 'mirror' }],
  mountReachesSource: [
    { outer: 'usb:photos', inner: 'laptop:Photos', target: '/media/ada/Backup/photos/in', inside: 'in' },
  ],
  mountReachesDestination: [
    { outer: 'usb:photos', inner: 'usb:music', target: '/media/ada/Backup/photos/in', inside: 'in' },
  ],
};
