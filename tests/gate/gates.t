#!/usr/bin/env bash
# The rules of the house, checked by scripts; each script is shown something that it must refuse, and
# names the place.
. "$(dirname "$0")/../cli/tap.sh"
plan 46
export CUIHUO
CUIHUO=$(realpath "$CUIHUO")
export BUILD=${BUILD:-$SOURCE/build}
BUILD=$(realpath "$BUILD")
gates=$SOURCE/tests/gate

# --- this tree
for gate in layers arch words globals headers docs messages; do
  ok "gate $gate holds" "$gates/$gate" "$SOURCE"
done

# --- trees with one thing wrong
plant() { # FILE: a new tree that holds FILE, its text from standard input
  rm -rf "$TMP/tree"
  mkdir -p "$TMP/tree"
  add "$1"
}
add() { # FILE: one more
  mkdir -p "$TMP/tree/$(dirname "$1")"
  cat >"$TMP/tree/$1"
}
finds() { # SENTENCE GATE PLACE: the gate refuses the tree, for that and nothing else
  "$gates/$2" "$TMP/tree" >"$TMP/out" 2>"$TMP/err"
  [ $? = 1 ] && grep -qF -- "$3:" "$TMP/out" && [ "$(grep -cvF -- "${3%:*}" "$TMP/out")" = 1 ]
  tap_result $? "$1"
}
passes() { # SENTENCE GATE
  ok "$1" "$gates/$2" "$TMP/tree"
}

plant harness/model/a.h </dev/null
add harness/sys/a.h </dev/null
add harness/base/a.h </dev/null
add harness/base/b.c <<<'#include "harness/sys/a.h"'
finds "layers: base may not include sys" layers harness/base/b.c:1
plant harness/model/a.h </dev/null
add harness/sys/b.c <<<'#include "harness/model/a.h"'
finds "layers: sys and model do not know each other" layers harness/sys/b.c:1
plant harness/run/a.h </dev/null
add harness/issue/b.c <<<$'\n#include "harness/run/a.h"'
finds "layers: issue may not include run" layers harness/issue/b.c:2
plant probes/a.h </dev/null
add reports/b.c <<<'#include "probes/a.h"'
finds "layers: reports may not include probes" layers reports/b.c:1
plant probes/a.h </dev/null
add harness/cmd/b.c <<<'#include "probes/a.h"'
passes "layers: cmd may" layers
plant probes/a.h </dev/null
add probes/b.c <<<'#include "a.h"'
finds "layers: names are written from the top" layers probes/b.c:1
plant probes/b.c <<<'/* #include "harness/cmd/a.h" */'
passes "layers: a comment includes nothing" layers

plant harness/stress/a.c <<<$'int a;\n#ifdef __x86_64__'
finds "arch: a macro of a compiler" arch harness/stress/a.c:2
plant harness/stress/a.c <<<'#include <immintrin.h>'
finds "arch: intrinsics" arch harness/stress/a.c:1
plant harness/stress/a.c <<<'__asm__ volatile("pause");'
finds "arch: an instruction" arch harness/stress/a.c:1
plant harness/stress/a.c <<<'__asm__ volatile("" ::: "memory"); /* __x86_64__ */'
passes "arch: a barrier and a comment are nobody's" arch
plant harness/stress/isa/x86_64/a.c <<<'#ifdef __AVX2__'
passes "arch: below its folder it may stand" arch

plant harness/model/a.c <<<$'\n\n\tprintf("x");'
finds "words: a room that prints" words harness/model/a.c:3
plant harness/run/a.c <<<'fputs(text, stderr);'
finds "words: to standard error, too" words harness/run/a.c:1
plant harness/sys/a.c <<<'x = getenv("HOME");'
finds "words: a room that reads the environment" words harness/sys/a.c:1
plant reports/a.c <<<'exit(1);'
finds "words: a room that ends the process" words reports/a.c:1
plant harness/issue/a.c <<<'now = time(NULL);'
finds "words: a room that asks the time" words harness/issue/a.c:1
plant probes/a.c <<<'f = fopen("/proc/cpuinfo", "r");'
finds "words: a probe beside the door" words probes/a.c:1
plant harness/sensor/a.c <<<'fd = open(path, O_RDONLY);'
finds "words: a sensor beside the door" words harness/sensor/a.c:1
plant harness/cmd/a.c <<<'strcpy(a, b);'
finds "words: a banned function, in a command, too" words harness/cmd/a.c:1
plant harness/model/a.c <<<$'/* printf("x") */\nsnprintf(out, 3, "exit(1)");\nroom->exit(1);\nfree_time(now);'
passes "words: comments, texts, members and longer names are none of these" words

