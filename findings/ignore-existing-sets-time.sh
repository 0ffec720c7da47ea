#!/bin/sh
# --ignore-existing leaves what is there as it is, but for its time where the source has a folder of that name: the file, or the link,
# keeps its content and gets the time of the folder, exit code 0 when the folder is empty. A snapshot that shares the file gets it too.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

year() { # PATH
  stat -c %y "$1" | cut -c 1-4
}

trial() {
  mkdir -p source/photo source/link older newer
  touch -d '2001-01-01 00:00:00 UTC' source/photo source/link
  echo x >older/photo
  ln -s photo older/link
  touch -h -d '2020-01-01 00:00:00 UTC' older/photo older/link
  cp -al older/. newer
  code=0
  "$rsync" -a --ignore-existing source/ newer/ || code=$?
  same 'the exit code' 0 "$code"
  same 'the content of the file' x "$(cat newer/photo)"
  same 'the year of the file, which was 2020' 2001 "$(year newer/photo)"
  same 'the year of the file in the older snapshot' 2001 "$(year older/photo)"
  same 'the year of the link in the older snapshot' 2001 "$(year older/link)"
}

each_rsync trial
