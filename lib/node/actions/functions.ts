/**
 * Sh functions of the actions. What they share stands in variables: `D` the file that is meant, `T` its temporary
 * neighbour, `B` a backup, `u` the umask of the login, `M` a note for the controller (a letter and its value).
 */

/** Removes the temporary file and the backup of an action that does not get to its end, also when the wire is cut. */
const CLEANING = `T= B= D= u=022
clean() { [ -z "$T" ] || rm -f -- "$T"; [ -z "$B" ] || rm -f -- "$B"; T= B=; }
trap clean EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 141' PIPE; trap 'exit 143' TERM
while read -r k v; do [ "$k" != Umask: ] || { u=$v; break; }; done </proc/$$/status
say() { printf '%s\\n' "$1" >&2; return 1; }
`;

// An octal mode of five digits also clears the set-id bits of directories. chown comes first: it clears such bits.
const ATTRIBUTES = `
own() { # PATH, -h or empty; o owner:group, m mode
  [ -z "$o" ] || chown $2 -- "$o" "$1" || return
  [ -z "$m" ] || { [ -n "$2" ] && [ -h "$1" ]; } || chmod -- "$m" "$1"
}
flag() { [ -z "$a" ] || chattr "$a" "$1"; } # PATH; a flags
`;

// Before a file is there under its name it is complete: content, owner, mode, ACL, extended attributes, on the disk.
const WRITING = `
place() { # p path, f y to look through a link, w random word: sets D, T
  D=$p; case $D in */*) ;; *) D=./$D ;; esac
  [ -z "$f" ] || [ ! -h "$D" ] || { D=$(readlink -fn -- "$p" && echo /) || say "cannot resolve the link $p" || return; D=\${D%/}; }
  [ ! -d "$D" ] || [ -h "$D" ] || say "$D is a directory" || return
  [ -d "\${D%/*}/" ] || say "Destination directory \${D%/*} does not exist" || return
  t=\${D%/*}/.ffe-$w.tmp
  [ -z "$s" ] || [ -w "\${D%/*}/" ] || t=\${TMPDIR:-/tmp}/.ffe-$w.tmp
}
fill() { # content to a file that was not there before; a new file without a mode gets the login's umask
  old=; [ ! -f "$D" ] || [ -h "$D" ] || old=y
  [ -n "$old$m" ] || umask "$u"
  T=$t; set -C; { content >"$T"; } ; r=$?; set +C; umask 077; return $r
}
unchanged() { # x what is expected, n size that was sent
  set -- $(stat -c '%i %s %.6Y' -- "$T" "$D" 2>/dev/null)
  [ -z "$n" ] || [ "$2" = "$n" ] || say "the content did not arrive whole" || return
  case $x in
  any) return 0 ;;
  absent) [ -e "$D" ] || [ -h "$D" ] || return 0 ;;
  *) [ "$4 $5 $6" != "$x" ] || return 0 ;;
  esac
  M=c; say "$D was changed by something else meanwhile"
}
keep() { # b process number for the backup's name
  [ -n "$b" ] && [ -n "$old" ] || return 0
  B=$D.$b.$(date +%Y-%m-%d@%H:%M:%S)~; cp --preserve=all -T -- "$D" "$B"
}
swap() {
  if [ -n "$s" ] && [ -n "$old" ]; then cat -- "$T" >"$D" && own "$D" && rm -f -- "$T" && sync -- "$D"; return; fi
  sync -- "$T" || return
  if [ "$x" = absent ]; then
    mv -nT -- "$T" "$D"; r=$?
    [ ! -e "$T" ] || { [ ! -e "$D" ] || M=c; say "$D could not be created"; return; }
    [ $r = 0 ] || return
  else mv -fT -- "$T" "$D" || return; fi
  sync -- "\${D%/*}/"
}
alike() { # the existing file's owner, mode, ACL and extended attributes; who may not give them away keeps his own
  [ -n "$old" ] || return 0
  k=$(cp --attributes-only --preserve=all --no-preserve=timestamps -- "$D" "$T" 2>&1) && return
  case $k in *"not permitted"*) ;; *) say "$k" ;; esac
}
check() { validate </dev/null || { r=$?; M=v; return $r; }; }
finish() { alike && own "$T" && prepare && check && unchanged && keep && swap && T= && flag "$D" && M=\${B:+b$B} && B=; }
write() { { place && fill && finish; } || { r=$?; clean; return $r; }; }
`;

const OTHERS = `
folder() { # PATH, y to make its parents
  case \${1%/*} in ''|"$1") ;; *) [ -z "$2" ] || [ -d "\${1%/*}/" ] || folder "\${1%/*}" y || return ;; esac
  [ -d "$1" ] || { umask "$u"; mkdir -- "$1"; r=$?; umask 077; [ $r = 0 ] || return $r; }
  own "$1" && flag "$1"
}
link() { # p path, g target, l -s or empty
  case $p in */*) ;; *) p=./$p ;; esac
  T=\${p%/*}/.ffe-$w.tmp; { ln $l -T -- "$g" "$T" && put && T= && own "$p" -h; } || { r=$?; clean; return $r; }
}
put() { # rename(2) does nothing when both names are already of one file
  if [ -z "$l" ] && [ ! -h "$p" ] && [ "$T" -ef "$p" ]; then rm -f -- "$T"; else mv -fT -- "$T" "$p"; fi
}
gone() { if [ -n "$2" ]; then rm -rf -- "$1"; elif [ -d "$1" ] && [ ! -h "$1" ]; then rmdir -- "$1"; else rm -f -- "$1"; fi; }
`;

/** The functions that all actions may call; they cost well under a millisecond to read. */
export const FUNCTIONS = [CLEANING, ATTRIBUTES, WRITING, OTHERS].join('');

const NAMES = [...FUNCTIONS.matchAll(/^(\w+)\(\)/gm)].map((found) => found[1]!);

/** Sh source that takes the actions' names away from a script that is not ours; some are those of programs. */
export const WITHOUT_FUNCTIONS = `set --; unset -f E content prepare validate ${NAMES.join(' ')}
unset N K M T B D u k v p f x n w b s o m a g l r c t old`;
