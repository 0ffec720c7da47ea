/** A constant part of every script: tells files whose times the destination cannot hold, as a run does with `times-not-held`. */
export const TIMES_FUNCTIONS = `# ---- Times ----------------------------------------------------------------------------------------------------------

# Where names of copied files go whose times the destination cannot hold, if anywhere.
late_to='' first_time='' last_time='' held_from='' held_to=''

# rsync tells times as this machine's clock on the wall shows them.
look_at_times() {
  late_to=''
  if [ -z "$held_by" ] || [ -n "$dry_run" ]; then return 0; fi
  first_time=$(date -d "@$held_from" +%Y/%m/%d-%H:%M:%S) || return 1
  last_time=$(date -d "@$held_to" +%Y/%m/%d-%H:%M:%S) || return 1
  late_to=$work/late
  : >"$late_to"
}

tell_times() {
  if [ -z "$late_to" ] || [ ! -s "$late_to" ]; then return 0; fi
  warn "$held_by cannot hold times before \${first_time%-*} or after \${last_time%-*}. Copies of these have other times, and are made in every run [times-not-held]:"
  sort -u "$late_to" | awk 'NR <= 5 { print "  " $0 } END { if (NR > 5) print "  and " NR - 5 " more" }' >&2
}
`;
