/**
 * A constant part of every script, in what dash, busybox and bash 3.2 have in common: runs processes, tells what it does, and ends in order after a signal.
 */
export const PROCESS_FUNCTIONS = `say() { printf '%s\\n' "$*"; }
warn() { printf '%s\\n' "$*" >&2; }

# The words of a command as a shell would read them.
words() {
  local word line=''
  for word; do line="$line $(quoted "$word")"; done
  printf '%s\\n' "\${line# }"
}

quoted() {
  case $1 in
    '' | *[!A-Za-z0-9_@%+=:,./-]*)
      # Control characters would act on the terminal.
      printf '%s' "$1" | sed "s/'/'\\\\\\\\''/g" | tr '\\001-\\037\\177' '?' | { printf "'" && cat && printf "'"; }
      ;;
    *) printf '%s' "$1" ;;
  esac
}

# ---- Processes ----------------------------------------------------------------------------------------------------

interrupted=0
# The code of the signal while that is put aside for commands that come after it.
ended=0
child=''
# What a command reads, and the descriptors to which it writes. What this shell says goes to its own.
input=/dev/null
out_to=1
err_to=2

on_signal() {
  if [ "$interrupted" -ne 0 ]; then exit "$interrupted"; fi
  if [ "$ended" -ne 0 ]; then exit "$ended"; fi
  interrupted=$1
  warn "Interrupted: what is running is ended, nothing more is begun."
  if [ -n "$child" ]; then end_child; fi
}

# What comes before the child has become its command is lost in some shells: until then it is a copy of this one.
end_child() {
  while kill -TERM "$child" 2>/dev/null && cmp -s "/proc/$$/cmdline" "/proc/$child/cmdline" 2>/dev/null; do sleep 0.1; done
  kill -TERM "$child" 2>/dev/null
}

# Runs a command to its end, also when a signal comes meanwhile. It inherits the locks.
supervise() {
  local code left
  if [ "$interrupted" -ne 0 ]; then return 143; fi
  if [ -n "$verbose" ]; then warn "    $(words "$@")"; fi
  if [ -n "$deadline" ]; then
    left=$((deadline - $(date +%s)))
    if [ "$left" -lt 1 ]; then left=1; fi
    set -- timeout -k 10 "$left" "$@"
  fi
  "$@" <"$input" 1>&"$out_to" 2>&"$err_to" &
  child=$!
  # A signal that came while it was being started found nothing to end.
  if [ "$interrupted" -ne 0 ]; then end_child; fi
  while :; do
    wait "$child"
    code=$?
    if ! kill -0 "$child" 2>/dev/null; then break; fi
  done
  child=''
  return "$code"
}

# A command of a step.
run() {
  if [ -n "$dry_run" ]; then
    say "    $(words "$@")"
    return 0
  fi
  supervise "$@" && return 0
  if [ "$interrupted" -eq 0 ]; then warn "Failed: $(words "$@")"; fi
  return 1
}
`;
