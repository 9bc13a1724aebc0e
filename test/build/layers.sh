#!/usr/bin/env bash
# Model, check, plan, emit, output and the runtime read no file of LLVM. Argument: the build folder.
set -euo pipefail
for layer in model check plan compat emit output runtime; do
  [[ -e $1/lib/libfarcall_$layer.a ]]
done

if ninja -C "$1" -t deps | awk '
    /^[^ ]/ { object = $1 }
    /^ / && object ~ /farcall_(model|check|plan|compat|emit|output|runtime)\.dir/ && /\/(llvm|clang)[^\/]*\/.*\/(llvm|clang)/ {
      print object " reads " $1
      found = 1
    }
    END { exit !found }'; then
  exit 1
fi
