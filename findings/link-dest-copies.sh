#!/bin/sh
# A file whose mode alone has changed is copied whole by `--link-dest`: another inode, all its bytes once more. The line of
# `-i` begins with `c`, a local change. `--stats` counts it nowhere: no file created, none transferred, no literal data.
# A `chmod -R` over photographs thus doubles what a history of hard links needs, and the numbers say "nothing copied".
. "$(dirname "$0")/common.sh"

trial() {
  mkdir source
  head -c 100000 /dev/zero | tr '\0' x >source/photo
  "$rsync" -a source/ first/
  chmod 600 source/photo
  "$rsync" -ai --stats --no-human-readable --link-dest="$PWD/first" source/ second/ >said
  same 'the line of the file' 'cf...p..... photo' "$(grep photo said)"
  same 'files created' 'Number of created files: 0' "$(grep 'created files' said)"
  same 'files transferred' 'Number of regular files transferred: 0' "$(grep transferred: said)"
  same 'literal data' 'Literal data: 0 bytes' "$(grep Literal said)"
  same 'links of the copy' 1 "$(stat -c %h second/photo)"
}

each_rsync trial
