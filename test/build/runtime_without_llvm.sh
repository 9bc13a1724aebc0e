#!/usr/bin/env bash
# The runtime and the example build where there is no LLVM, from the stubs that are checked in, and no file of LLVM
# takes part. Arguments: the source folder, the C++ compiler.
set -euo pipefail
source=$1
compiler=$2
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

cmake -G Ninja -S "$source" -B "$build" -DCMAKE_CXX_COMPILER="$compiler" -DFARCALL_COMPILER=OFF -DFARCALL_TESTS=OFF \
  -DFARCALL_EXAMPLES=ON \
  -DCMAKE_DISABLE_FIND_PACKAGE_LLVM=ON -DCMAKE_DISABLE_FIND_PACKAGE_Clang=ON
cmake --build "$build" -j 2
"$source/test/docs/demo.sh" "$build/bin"

if ninja -C "$build" -t deps | grep -i '/llvm'; then
  echo "the runtime's build read the files of LLVM above"
  exit 1
fi
if ldd "$build/bin/thermostat_server" | grep -iE 'llvm|clang'; then
  echo "the runtime links LLVM"
  exit 1
fi