plant harness/base/a.c <<<'static int count; int *at(void) { return &count; }'
mkdir -p "$TMP/tree/build/obj/harness/base"
"${CC:-cc}" -c -o "$TMP/tree/build/obj/harness/base/a.o" "$TMP/tree/harness/base/a.c"
BUILD=$TMP/tree/build finds "globals: a counter at file scope" globals harness/base/a.c:1
plant harness/base/a.c <<<'char *next(void) { static char text[8]; text[0]++; return text; }'
mkdir -p "$TMP/tree/build/obj/harness/base"
"${CC:-cc}" -c -o "$TMP/tree/build/obj/harness/base/a.o" "$TMP/tree/harness/base/a.c"
BUILD=$TMP/tree/build finds "globals: a static result in a function" globals harness/base/a.c:1
plant harness/base/a.c <<<'static const char *const word[] = { "a", "b" }; const char *at(int i) { return word[i]; }'
mkdir -p "$TMP/tree/build/obj/harness/base"
"${CC:-cc}" -fPIE -c -o "$TMP/tree/build/obj/harness/base/a.o" "$TMP/tree/harness/base/a.c"
BUILD=$TMP/tree/build passes "globals: a constant table of addresses is no global" globals
if command -v clang >/dev/null; then
  plant harness/base/a.c <<<'static int count; int *at(int i) { return &count + (1 << i); }'
  mkdir -p "$TMP/tree/build/obj/harness/base"
  clang -fsanitize=address,undefined -c -o "$TMP/tree/build/obj/harness/base/a.o" "$TMP/tree/harness/base/a.c"
  BUILD=$TMP/tree/build finds "globals: what sanitizers add is left out, and nothing else" globals harness/base/a.c:1
else
  skip "globals: what sanitizers add is left out, and nothing else" "there is no clang"
fi

plant harness/base/a.h <<<'size_t length(const char *text);'
finds "headers: one that needs another" headers harness/base/a.h:1

documents() { # a tree with the documents of this one
  plant docs/findings.md <"$SOURCE/docs/findings.md"
  add docs/man/cuihuo.1 <"$SOURCE/docs/man/cuihuo.1"
  add docs/completion/cuihuo.bash <"$SOURCE/docs/completion/cuihuo.bash"
  add harness/model/finding_codes.c <"$SOURCE/harness/model/finding_codes.c"
  add harness/model/verdict_reasons.c <"$SOURCE/harness/model/verdict_reasons.c"
  add harness/model/stage.c <"$SOURCE/harness/model/stage.c"
}
documents
passes "docs: the documents as they are" docs
documents
sed -i 's/\\-\\-machine/\\-\\-engine/' "$TMP/tree/docs/man/cuihuo.1"
finds "docs: an option that the manual misspells" docs docs/man/cuihuo.1
documents
sed -i '/^\.SS "cuihuo verify/d' "$TMP/tree/docs/man/cuihuo.1"
finds "docs: a command without a section" docs docs/man/cuihuo.1:1
documents
sed -i 's/^stopped by the guard$/stopped/' "$TMP/tree/docs/man/cuihuo.1"
finds "docs: an exit code that means something else" docs docs/man/cuihuo.1:1
documents
sed -i '/`memory-mismatch`/d' "$TMP/tree/docs/findings.md"
finds "docs: a code of a finding that nobody describes" docs docs/findings.md:1
documents
sed -i 's/help "\$command"/help verify/' "$TMP/tree/docs/completion/cuihuo.bash"
finds "docs: a completion that offers the options of another command" docs docs/completion/cuihuo.bash:1
documents
sed -i 's/reliability/reliable/' "$TMP/tree/docs/completion/cuihuo.bash"
finds "docs: a completion that forgets a stage" docs docs/completion/cuihuo.bash:1

documents
add docs/kernels.md < <(sed '/^## cpu.float/,/^## /s/\*Source\*/From/' "$SOURCE/docs/kernels.md")
finds "docs: a kernel whose method is from nowhere" docs "docs/kernels.md:$(grep -n '^## cpu.float' "$SOURCE/docs/kernels.md" | cut -d: -f1)"

documents
add docs/formats/inventory.md <<<'`model` and `size_bytes`'
add reports/labels.c <<<$'\t{ "model", N_("model") },\n\t{ "modell", N_("model") },'
finds "docs: a name for readers of an attribute that there is not" docs reports/labels.c:1

catalogue() { # a tree with one message; more of the catalogue from standard input
  plant harness/cmd/a.c <<<$'\n\tputs(_("a sentence to say"));'
  add tools/update-po <"$SOURCE/tools/update-po"
  chmod +x "$TMP/tree/tools/update-po"
  git -C "$TMP/tree" init -q
  { printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'; cat; } | add po/zh_CN.po
}
catalogue <<<$'msgid "a sentence to say"\nmsgstr "一句话"'
passes "messages: a catalogue that has them all" messages
catalogue </dev/null
finds "messages: a sentence without its Chinese text" messages harness/cmd/a.c:2
catalogue <<<$'#, fuzzy\nmsgid "a sentence to say"\nmsgstr "一句话"'
finds "messages: a guess of msgmerge" messages po/zh_CN.po:4
catalogue <<<$'msgid "a sentence to say"\nmsgstr "一句话"'
add harness/cmd/b.c <<<'return cmd_usage(cmd, "this stays english");'
finds "messages: a sentence that no catalogue can reach" messages harness/cmd/b.c:1
