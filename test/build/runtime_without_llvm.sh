#!/usr/bin/env bash
# The runtime and the example build where there is no LLVM, from the stubs that are checked in, and no file of LLVM
# takes part. Installed, the runtime is a CMake package for others. Arguments: the source folder, the C++ compiler.
set -euo pipefail
source=$1
compiler=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
build=$folder/build

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

cmake --install "$build" --prefix "$folder/installed"
mkdir "$folder/user"
cp "$source"/docs/examples/thermostat/*.{h,cpp} "$folder/user"
cat >"$folder/user/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(user LANGUAGES CXX)
find_package(Farcall 0.1 REQUIRED)
foreach(program server client)
  add_executable(thermostat_${program} ${program}.cpp thermostat.rpc.cpp)
  target_link_libraries(thermostat_${program} PRIVATE Farcall::runtime)
endforeach()
CMAKE
cmake -G Ninja -S "$folder/user" -B "$folder/user/build" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$folder/installed"
cmake --build "$folder/user/build" -j 2
"$source/test/docs/demo.sh" "$folder/user/build"
