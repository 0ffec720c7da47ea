#!/bin/sh
# rsync makes the last folder of its target when it is missing, and so fills the folder that was a mountpoint a moment ago. A
# target that ends with `/.` is the same folder, and is not made: exit code 11, nothing written.
. "$(dirname "$0")/common.sh"

trial() {
  mkdir source
  echo photo >source/photo
  "$rsync" -a source/ "made/"
  same 'the target alone is made' photo "$(cat made/photo)"
  code=0
  "$rsync" -a source/ "kept/." 2>errors || code=$?
  same 'behind /. exit code' 11 "$code"
  same 'behind /. it is made' no "$(test -e kept && echo yes || echo no)"
}

each_rsync trial
