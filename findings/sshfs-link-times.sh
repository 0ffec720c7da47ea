#!/bin/sh
# Root. Through sshfs the time of a symbolic link cannot be set: what the link leads to gets it. The first `rsync -a` ends with 23,
# since it makes a link before the file that it leads to; each one after that gives the file the time of the link, finds that it
# differs, and copies it again, exit code 0, for ever. With --omit-link-times nothing is copied. `touch -h` ages the file too.
# Looked at on the server: sshfs itself shows for 20 seconds what it remembers.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck disable=SC2154
trap 'fusermount3 -u "$work/nas" 2>/dev/null || true; rm -rf "$work"' EXIT

sshfs=$(unpacked sshfs=3.7.3-1.2~deb12u1)
server=$(unpacked openssh-sftp-server=1:9.2p1-2+deb12u10)
mkdir nas disk
# The two talk through a pipe: nothing of this is about the connection.
printf '#!/bin/sh\nexec %s\n' "$server/usr/lib/openssh/sftp-server" >connect
chmod 755 connect
"$sshfs/usr/bin/sshfs" --version 2>&1 | grep SSHFS
"$sshfs/usr/bin/sshfs" -o "ssh_command=$work/connect" "nas:$work/disk" nas

echo x >nas/photo
ln -s photo nas/link
touch -d '2026-03-01 10:00:00 UTC' nas/photo
touch -h -d '2020-01-01 00:00:00 UTC' nas/link
same 'the year of a file after touch -h of a link to it' 2020 "$(stat -c %y disk/photo | cut -c 1-4)"

trial() {
  mkdir source
  echo x >source/photo
  touch -d '2026-03-01 10:00:00 UTC' source/photo
  ln -s photo source/a
  touch -h -d '2020-01-01 00:00:00 UTC' source/a
  copy=$work/nas/$version
  code=0
  "$rsync" -a source/ "$copy/" 2>/dev/null || code=$?
  same 'the exit code of the first run' 23 "$code"
  sleep 21
  for run in second third; do
    copied=$("$rsync" -ai source/ "$copy/" | grep '^>f')
    same "what the $run run copies of an unchanged source" '>f..t...... photo' "$copied"
    sleep 21
  done
  same 'what a run with --omit-link-times copies' '' "$("$rsync" -ai --omit-link-times source/ "$copy/")"
}

each_rsync trial
