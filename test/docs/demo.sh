#!/usr/bin/env bash
# The thermostat example, as ./dev demo runs it, says what docs/examples promises. Argument: the folder of its programs.
set -euo pipefail
bin=$1
folder=$(mktemp -d)
export FARCALL_QUEUE_DIR=$folder/client
# Before there is a server.
diff <("$bin/thermostat_client" "unix:$folder/thermostat" record) - <<<"message   record() stored three readings"

exec {output}< <(FARCALL_QUEUE_DIR=$folder/server exec "$bin/thermostat_server" "unix:$folder/thermostat" tcp://127.0.0.1:0)
server=$!
# shellcheck disable=SC2064  # the values of now are meant
trap "kill -KILL $server 2>/dev/null || true; rm -rf '$folder'" EXIT

readings=4  # in the hall: two of each run
attic=3
for _ in unix tcp; do
  read -r -t 60 -u "$output" line
  url=${line#listening on }
  urls+=("$url")
done
[[ ${urls[0]} == "unix:$folder/thermostat" && ${urls[1]} =~ ^tcp://127\.0\.0\.1:[1-9][0-9]*$ ]]
for url in "${urls[@]}"; do
  diff <("$bin/thermostat_client" "$url") - <<TEXT
message   record() stored three readings
receipt   the server has handled all readings
call      target() is 21.5 °C
drop-in   history("hall") through Thermostat&: $readings readings
async     two calls are under way
async     attic: $attic reading(s), hall: $readings
error     std::out_of_range: no sensor is called cellar
deadline  target() within 250 ms is 21.5 °C
maybe     heartbeat() sent; it may arrive
TEXT
  readings=$((readings + 2))
  attic=$((attic + 2))
done

kill -TERM "$server"
rest=$(cat <&"$output")
[[ ${rest##*$'\n'} == stopped ]]
[[ ! -e $folder/thermostat ]]
