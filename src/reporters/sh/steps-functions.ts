/**
 * The constant part of a script, in bash 3.2: decides which steps run, and what the script's exit code is, as `executors/run/graph.ts` does.
 */
export const STEPS_FUNCTIONS = `# ---- Steps: which of them run ---------------------------------------------------------------------------------------

# By step: done, unneeded, failed, refused, interrupted or not-run.
state=()
# By sync: open once it has its locks, locked, failed, or absent.
group=()
failed=''
refused=''
locked=''

# number, sync's number, id, success or failure, then the steps that it depends on
step() {
  local number=$1 sync=$2 id=$3 condition=$4 dependency bad='' alarm='' begun=''
  shift 4
  state[number]=not-run
  for dependency; do
    case \${state[dependency]} in
      done) begun=1 ;;
      unneeded) ;;
      failed | refused) bad=1 alarm=1 ;;
      interrupted) bad=1 begun=1 ;;
      *) bad=1 ;;
    esac
  done
  if [ "$condition" = failure ]; then
    if [ -z "$alarm" ] && { [ -z "$bad" ] || [ -z "$begun" ]; }; then return; fi
    # What the others have begun is put right after a signal too.
    ended=$interrupted
    interrupted=0
    attempt "$number" "$sync" "$id"
    if [ "$ended" -ne 0 ]; then interrupted=$ended; fi
    ended=0
  elif [ -z "$bad" ] && [ "$interrupted" -eq 0 ]; then
    attempt "$number" "$sync" "$id"
  fi
}

attempt() {
  local number=$1 sync=$2 id=$3
  admit "$sync" || return 0
  say "$id"
  deadline=''
  local result=0
  if "check_$number" all; then "step_$number" || result=$?; else result=1; fi
  if [ "$interrupted" -ne 0 ]; then
    state[number]=interrupted
    return 0
  fi
  case $result in
    0) state[number]='done' ;;
    10)
      state[number]=unneeded
      say '  nothing to do'
      ;;
    3)
      state[number]=refused
      refused=1
      warn "$id was refused."
      ;;
    *)
      state[number]=failed
      failed=1
      warn "$id failed."
      ;;
  esac
}

# The locks of a sync are taken before the first of its steps that runs.
admit() {
  case \${group[$1]:-} in
    open) return 0 ;;
    '') ;;
    *) return 1 ;;
  esac
  local result=0
  "locks_$1" || result=$?
  case $result in
    0)
      group[$1]=open
      return 0
      ;;
    1)
      group[$1]=locked
      locked=1
      ;;
    *)
      group[$1]=failed
      failed=1
      ;;
  esac
  return 1
}

unnoted() { warn 'The copy is complete, and that could not be written down beside it.'; }

settle() {
  if [ "\${group[$1]:-}" = open ]; then "unlock_$1"; fi
}

# Interrupted, failed, refused, locked: the first of them counts, then what the plan itself meant.
exit_code() {
  if [ "$interrupted" -ne 0 ]; then printf '%s' "$interrupted"
  elif [ -n "$failed" ] || [ "$plan_code" -eq 1 ]; then printf 1
  elif [ -n "$refused" ] || [ "$plan_code" -eq 3 ]; then printf 3
  elif [ -n "$locked" ]; then printf 75
  else printf '%s' "$plan_code"
  fi
}
`;
