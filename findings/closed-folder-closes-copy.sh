#!/bin/sh
# A folder that its user may not enter any more closes its copy. rsync cannot list it, ends with 23 and deletes nothing, and still sets
# the mode of the folder in the copy: the files that are safe there can no longer be read by the same user.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

trial() {
  chmod 777 .
  user mkdir -p source/album copy
  user sh -c 'echo x >source/album/photo'
  user "$rsync" -a source/ copy/
  same 'what the copy has' x "$(user cat copy/album/photo)"
  user chmod 0 source/album
  code=0
  user "$rsync" -a --delete source/ copy/ 2>/dev/null || code=$?
  same 'the exit code after chmod 0' 23 "$code"
  same 'the mode of the folder in the copy' 0 "$(stat -c %a copy/album)"
  same 'what its user can read of it' '' "$(user cat copy/album/photo 2>/dev/null || true)"
  user chmod 700 copy/album
  same 'what is there still' x "$(user cat copy/album/photo)"
}

each_rsync trial
