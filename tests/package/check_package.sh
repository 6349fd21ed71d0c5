#!/usr/bin/env bash
# Build the package into a temporary folder and check it there; nothing is left in the tree.
# With a folder as argument the built package stays: FOLDER/dist/michishirube.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
export PYINSTALLER_CONFIG_DIR=$folder/cache
.venv/bin/python -m PyInstaller build.spec --noconfirm --log-level ERROR \
  --distpath "$folder/dist" --workpath "$folder/build"
"$folder/dist/michishirube/michishirube" self-test
MICHISHIRUBE_PACKAGE=$folder/dist/michishirube QT_QPA_PLATFORM=offscreen \
  .venv/bin/python -m pytest -p no:cacheprovider -q tests/package
du -sm "$folder/dist/michishirube" | sed 's/\t.*/ MB/'
