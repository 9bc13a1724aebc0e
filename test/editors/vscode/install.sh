#!/usr/bin/env bash
# Puts VS Code as a web server (code-server) and what drives a browser into a folder, once.
# Argument: the folder. Needs node 20, npm, g++, make, python3, and Debian's ripgrep.
set -euo pipefail
folder=$(realpath -m "$1")
readonly folder code_server=4.100.3 playwright=1.49.0
readonly wanted="code-server $code_server, playwright-core $playwright, node $(node --version)"
[[ $(cat "$folder/installed" 2>/dev/null) != "$wanted" ]] || exit 0

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
echo '{"private": true}' >package.json
# The scripts of the packages would download programs, and build what is not needed; those that are needed come below.
npm install --silent --ignore-scripts "code-server@$code_server" "playwright-core@$playwright"

readonly code=node_modules/code-server/lib/vscode
for each in "$code" "$code/extensions"; do (cd "$each" && npm install --silent --omit=dev --ignore-scripts); done
export npm_config_build_from_source=true
# The last step of node-pty's own build fails, after it has built what matters: the modules that are there count.
{ npm rebuild argon2; cd "$code"; npm rebuild @vscode/spdlog native-watchdog node-pty; cd "$folder"; } >rebuild.log 2>&1 || true
for each in node_modules/argon2/lib "$code"/node_modules/{@vscode/spdlog,native-watchdog,node-pty}/build/Release; do
  [[ -n $(find "$each" -name '*.node' 2>/dev/null) ]] || { cat rebuild.log; echo "there is no module in $each"; exit 1; } >&2
done
ln -sfn node_modules "$code/node_modules.asar"
mkdir -p "$code/node_modules/@vscode/ripgrep/bin"
ln -sfn "$(command -v rg)" "$code/node_modules/@vscode/ripgrep/bin/rg"
echo "$wanted" >installed
