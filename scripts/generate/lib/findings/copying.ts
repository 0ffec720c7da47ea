import type * as subject from '../../../../src/planner/model/findings/copying.ts';
import type { Examples } from './type.ts';

type About = subject.About;

const about = (paths: string, why = 'Permission denied'): [About] => [{ paths, why, restoring: false }];
const IO = 'Input/output error';
const COPY = '/media/ada/Backup/photos';

export const examples: Examples<typeof subject> = {
  filesUnreadable: about('/home/ada/Photos/.trash'),
  sourceDamaged: about('/home/ada/Photos/2019/a.jpg, /home/ada/Photos/2019/b.jpg and 7 more', IO),
  sourceLost: about('/mnt/nas/Photos', 'Stale file handle'),
  pathNotThere: about('/home/ada/Photos', 'No such file or directory'),
  linkLeadsNowhere: about('/home/ada/Photos/current', 'No such file or directory'),
  deletesPostponed: [{ count: 40, destination: 'usb:photos', hidden: '', incomplete: true }],
  folderInTheWay: about(`${COPY}/2019`, 'Is a directory'),
  filesChanged: about('/home/ada/Photos/catalogue.db', 'failed verification'),
  pathTooLong: about('/home/ada/Photos/a-name-of-300-characters', 'File name too long'),
  diskFull: [{ restoring: false }],
  quotaExceeded: about(`${COPY}/2026/a.jpg`, 'Disk quota exceeded'),
  destinationReadOnly: about(`${COPY}/2026/a.jpg`, 'Read-only file system'),
  destinationDamaged: about(`${COPY}/2026/a.jpg`, IO),
  destinationLost: about(COPY, 'Transport endpoint is not connected'),
  destinationNotWritable: about(`${COPY}/2026`),
  destinationForeign: about(`${COPY}/2019`, 'Operation not permitted'),
  destinationProtected: about(`${COPY}/2019/a.jpg`, 'Operation not permitted'),
  destinationBusy: about(`${COPY}/inbox`, 'Device or resource busy'),
  destinationPathMissing: about(`${COPY}/2026`, 'No such file or directory'),
  destinationLinked: about(COPY, 'Too many levels of symbolic links'),
  ownersUnholdable: about(`${COPY}/2026/a.jpg`, 'Operation not permitted'),
  linksUnholdable: about(`${COPY}/current`, 'Operation not permitted'),
  hardLinksUnholdable: about(`${COPY}/2026/b.jpg`, 'Operation not permitted'),
  namesCopiedApart: [{ destination: 'usb:photos' }],
  tooManyLinks: about(`${COPY}/cache/blank.png`, 'Too many links'),
  specialFilesUnholdable: about(`${COPY}/run/app.sock`, 'Operation not permitted'),
  attributesUnholdable: about(`${COPY}/2026/a.jpg`, 'No space left on device'),
  namesUnholdable: about(`${COPY}/Talk: notes.txt`, 'Invalid argument'),
  fileTooLarge: about(`${COPY}/films/wedding.mkv`, 'File too large'),
};
