/** Debian's tools take the maintainer from these variables; a release says who that is. */
const { DEBFULLNAME = 'nbkp maintainers', DEBEMAIL = 'nbkp@example.org' } = process.env;
const MAINTAINER = `${DEBFULLNAME} <${DEBEMAIL}>`;

/** @param {{architecture: string, version: string, kibibytes: number}} what the size is that of the files */
export function control({ architecture, version, kibibytes }) {
  return `Package: nbkp
Version: ${version}
Architecture: ${architecture}
Maintainer: ${MAINTAINER}
Installed-Size: ${kibibytes}
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6, rsync (>= 3.1)
Recommends: openssh-client, udisks2, btrfs-progs
Suggests: libsecret-tools
Section: admin
Priority: optional
Description: backups with rsync that are shown before they are made
 Nomad Backup copies folders to removable drives and to servers with rsync,
 keeps history as snapshots (hard links or btrfs), and shows exactly what it
 will do before it does it. Drives and servers that are absent are normal:
 what needs them is skipped.
 .
 Node is part of the program; the Node of the system is not used.
`;
}

/** @param {number} epoch seconds since 1970 */
export function changelog(version, epoch) {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000');
  return `nbkp (${version}) unstable; urgency=medium

  * Version ${version}. What changed for users is in NEWS.md.

 -- ${MAINTAINER}  ${date}
`;
}

export const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: nbkp
Comment: The program has Node and packages of npm in it. Their licences are in
 /usr/share/doc/nbkp/licences.gz, as they are told by "nbkp version --licenses".

Files: *
Copyright: 2026 the authors of nbkp, of Node.js and of the packages in them
License: Apache-2.0
 On Debian systems the whole text is in /usr/share/common-licenses/Apache-2.0.
`;

/** What lintian cannot know, each with its reason. */
export const OVERRIDES = `# Node with the program in it, as Node releases it: removing symbols would change what was tested.
nbkp: unstripped-binary-or-object [usr/bin/nbkp]
# Node brings its own copies, and the security team of Node looks after them.
nbkp: embedded-library *
`;
