# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for cuihuo. Commands and options are those the program itself tells, so they agree.

_cuihuo_help() { # COMMAND...: its help in English
  LC_ALL=C LANGUAGE='' "${COMP_WORDS[0]}" "$@" 2>/dev/null
}

_cuihuo_value() { # ARGUMENT: completes the value of an option, by what its help calls it
  case $1 in
    WHEN) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$2") ;;
    STAGE*) mapfile -t COMPREPLY < <(compgen -W 'bench trial first-article batch mass sample reliability
      rework field' -- "$2") ;;
    *DIR* | *FILE*) mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    *\|*) mapfile -t COMPREPLY < <(compgen -W "${1//|/ }" -- "$2") ;;
  esac
}

_cuihuo() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local argument
  COMPREPLY=()
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "--help --version
      $(_cuihuo_help --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$word")
    return
  fi
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_cuihuo_help help "$command" |
      sed -n 's/^  \(-o, \)\{0,1\}\(--[a-z-]*\).*/\2/p')" -- "$word")
    return
  fi
  argument=$(_cuihuo_help help "$command" | sed -n "s/^  \(-o, \)\{0,1\}${before/#-o/--out} \([^ ]*\) .*/\2/p")
  if [[ $before == -* && -n $argument ]]; then
    _cuihuo_value "$argument" "$word"
    return
  fi
  argument=$(_cuihuo_help help "$command" | sed -n 's/^Usage: .*\[OPTION\.\.\.\] \([^ ]*\).*/\1/p')
  case $argument in
    [a-z]*\|*) [ "$COMP_CWORD" = 2 ] && _cuihuo_value "$argument" "$word" ;;
    '[COMMAND]') mapfile -t COMPREPLY < <(compgen -W "$(_cuihuo_help --help |
      sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$word") ;;
  esac
  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -o filenames -F _cuihuo cuihuo
