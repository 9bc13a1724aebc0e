#!/usr/bin/env bash
# What no compiler says: sources are short, open with what they are, and leave nothing to be done.
# Argument: the source folder.
set -euo pipefail
cd "$1"
status=0
complain() { echo "$*"; status=1; }

while read -r file; do
  [[ $file == *.rpc.cpp ]] || (($(wc -l <"$file") < 400)) || complain "$file has 400 lines or more"
  [[ $file == *.cpp || $(head -c 3 "$file") == "// " ]] || complain "$file does not open with what it is"
  [[ $file != *.h ]] || grep -q '^#pragma once$' "$file" || complain "$file has no #pragma once"
done < <(find lib tool docs/examples -name '*.h' -o -name '*.cpp' -o -name '*.ts')

if grep -rnwE 'TODO|FIXME|XXX' lib tool docs test --include='*.h' --include='*.cpp' --include='*.ts' --include='*.md' --include='CMakeLists.txt'; then
  complain "the lines above leave something to be done"
fi
exit $status
