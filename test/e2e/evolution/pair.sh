#!/usr/bin/env bash
# pair.sh SERVER CLIENT v1|v2: starts one program as the server, of that version, and has the other one call it.
set -euo pipefail
coproc server { exec "$1" serve; }
read -r -t 60 url <&"${server[0]}"
"$2" call "$url" "$3"
