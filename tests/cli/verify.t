#!/usr/bin/env bash
# verify: valid, invalid or cannot tell, offline; nobody is trusted by default.
. "$(dirname "$0")/tap.sh"
plan 46
. "$(dirname "$0")/certify_scene.sh"
certify pass --out c.json >/dev/null 2>&1
last() { tail -n 1 "$TMP/out"; }

exit_is "a certificate is valid with the trust file of its signer" 0 verify c.json --trust bench.trust
is "the answer is the last line" "$(last)" VALID
is "the first line says that the machine was not compared" "$(head -n 1 "$TMP/out" | grep -c '^not compared with this machine')" 1
is "a blind run says so" "$(grep -c '^blind ' "$TMP/out")" "$(jq '.plan.blind' pass/record.json | grep -c true)"
exit_is "it speaks Chinese" 0 env LC_ALL=zh_CN.UTF-8 "$CUIHUO" verify c.json --trust bench.trust
is "with Chinese units" "$(grep -c '^测试项目 .*[0-9] 块$' "$TMP/out") $(grep -cE '[0-9] (byte|block)' "$TMP/out")" "1 0"
exit_is "without a trust file it cannot tell" 4 verify c.json
is "and names the signer" "$(last | grep -c "signed by key $("$CUIHUO" key show bench.key.pub --json | jq -r .key)")" 1
"$CUIHUO" key make stranger.key --bench --password-file pw --trust stranger.trust >/dev/null
exit_is "a signer who is not listed is not invalid" 4 verify c.json --trust stranger.trust
exit_is "a pipe will do" 0 bash -c '"$1" verify - --trust bench.trust <c.json' _ "$CUIHUO"
exit_is "so will a socket, as a daemon has it" 0 python3 -c 'import socket, subprocess, sys
here, there = socket.socketpair()
here.sendall(open("c.json", "rb").read())
here.shutdown(socket.SHUT_WR)
sys.exit(subprocess.call([sys.argv[1], "verify", "-", "--trust", "bench.trust"], stdin=there))' "$CUIHUO"
exit_is "the run folder bears the certificate out" 0 verify c.json --trust bench.trust --run pass
is "and that is said" "$(grep -c 'record: good' "$TMP/out")" 1
exit_is "so does the record alone" 0 verify c.json --trust bench.trust --record pass/record.json
sed 's/"serial":"SN42"/"serial":"SN43"/' pass/record.json >changed.json
exit_is "a changed record makes it invalid" 1 verify c.json --trust bench.trust --record changed.json
is "and says so" "$(last | grep -c '^INVALID: this is not the record')" 1
exit_is "so does a file that is no record" 1 verify c.json --trust bench.trust --record bench.trust
exit_is "the stage that is asked for is accepted" 0 verify c.json --trust bench.trust --stage bench
exit_is "another stage is not" 1 verify c.json --trust bench.trust --stage batch
exit_is "there is no such stage" 2 verify c.json --stage bank

jq -rj .payload c.json | base64 -d >payload
sed 's/"stage":"bench"/"stage":"mass"/' payload >mass
jq -cj --arg p "$(base64 -w0 mass)" '.payload = $p' c.json >forged.json
exit_is "a changed stage is invalid, whoever is trusted" 1 verify forged.json
is "because of the key" "$(last)" "INVALID: a bench key cannot sign stage mass"
sed 's/"remarks":0/"remarks":1/' payload >remarks
jq -cj --arg p "$(base64 -w0 remarks)" '.payload = $p' c.json >forged.json
exit_is "a changed statement is invalid" 1 verify forged.json --trust bench.trust
is "because of the signature" "$(grep -c 'signature: wrong' "$TMP/out")" 1
(cat c.json; echo) >lined.json
exit_is "a line end at the end is a change, too" 1 verify lined.json --trust bench.trust
head -c 500 c.json >cut.json
exit_is "half a certificate is invalid" 1 verify cut.json --trust bench.trust
exit_is "so is a file that is none" 1 verify small.yaml --trust bench.trust
is "and says what it is not" "$(last | grep -c '^INVALID: not a certificate')" 1
printf '\x89PNG\r\n' >picture.png
exit_is "a picture is none" 1 verify picture.png --trust bench.trust
is "and that is the first that is said of it" "$(last | grep -c '^INVALID: not a certificate')" 1
exit_is "a folder is bad usage" 2 verify . --trust bench.trust
exit_is "so is a name longer than any file has" 2 verify "$(printf 'x%.0s' {1..300})" --trust bench.trust
cp c.json closed.json
chmod 0000 closed.json
chmod 0711 "$TMP"
nobody=()
[ "$(id -u)" != 0 ] || nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
exit_is "a file that this user may not read is no invalid certificate" 3 "${nobody[@]}" "$CUIHUO" verify closed.json
exit_is "a file that is not there is bad usage" 2 verify nowhere.json
exit_is "so is a trust file that is none" 2 verify c.json --trust small.yaml
exit_is "--json has the same answer" 4 verify c.json --json
is "with the result as a word" "$(jq -r .result "$TMP/out")" cannot-tell
is "and every check" "$(jq -r '.checks | keys | join(" ")' "$TMP/out")" "form machine record signature signer stage"

parts=$(jq '.identity.parts | length' payload)
exit_is "this machine is the certified one, or has no part to tell" $((parts > 0 ? 0 : 4)) verify c.json --trust bench.trust --machine
is "then nothing is said of a missing comparison" "$(grep -c 'not compared' "$TMP/out")" 0
mkdir -p other/proc other/sys/class/net other/sys/devices/pci0000:00/0000:00:01.0/net/eth7
echo 00:07:3e:aa:bb:cc >other/sys/devices/pci0000:00/0000:00:01.0/net/eth7/address
ln -s ../../devices/pci0000:00/0000:00:01.0/net/eth7 other/sys/class/net/eth7
exit_is "an empty machine is not taken for it" 1 bash -c '"$1" verify c.json --trust bench.trust --machine --root other
  [ $? != 0 ] && exit 1' _ "$CUIHUO"
sed 's/"serial":"SN42"/"serial":"\\u001b[31mSN\\nVALID"/' payload >escape
jq -cj --arg p "$(base64 -w0 escape)" '.payload = $p' c.json >forged.json
exit_is "a serial number that would drive the terminal is shown" 4 verify forged.json
is "and drives nothing, and is one line" "$(grep '^serial' "$TMP/out" | tr -s ' ')" "serial ?[31mSN?VALID"
is "the answer is 有效 in Chinese" "$(LC_ALL=zh_CN.UTF-8 "$CUIHUO" verify c.json --trust bench.trust | tail -n 1)" 有效
is "or 无法判断" "$(LC_ALL=zh_CN.UTF-8 "$CUIHUO" verify c.json | tail -n 1 | cut -d: -f1)" 无法判断

corpus=$SOURCE/tests/fuzz/corpus
is "a certificate of the first day stays valid" "$(verify "$corpus/certificate/valid.json" --trust "$corpus/trust/one-key.json" | tail -n 1)" VALID
