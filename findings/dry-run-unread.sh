#!/bin/sh
# A dry run of rsync lists a folder and opens no file. What its user may not read it shows as copied, exit code 0; the run that
# follows ends with 23. A folder that cannot be listed ends both with 23.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

code_of() { # COMMAND …: its exit code; what it says on standard output is in the file out
  code=0
  user "$@" >out 2>/dev/null || code=$?
  echo "$code"
}

trial() {
  mkdir -m 777 source copy
  echo x >source/open
  echo x >source/closed
  chmod 0 source/closed
  same 'the exit code of a dry run' 0 "$(code_of "$rsync" -ain source/ copy)"
  same 'what it says of a file that it may not read' '>f+++++++++ closed' "$(grep closed out)"
  same 'the exit code of the run' 23 "$(code_of "$rsync" -ai source/ copy)"
  same 'what that says of the file' '' "$(grep closed out || true)"
  rm -f source/closed
  mkdir -m 0 source/folder
  same 'the exit code of a dry run, with such a folder' 23 "$(code_of "$rsync" -ain source/ copy)"
}

each_rsync trial
