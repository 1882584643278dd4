#!/usr/bin/env bash
# Reports in a real browser: every kind in both languages loads, is whole, asks the network for
# nothing, complains of nothing and shows something. Skipped where there is no Chromium.
. "$(dirname "$0")/../cli/tap.sh"
plan 32
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
made=$TMP/made
mkdir "$made"
CUIHUO_GOLDEN=$made "$(dirname "$CUIHUO")/tests/unit/test_report" >"$TMP/log" || { cat "$TMP/log"; exit 3; }

browse() { # NAME ARGUMENT...: what the browser logs goes to $TMP/console
  local page=$1
  shift
  timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    --user-data-dir="$TMP/profile" --enable-logging=stderr --v=0 "$@" "file://$made/$page" 2>"$TMP/console"
}

# A picture of one colour compresses to next to nothing: a page of text and charts does not.
shows_something() {
  browse "$1" --screenshot="$TMP/shot.png" --window-size=1100,3000 >/dev/null
  [ "$(stat -c %s "$TMP/shot.png")" -gt 60000 ]
}

has_all() { # FILE TEXT...
  local file=$1 text
  shift
  for text in "$@"; do grep -qF -- "$text" "$file" || { echo "missing: $text"; return 1; }; done
}

for kind in pass fail incomplete server; do
  for lang in en zh; do
    page=report-$kind-$lang.html
    if [ -z "$browser" ]; then
      for sentence in "loads whole" "complains of nothing" "names no other place" "shows something"; do
        skip "$page $sentence" "there is no Chromium on this system"
      done
      continue
    fi
    browse "$page" --dump-dom >"$TMP/dom"
    case $lang in
      en) words=('<html lang="en">' 'Evidence' 'What this run does not cover' 'proves nothing by itself' '</main>') ;;
      zh) words=('<html lang="zh-CN">' '证据' '本次测试未覆盖的内容' '本身不构成证明' '</main>') ;;
    esac
    ok "$page loads whole" has_all "$TMP/dom" "${words[@]}" TF630V3-2026-000042
    is "$page complains of nothing" "$(grep -c 'CONSOLE' "$TMP/console")" 0
    is "$page names no other place" "$(grep -cE '(src|href)="[^"#d]|https?:|url\(|@import|<script' "$TMP/dom")" 0
    ok "$page shows something" shows_something "$page"
  done
done
