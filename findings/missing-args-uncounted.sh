#!/bin/sh
# `--files-from` with `--delete-missing-args` deletes at the target what is listed and gone from the source. Three surprises:
# `--stats` says that 0 files were deleted; a folder that is not empty is kept, with exit code 0; and a listed file whose folder
# is gone from the source too is kept, told as "vanished", with exit code 24.
. "$(dirname "$0")/common.sh"

pass() { # NAME
  code=0
  printf '%s\0' "$1" >list
  set -- -ri --existing --ignore-existing --files-from=list --from0 --delete-missing-args --stats --no-human-readable
  "$rsync" "$@" source/ target/ >said 2>&1 || code=$?
}

trial() {
  mkdir -p source target/folder
  touch target/file target/folder/inside
  pass file
  same 'a file: exit code' 0 "$code"
  same 'a file: deleted, it says' '*deleting   file' "$(grep deleting said)"
  same 'a file: deleted, it counts' 'Number of deleted files: 0' "$(grep 'deleted files' said)"
  same 'a file: is there' no "$(test -e target/file && echo yes || echo no)"
  pass folder
  same 'a folder: exit code' 0 "$code"
  same 'a folder: it says' 'cannot delete non-empty directory: folder' "$(grep folder said)"
  same 'a folder: is there' yes "$(test -e target/folder && echo yes || echo no)"
  pass folder/inside
  same 'a file whose folder is gone: exit code' 24 "$code"
  same 'a file whose folder is gone: is there' yes "$(test -e target/folder/inside && echo yes || echo no)"
}

each_rsync trial
