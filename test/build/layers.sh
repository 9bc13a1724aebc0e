#!/usr/bin/env bash
# No layer but frontend and driver reads a file of LLVM, and neither does farcallctl. Argument: the build folder.
set -euo pipefail
for layer in model stamp contract check plan compat emit scaffold output runtime; do
  [[ -e $1/lib/libfarcall_$layer.a ]]
done

if ninja -C "$1" -t deps | awk '
    /^[^ ]/ { object = $1 }
    /^ / && object ~ /farcall(_model|_stamp|_contract|_check|_plan|_compat|_emit|_scaffold|_output|_runtime|ctl|ctl_values)\.dir/ && /\/(llvm|clang)[^\/]*\/.*\/(llvm|clang)/ {
      print object " reads " $1
      found = 1
    }
    END { exit !found }'; then
  exit 1
fi
