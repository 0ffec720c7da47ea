/** Functions of awk about times, which come before its other programs. */
export const TIME_FUNCTIONS = `function day_number(year, month, day,  era, of_era, of_year) {
  if (month <= 2) year--
  era = floor(year / 400)
  of_era = year - era * 400
  of_year = int((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + of_year - 719468
}
function last_day(year, month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}
# Milliseconds since 1970; nothing for what is no time.
function time_of(text,  year, month, day, hour, minute, second) {
  if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9](:[0-9][0-9]:|-[0-9][0-9]-)[0-9][0-9][.][0-9][0-9][0-9]Z$/) return ""
  year = substr(text, 1, 4) + 0; month = substr(text, 6, 2) + 0; day = substr(text, 9, 2) + 0
  hour = substr(text, 12, 2) + 0; minute = substr(text, 15, 2) + 0; second = substr(text, 18, 2) + 0
  if (month < 1 || month > 12 || day < 1 || day > last_day(year, month) || hour > 23 || minute > 59 || second > 59) return ""
  return (day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second) * 1000 + substr(text, 21, 3)
}
function floor(number,  whole) { whole = int(number); return whole > number ? whole - 1 : whole }
`;

/** The program of awk that decides as `planner/retention/` does: it reads what is in `snapshots/`, and tells what is what and what goes. Numbers above 2^31 are no index and are not printed, since busybox and mawk cannot. */
export const JUDGE_HISTORY = `# What the clock on the wall shows, in milliseconds.
function look_at_clock(i,  at) {
  shifts[i] = changes > 0 ? offsets[1] : 0
  for (at = 2; at <= changes && starts[at] <= times[i]; at++) shifts[i] = offsets[at]
  walls[i] = times[i] + shifts[i] * 1000
}
function bucket_of(i, unit,  local, day, year, month, left, z, era, of_era) {
  local = walls[i]
  if (unit == "hourly") return floor(local / 3600000) " " shifts[i]
  day = floor(local / 86400000)
  if (unit == "daily") return day ""
  if (unit == "weekly") return floor((day + 3) / 7) ""
  z = day + 719468
  era = floor(z / 146097)
  left = z - era * 146097
  of_era = int((left - int(left / 1460) + int(left / 36524) - int(left / 146096)) / 365)
  left = left - (365 * of_era + int(of_era / 4) - int(of_era / 100))
  month = int((5 * left + 2) / 153)
  month = month < 10 ? month + 3 : month - 9
  year = of_era + era * 400 + (month <= 2)
  return unit == "yearly" ? year "" : year " " month
}
# Newest first. Of two spellings of one time the favourite comes first, then the one that sorts last.
function sort_all(total, favourite,  i, j, moved) {
  for (i = 1; i <= total; i++) {
    moved = i
    for (j = i - 1; j >= 1 && newer(moved, order[j], favourite); j--) order[j + 1] = order[j]
    order[j + 1] = moved
  }
}
function newer(a, b, favourite) {
  if (times[a] != times[b]) return times[a] > times[b]
  if (names[a] == favourite || names[b] == favourite) return names[a] == favourite
  return (names[a] "") > (names[b] "")
}
# The newest of each bucket, or the newest whole one where there is one.
function judge_bucket(total, unit, count,  i, bucket, used, buckets, holder) {
  for (i = 1; i <= total; i++) {
    bucket = unit " " bucket_of(order[i], unit)
    if (!(bucket in holder)) {
      if (used == count) continue
      buckets[++used] = bucket
      holder[bucket] = order[i]
    } else if (names[holder[bucket]] in marked && !(names[order[i]] in marked)) holder[bucket] = order[i]
  }
  for (i = 1; i <= used; i++) stays[holder[buckets[i]]] = 1
}
# Backup time: no gap counts more than three times the usual one, and none less than a day.
function judge_within(total, span,  i, j, gaps, gap, sorted, most, age) {
  gaps = (total < 11 ? total : 11) - 1
  for (i = 1; i <= gaps; i++) {
    gap = times[order[i]] - times[order[i + 1]]
    for (j = i - 1; j >= 1 && sorted[j] > gap; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = gap
  }
  most = gaps > 0 ? 3 * sorted[int((gaps - 1) / 2) + 1] : 0
  if (most < 86400000) most = 86400000
  age = 0
  for (i = 1; i <= total; i++) {
    if (i > 1) {
      gap = times[order[i - 1]] - times[order[i]]
      age += gap < most ? gap : most
    }
    if (age <= span) stays[order[i]] = 1
  }
}
# Sets stays.
function retain(total, newest,  i, count, rule, kept) {
  split("", stays)
  sort_all(total, newest)
  for (i = 1; i <= total; i++) if (names[i] == newest) stays[i] = 1
  for (i = 1; i <= total && i <= rules["last"]; i++) stays[order[i]] = 1
  for (i = 1; i <= 5; i++) {
    rule = units[i]
    if (rules[rule] > 0) judge_bucket(total, rule, rules[rule] + 0)
  }
  if ("within" in rules) judge_within(total, rules["within"] + 0)
  for (i = 1; i <= total; i++) if (i in stays) kept++
  # One snapshot alone is one mistake away from none.
  if (rules["last"] == 1 || kept > 1) return
  for (i = 1; i <= total; i++) if (!(order[i] in stays)) { stays[order[i]] = 1; return }
}
function is_later(name, other) { return other == "" || time_of(name) > time_of(other) || time_of(name) == time_of(other) && name > other }
{
  kind = $1
  name = substr($0, 3)
  if (kind == "d" && time_of(name) != "") all[++found] = name
  else if (kind == "d" && name ~ /^[.]partial-/ && time_of(substr(name, 10)) != "") { if (is_later(substr(name, 10), partial)) partial = substr(name, 10) }
  else if (kind == "d" && name ~ /^[.]prune-/ && time_of(substr(name, 8)) != "") print "leftover " name
  else if (kind == "f" && name ~ /^[.]incomplete-/ && time_of(substr(name, 13)) != "") marked[substr(name, 13)] = 1
}
END {
  if (partial != "") print "partial .partial-" partial
  for (i = 1; i <= found; i++) is_there[all[i]] = 1
  if (!(latest in is_there)) latest = ""
  for (i = 1; i <= found; i++) {
    if (latest != "" && time_of(all[i]) <= time_of(latest)) { names[++count] = all[i]; times[count] = time_of(all[i]) }
    else print "unverified " all[i]
  }
  if (latest == "") exit
  print "latest " latest
  for (name in marked) if (!(name in is_there) && time_of(name) < time_of(latest)) print "stale .incomplete-" name
  sort_all(count, "")
  # Newer ones lack what could not be read: all since the last whole one stay.
  for (i = 1; i <= count && names[order[i]] in marked; i++) held[order[i]] = 1
  if (i > 1) {
    if (i <= count) { held[order[i]] = 1; print "whole " names[order[i]] }
  }
  if (keep == "" || time_of(now) <= time_of(latest)) exit
  size = split(keep, words, " ")
  for (i = 1; i < size; i += 2) rules[words[i]] = words[i + 1]
  split("hourly daily weekly monthly yearly", units, " ")
  changes = split(zone, words, " ") / 2
  for (i = 1; i <= changes; i++) { starts[i] = words[2 * i - 1] * 1000; offsets[i] = words[2 * i] + 0 }
  for (i = 1; i <= count; i++) look_at_clock(i)
  if (upcoming != "certain") {
    retain(count, latest)
    for (i = 1; i <= count; i++) if (i in stays) held[i] = 1
  }
  if (upcoming != "none") {
    names[count + 1] = "new"
    times[count + 1] = time_of(now)
    look_at_clock(count + 1)
    retain(count + 1, "new")
    for (i = 1; i <= count; i++) if (i in stays) held[i] = 1
  }
  sort_all(count, "")
  for (i = count; i >= 1; i--) if (!(order[i] in held)) print "prune " names[order[i]]
}
`;
