/**
 * Each in a folder of its own in which it is alone with `one`. A name counts when it is there as it was given; what is set
 * counts when it is what is there. Without a tool for it a thing counts as not tried.
 */
const TRIES = String.raw`
say() { printf ' %s' "$1"; }
put() { printf '' >"./$1"; }
listed() { for entry in *; do [ "$entry" = "$1" ] && return; done; return 1; }
name() { put "$2" && listed "$2" && say "name-$1"; rm -f "./$2"; }
of() { printf "$1"; }
long() { printf "%$1s" '' | sed "s/ /$2/g"; }
tool() { command -v "$1" >/dev/null || { say "$2-untried"; return 1; }; }
root=; [ "$(id -u)" = 0 ] && root=y

chmod 640 one && [ "$(stat -c %a one)" = 640 ] && chmod 751 one && [ "$(stat -c %a one)" = 751 ] && say modes
owners=
if [ -n "$root" ]; then chown 12345:12346 one && [ "$(stat -c %u:%g one)" = 12345:12346 ] && owners=y
else
  owners=y
  for group in $(id -G); do chgrp "$group" one && [ "$(stat -c %g one)" = "$group" ] || owners=; done
fi
if ln -s one link && [ "$(readlink link)" = one ]; then
  say links
  touch -t 200102030405 one
  # Setting a mode gets a driver of FUSE to tell what has become of the file.
  touch -h -t 200203040506 link && chmod 644 one
  case $(stat -c %y one) in 2001-02-03*) ;; *) say link-times-follow ;; esac
  [ -z "$root" ] || [ -z "$owners" ] || { chown -h 12347:12347 link; chmod 644 one; [ "$(stat -c %u one)" = 12345 ] || owners=; }
fi
[ -z "$owners" ] || say owners
if mkdir folder && ln one folder/two; then
  if [ "$(stat -c %h one)" = 2 ] && [ "$(stat -c %h folder/two)" = 2 ]; then say hard-links; else say hidden-hard-links; fi
fi
mkfifo pipe && [ -p pipe ] && { [ -z "$root" ] || { mknod device c 1 3 && [ -c device ]; }; } && say specials

touch -d '2001-02-03 04:05:07.123456789' one || touch -t 200102030405.07 one
case $(stat -c %y one) in
  *:07.123456789*) say step-1 ;;
  *:07.1234567*) say step-100 ;;
  *:07.123456*) say step-1000 ;;
  *:07.123*) say step-1000000 ;;
  *:07.12*) say step-10000000 ;;
  *:07*) say step-1000000000 ;;
esac
for year in 1950 1975 2045 2115; do
  touch -t "$year"06151200 one
  case $(stat -c %y one) in $year-06-15*) say "year-$year" ;; esac
done

name quote 'n"n'; name star 'n*n'; name colon n:n; name less 'n<n'; name greater 'n>n'; name question 'n?n'
name backslash 'n\n'; name pipe 'n|n'
name control "$(of 'n\001n')"; name dot n.; name blank 'n '; name bytes "$(of 'n\377n')"
name text-255 "$(long 255 "$(of '\303\274')")"
for length in 255 240 220 200 180 160 143 128 100; do
  put "$(long $length n)" && listed "$(long $length n)" && { say "name-$length"; break; }
done
put Case && { [ -e cASE ] || say case; listed Case || say names-changed; }
put "$(of '\303\251')" && { [ -e "$(of 'e\314\201')" ] || say accents; }

if tool setfattr xattrs; then
  setfattr -n user.nbkp -v x one && [ "$(getfattr --only-values -n user.nbkp one)" = x ] && {
    if [ -z "$root" ]; then say xattrs
    elif setfattr -n trusted.nbkp -v x one && [ "$(getfattr --only-values -n trusted.nbkp one)" = x ]; then say xattrs
    else say user-xattrs
    fi
  }
fi
tool setfacl acls && setfacl -m u:12345:r one && getfacl -cn one | grep -q '^user:12345:r--' && say acls
if truncate -s 1048576 hole && [ "$(stat -c %b hole)" -lt 1024 ]; then
  say holes
  truncate -s 4294967296 hole && [ "$(stat -c %s hole)" = 4294967296 ] && say large
else
  # Some drivers count the blocks of a hole, and to fill it is no try.
  say holes-untried
  say large-untried
fi
put copied && cp --reflink=always one copied && say reflinks
`;

const TRY = String.raw`
LC_ALL=C TZ=UTC0; export LC_ALL TZ; umask 022; set -C
fail() { printf '%s\n' "$1" >&2; exit 1; }
cd -P "$1" || exit
[ ! -L .nbkp-vol ] && [ ! -d .nbkp-vol ] || fail "$PWD/.nbkp-vol is no file."
[ ! -s .nbkp-vol ] || case $(head -c 20 .nbkp-vol) in '{"formatVersion":"1.'*) ;; *) fail "$PWD/.nbkp-vol holds what nbkp does not know." ;; esac
[ ! -L .nbkp-try ] || fail "$PWD/.nbkp-try is a link."
clear() {
  [ -d .nbkp-try ] || return 0
  for entry in .nbkp-try/* .nbkp-try/.[!.]*; do [ -L "$entry" ] || [ ! -d "$entry" ] && rm -f "$entry"; done
  [ ! -d .nbkp-try/folder ] || { rm -f .nbkp-try/folder/two && rmdir .nbkp-try/folder; } || return
  rmdir .nbkp-try
}
tries() {
  cd ./.nbkp-try && exec 2>/dev/null || return
  set +C${TRIES}
}
clear && mkdir -m 700 .nbkp-try && printf '%s\n' "$$" >.nbkp-try/one || exit
can=$(tries)
read -r own <.nbkp-try/one
[ "$own" = "$$" ] || fail "another program changed $PWD/.nbkp-try meanwhile."
clear || exit
case $can in *names-changed*) fail "$PWD gives names back in another case than they were written in: a copy there could not be restored as it was. Mount it with other options." ;; esac
rm -f .nbkp-vol.new
printf '{"formatVersion":"1.0","tried":{"version":1,"type":%s,"can":"%s"}}\n' "$2" "$can" >.nbkp-vol.new &&
  mv -f .nbkp-vol.new .nbkp-vol`;

/**
 * Tries what the file system of a volume can hold, in a folder `.nbkp-try` that it removes again, and writes that down in the
 * mark of the volume. What is in a folder of this name is what a try that was killed has left.
 */
export function tryCommand(path: string, type: string): string[] {
  return ['sh', '-c', TRY.trim(), 'sh', path, JSON.stringify(type)];
}
