# SPDX-License-Identifier: GPL-3.0-or-later
# Prints C sources as FILE:LINE:CODE without comments, and with the insides of strings and character
# constants taken out, so that the gates look at code and not at words about it. With -v strings=1 the
# strings stay. Lines without code are left out.
FNR == 1 { in_comment = 0 }
{
  line = $0
  code = ""
  while (line != "") {
    if (in_comment) {
      at = index(line, "*/")
      if (!at) {
        line = ""
        break
      }
      line = substr(line, at + 2)
      in_comment = 0
      code = code " "
      continue
    }
    if (!match(line, /\/\*|"|'/)) {
      code = code line
      break
    }
    code = code substr(line, 1, RSTART - 1)
    mark = substr(line, RSTART, RLENGTH)
    line = substr(line, RSTART + RLENGTH)
    if (mark == "/*") {
      in_comment = 1
      continue
    }
    if (mark == "\"")
      match(line, /^([^"\\]|\\.)*"/)
    else
      match(line, /^([^'\\]|\\.)*'/)
    inside = substr(line, 1, RLENGTH)
    line = substr(line, RLENGTH + 1)
    code = code mark (strings || code ~ /^[ \t]*#[ \t]*include/ ? inside : mark)
  }
  if (code ~ /[^ \t]/)
    printf "%s:%d:%s\n", FILENAME, FNR, code
}
