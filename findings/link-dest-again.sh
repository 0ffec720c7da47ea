#!/bin/sh
# `--link-dest` over a copy that is half done: what the first pass has linked is there, so that the second pass does not look
# for it in the older copy, and puts its mode right where it is. That inode is the older copy's too: a snapshot that nobody
# meant to touch has the new mode, and `-i` shows one harmless line, `.f...p`. A resumed backup thus changes its history as soon
# as modes or owners change between two tries; contents are safe, since rsync writes those to another file first.
. "$(dirname "$0")/common.sh"

trial() {
  mkdir source
  printf x >source/photo
  chmod 644 source/photo
  "$rsync" -a source/ first/
  "$rsync" -a --link-dest="$PWD/first" source/ second/
  same 'links after the first pass' 2 "$(stat -c %h second/photo)"
  chmod 600 source/photo
  said=$("$rsync" -ai --link-dest="$PWD/first" source/ second/)
  same 'the line of the second pass' '.f...p..... photo' "$said"
  same 'links after it' 2 "$(stat -c %h second/photo)"
  same 'the mode in the older copy' 600 "$(stat -c %a first/photo)"
  printf y >source/photo
  "$rsync" -a --ignore-times --link-dest="$PWD/first" source/ second/
  same 'the content in the older copy' x "$(cat first/photo)"
}

each_rsync trial
