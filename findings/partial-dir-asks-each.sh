#!/bin/sh
# With --partial-dir rsync looks for the pieces of every file: also of those that have not changed, and also in a dry run, which
# would do nothing with them. That is a system call or more for each file.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

tracer=$(unpacked strace=6.1-0.1)
unwinding=$(unpacked libunwind8=1.6.2-3)
"$tracer/usr/bin/strace" --version | head -n 1

looks() { # WORD …: how often rsync with these looks for pieces
  LD_LIBRARY_PATH=$unwinding/usr/lib/$(uname -m)-linux-gnu "$tracer/usr/bin/strace" -f -o calls "$rsync" -a "$@" source/ copy
  grep -v execve calls | grep -c pieces || true
}

trial() {
  mkdir source copy
  for number in 1 2 3 4 5 6 7 8 9 10; do echo "$number" >"source/$number"; done
  cp -a source/. copy
  same 'looks of a run in which none of 10 files has changed' 10 "$(looks --partial-dir=pieces)"
  same 'looks of a dry run' 10 "$(looks --partial-dir=pieces --dry-run)"
  same 'looks of a dry run without the option' 0 "$(looks --dry-run)"
}

each_rsync trial
