#!/bin/sh
# Root. A lock of flock(2) on sshfs never leaves the machine: two machines that mount one folder both get the exclusive lock on the same
# file, at the same time, and neither is told. The second mount stands for the second machine.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck disable=SC2154
trap 'exec 9>&-; fusermount3 -u "$work/laptop" 2>/dev/null || true; fusermount3 -u "$work/desktop" 2>/dev/null || true; rm -rf "$work"' EXIT

sshfs=$(unpacked sshfs=3.7.3-1.2~deb12u1)
server=$(unpacked openssh-sftp-server=1:9.2p1-2+deb12u10)
mkdir laptop desktop disk
# The two talk through a pipe: nothing of this is about the connection.
printf '#!/bin/sh\nexec %s\n' "$server/usr/lib/openssh/sftp-server" >connect
chmod 755 connect
"$sshfs/usr/bin/sshfs" --version 2>&1 | grep SSHFS
"$sshfs/usr/bin/sshfs" -o "ssh_command=$work/connect" "nas:$work/disk" laptop
"$sshfs/usr/bin/sshfs" -o "ssh_command=$work/connect" "nas:$work/disk" desktop
: >disk/lock

held() { # FOLDER: whether somebody who asks there now is refused
  if flock -n "$1/lock" true; then echo no; else echo yes; fi
}

exec 9<>laptop/lock
flock -n 9
same 'refused on the machine that has the lock' yes "$(held laptop)"
same 'refused on the other machine' no "$(held desktop)"
same 'refused on the server' no "$(held disk)"
