/** A constant part of the script of a spec one end of which is on a server: which of several ways leads there. */
export const WAY_FUNCTIONS = `# ---- Ways to a server -------------------------------------------------------------------------------------------------

# Goes the most wanted way to a server that leads there.
connect() {
  local way
  code='' answers=' '
  "server_$1" : ''
  case $ways in *' '*) knock_everywhere "$1" || return 1 ;; esac
  for way in $ways; do
    if [ "$interrupted" -ne 0 ]; then return 1; fi
    case $answers in
      *" $way:no "*) why_refused "$work/refused-$way" ;;
      *" $way:yes "* | ' ') if "server_$1" endpoint "$way"; then return 0; fi ;;
    esac
  done
  return 1
}

# Tries all ways at once, as nbkp does: nobody waits for what is silent. Once one has answered, those that are wanted more have a
# second left. Sets answers.
knock_everywhere() {
  local way line timer='' knocking=''
  rm -f "$work/knocks"
  mkfifo -m 600 "$work/knocks" || return 1
  exec 5<>"$work/knocks"
  for way in $ways; do
    "server_$1" knock "$way" 2>/dev/null &
    knocking="$knocking $!"
  done
  until is_settled || [ "$interrupted" -ne 0 ]; do
    read -r line <&5 || continue
    if [ "$line" = late ]; then break; fi
    answers="$answers$line "
    case $timer$line in
      *:yes)
        { sleep 1; echo late >&5; } >/dev/null 2>&1 &
        timer=$!
        ;;
    esac
  done
  # Some shells tell of what they end.
  # shellcheck disable=SC2086
  { kill $knocking $timer; wait $knocking $timer; } 2>/dev/null
  exec 5>&-
}

# In the background. Arguments: seconds, then what ssh is told.
knock() {
  local code=0 patience="$1" verbose='' deadline=''
  shift
  child=''
  trap 'interrupted=143; if [ -n "$child" ]; then end_child; fi' TERM
  supervise timeout "$patience" ssh "$@" exit >/dev/null 2>"$work/refused-$way" || code=$?
  case $code in
    124 | 143 | 255) echo "$way:no" >&5 ;;
    *) echo "$way:yes" >&5 ;;
  esac
}

# Has the most wanted way that may still lead there answered, or does none lead there?
is_settled() {
  local way
  for way in $ways; do
    case $answers in
      *" $way:yes "*) return 0 ;;
      *" $way:no "*) ;;
      *) return 1 ;;
    esac
  done
}

# Why a way did not lead there, from what ssh said: wrong where that waits for a person, as in planner/ssh/failure.ts.
why_refused() {
  local output
  output=$(cat "$1")
  refusal=$(printf '%s\\n' "$output" | sed '/^$/d' | tail -n 1 | tr -d '\\r')
  refusal=\${refusal:-no answer}
  case $output in
    *'REMOTE HOST IDENTIFICATION HAS CHANGED'*) is_wrong host-key-changed 'its key has changed' ;;
    *'host key is known for '*' and you have requested strict checking'* | *'Host key verification failed'*)
      refusal='its key is not known yet'
      code=\${code:-host-key-unknown}
      ;;
    *'Bad configuration option'* | *'Bad owner or permissions on'* | *'bad configuration options'* | *'Unsupported option'* | \\
      *'extra arguments'*)
      is_wrong ssh-configuration-invalid "$refusal"
      ;;
    *'Load key "'*) is_wrong ssh-key-unusable "$refusal" ;;
    *'Permission denied ('* | *'Too many authentication failures'*) is_wrong ssh-login-refused "$refusal" ;;
    *'Could not resolve hostname '* | *'Name or service not known'* | *'Temporary failure in name resolution'* | \\
      *'Connection refused'* | *'No route to host'* | *'Network is unreachable'* | *'Host is down'* | \\
      *'timed out'* | *'Timeout, server '*' not responding'* | '') ;;
    *) is_wrong remote-shell-unusable "$refusal" ;;
  esac
}

# What comes first counts.
is_wrong() {
  if [ -n "$wrong" ]; then return; fi
  code=$1 wrong=$2
}
`;
