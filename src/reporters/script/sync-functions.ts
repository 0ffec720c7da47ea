/** A constant part of the script of a spec, for dash and busybox too: one sync after the other, and what became of them. */
export const SYNC_FUNCTIONS = `# ---- Syncs ---------------------------------------------------------------------------------------------------------

only=''
failed=''
refused=''
locked=''
absent=''

chosen() {
  case $only in
    '' | *" $1 "*) return 0 ;;
    *) return 1 ;;
  esac
}

# A command of the user: it keeps no lock and no connection when it leaves something running.
hook() { run "$@" 6>&- 7>&- 8>&- 9>&-; }

# number, then that of the sync whose copies it reads
attempt() {
  local became='' result=0
  number=$1
  "sync_$number"
  if ! chosen "$sync" || [ "$interrupted" -ne 0 ]; then return; fi
  if [ $# -gt 1 ]; then eval "became=\\\${became_$2:-}"; fi
  if [ "$became" = unmade ]; then
    warn "$sync is not run: what it reads was not made."
    eval "became_$number=unmade"
    return
  fi
  # What will be made is not there to be looked at.
  awaited='' stale=''
  case $became in
    made) if [ -n "$dry_run" ]; then awaited=$upstream; fi ;;
    stale) stale=$upstream ;;
  esac
  why='' reason='' noted='' begun=''
  carry_out || result=$?
  became=stale
  case $result in
    0)
      if [ -z "$dry_run" ]; then say "$sync: done"; fi
      became=made
      ;;
    10)
      say "$sync: nothing to do"
      became=made
      ;;
    5)
      say "$sync is skipped$(because_of)"
      if is_overdue; then absent=1; fi
      ;;
    4)
      warn "$sync is skipped$(because_of) nbkp prepare makes marks where they belong."
      is_overdue
      absent=1
      ;;
    3)
      warn "$sync is refused$(because_of)"
      refused=1
      ;;
    75) locked=1 ;;
    *)
      if [ "$interrupted" -eq 0 ]; then warn "$sync has failed$(because_of)"; fi
      failed=1
      ;;
  esac
  if [ -n "$begun" ] && [ "$became" = stale ]; then became=unmade; fi
  eval "became_$number=$became"
}

because_of() { printf '%s' "\${why:+: $why}\${reason:+ [$reason]}."; }

carry_out() {
  local result=0 chained='' cause code
  look_at_ends || return
  at_target writable "$root" "$mode" || return
  read_history || return
  belongs || return
  keep_success ''
  if [ -n "$dry_run" ]; then
    show_sync
    return
  fi
  begun=1
  hold_at "$target_server" 8 exclusive "$root/.nbkp-lock" || result=$?
  if [ "$result" -eq 0 ] && at_source test -e "$source_end/.nbkp-dst"; then
    chained=1
    hold_at "$source_server" 9 shared "$source_end/.nbkp-lock" || result=$?
    if [ "$result" -ne 0 ]; then drop_at "$target_server" 8 exclusive "$root/.nbkp-lock"; fi
  fi
  case $result in
    0) ;;
    1) return 75 ;;
    *) return 1 ;;
  esac
  begun=''
  within_locks || result=$?
  cause=$why code=$reason
  if [ -n "$chained" ]; then drop_at "$source_server" 9 shared "$source_end/.nbkp-lock"; fi
  drop_at "$target_server" 8 exclusive "$root/.nbkp-lock"
  why=$cause reason=$code
  return "$result"
}

# What the planner has decided before anything runs, and before a dry run.
judge() { read_source && has_room && source_filled && at_target prepared "$root" "$mode" && few_prunes; }

tell_source() {
  if [ -n "$awaited" ]; then say "$sync: the snapshot that $awaited makes to $root"; else say "$sync: $source to $root"; fi
  if [ -n "$stale" ]; then warn "$sync copies what $stale left, which is not run now [stale-upstream]."; fi
}

# Another run may have been at work until now.
within_locks() {
  local result=0
  if ! still; then
    why=\${why:-what it needs went away}
    return 1
  fi
  read_history && judge || return
  find_pieces
  tell_source
  snapshot='' snapshot_incomplete='' deadline='' alarm_failed=''
  begun=1
  steps_of_sync || result=$?
  case $result in
    0 | 10) return "$result" ;;
  esac
  # Was it the connection?
  if [ -z "$why" ]; then at_source : && at_target :; fi
  # What was begun is put right after a signal too.
  ended=$interrupted
  interrupted=0
  deadline=''
  "on_failure_$number" || alarm_failed=1
  if [ "$ended" -ne 0 ]; then interrupted=$ended; fi
  ended=0
  if [ -n "$alarm_failed" ]; then return 1; fi
  return "$result"
}

steps_of_sync() {
  local result=0
  "before_$number" || return 1
  if ! still; then
    why=\${why:-what it needs went away}
    return 1
  fi
  "transfer_$number" transfer || result=$?
  deadline=''
  if [ "$interrupted" -ne 0 ]; then return 1; fi
  case $result in
    0 | 10) ;;
    *) return "$result" ;;
  esac
  if [ "$mode" != none ]; then
    if [ "$result" -eq 0 ]; then
      if ! at_target latest_of "$root" || [ "$named" != "$previous" ] || ! still; then
        why=\${why:-latest was changed meanwhile}
        return 1
      fi
      "snapshot_$number" || return 1
      remove_links || return 1
    fi
    if [ -n "$snapshot_incomplete" ]; then not_pruned
    elif ! clock_behind "$snapshot" "$previous"; then prune_all || return 1
    fi
  fi
  "after_$number" || return 1
  now=$(stamp 000)
  keep_success "$now"
  if still; then "record_$number" || warn 'The copy is complete, and that could not be written down beside it.'; fi
  return "$result"
}

# What would be done: nothing is locked, made or removed.
show_sync() {
  judge || return
  tell_source
  if [ -z "$awaited" ]; then
    snapshot=NEW
    preview_with=\${base:-$root/.nbkp-nothing}
    case $mode in
      none) preview_with=$root ;;
      btrfs) preview_with=\${base:-$root/staging} ;;
    esac
    "commands_$number" preview >"$work/preview" || {
      why='this dry run of rsync failed'
      return 1
    }
    # The totals of rsync come after an empty line.
    sed -e '/^created directory /d' -e '/^$/,$d' "$work/preview"
  fi
  # A run would refuse it only then.
  begun=1
  if [ -z "$awaited" ]; then "transfer_$number" would_lose || return; fi
  # Nothing is pruned for a run that is refused.
  decided prune | sed 's/^/  would prune /'
}

exit_code() {
  if [ "$interrupted" -ne 0 ]; then printf '%s' "$interrupted"
  elif [ -n "$failed" ]; then printf 1
  elif [ -n "$refused" ]; then printf 3
  elif [ -n "$locked" ]; then printf 75
  elif [ -n "$absent" ]; then printf 4
  else printf 0
  fi
}

usage() {
  warn "Usage: $0 [-n] [-v] [--only NAME]..."
  exit 64
}

main() {
  local name
  while [ $# -gt 0 ]; do
    case $1 in
      -n | --dry-run) dry_run=1 ;;
      -v | --verbose) verbose=1 ;;
      --only=*)
        case " $known " in *" \${1#*=} "*) only="\${only:- }\${1#*=} " ;; *) usage ;; esac
        ;;
      -s | --only)
        if [ $# -lt 2 ]; then usage; fi
        shift
        case " $known " in *" $1 "*) only="\${only:- }$1 " ;; *) usage ;; esac
        ;;
      *) usage ;;
    esac
    shift
  done
  script_folder=$(cd -P -- "$(dirname -- "$0")" && printf '%s.' "$PWD") || exit 1
  script_folder=\${script_folder%.}
  for name in rsync flock awk find stat readlink mkfifo $also; do
    command -v "$name" >/dev/null || {
      warn "This script needs $name."
      exit 1
    }
  done
  work=$(mktemp -d "\${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  state_folder
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  all
  disconnect
  exit "$(exit_code)"
}

main "$@"
`;
