/** The constant part of a script, in bash 3.2: looks before it begins, and shows what it would do. */
export const MAIN_FUNCTIONS = `refuse() {
  warn "$1"
  exit 3
}

# The drive or folder of a sync is not here.
absent() {
  group[$1]=absent
  say "$2 is skipped: its drive or folder is not here."
  if [ -n "\${3:-}" ] && [ "$plan_code" -eq 0 ]; then plan_code=4; fi
}

# step, its sync, syncs that it waits for
still() {
  local number=$1 sync=$2 other
  shift 2
  if [ "\${group[sync]:-}" = absent ]; then return; fi
  for other; do
    if [ "\${group[other]:-}" = absent ]; then refuse 'A chain reads what an absent drive would have got.'; fi
  done
  "check_$number" all || refuse 'The plan is stale: nothing was done. Make a new one.'
}

# What a step would run, and what a transfer would change, by a dry run of rsync that writes nothing.
show() {
  if [ "\${group[$2]:-}" = absent ]; then return; fi
  say "$3"
  if [ "$4" != transfer ]; then
    "step_$1"
    return
  fi
  local part
  for part in prepare compare kinds first list second clean last; do "commands_$1" "$part"; done
  if [ -z "\${5:-}" ]; then return; fi
  "commands_$1" preview || warn 'This dry run of rsync failed.'
  local result=0
  "step_$1" would_lose || result=$?
  case $result in
    0) ;;
    3)
      refused=1
      warn "$3 would be refused."
      ;;
    *) failed=1 ;;
  esac
}
`;
