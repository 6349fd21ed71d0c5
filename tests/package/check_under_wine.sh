#!/usr/bin/env bash
# Try the program on Windows' own libraries, where no Windows is at hand: under Wine.
#
#   tests/package/check_under_wine.sh FOLDER [tests …]
#
# FOLDER keeps what is made: a Windows Python with the wheels of the lock, Wine's C:, the package in
# FOLDER/dist. The tests named are run by the Windows Python (without any: those of models, reports and
# ui), then the package is built and compared with the source tree here, and a store is changed by
# programs that are killed. Needs Wine (64 bit), MinGW (gcc, dlltool, gendef), Xvfb and `.venv`
# (`run.py test`). The better part of an hour on two cores; not part of .ci/run.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(realpath -m "${1:?name the folder for what is made}")
shift
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(tests/models tests/reports tests/ui)

wine=$(command -v wine64 || { [ -x /usr/lib/wine/wine64 ] && echo /usr/lib/wine/wine64; } ||
  command -v wine || true)
if [ -z "$wine" ]; then
  echo 'Nothing was tried on Windows libraries: Wine is not installed here.'
  exit 0
fi
for tool in x86_64-w64-mingw32-gcc x86_64-w64-mingw32-dlltool gendef Xvfb; do
  command -v "$tool" >/dev/null || { echo "Nothing was tried on Windows libraries: no $tool here."; exit 0; }
done

mkdir -p "$folder"
export WINEPREFIX=$folder/prefix WINEDEBUG=-all WINEARCH=win64
export PYTHONDONTWRITEBYTECODE=1 MICHISHIRUBE_WINE=$wine
python=$folder/python/python.exe

say() { printf '\n== %s\n' "$*"; }
windows_name() { printf 'Z:%s' "${1//\//\\}"; }
# Of QT_… Wine passes on what stands behind WINE.
# Wine 8 cannot give Python a file as standard output: everything goes through pipes.
on_windows() { LC_ALL=ja_JP.UTF-8 "$wine" "$python" "$@" </dev/null 2>&1 | cat; }

say "A Windows Python, with the wheels that the lock pins for Windows ($("$wine" --version))"
.venv/bin/python tests/package/windows/windows_python.py "$folder"

say "Wine's C:, with a Japanese user and Japanese code pages"
mkdir -p "$folder/locale"
[ -d "$folder/locale/ja_JP.UTF-8" ] ||
  localedef -i ja_JP -f UTF-8 "$folder/locale/ja_JP.UTF-8" || true # warnings count as failures
export LOCPATH=$folder/locale
display=$(mktemp)
Xvfb -displayfd 3 -screen 0 1366x768x24 3>"$display" >/dev/null 2>&1 &
screen=$!
trap 'kill $screen; rm -f "$display"' EXIT
until [ -s "$display" ]; do sleep 0.1; done
export DISPLAY=:$(<"$display")
"$wine" wineboot -u </dev/null 2>&1 | cat
cp "$folder"/system32/*.dll "$WINEPREFIX/drive_c/windows/system32/"
user='C:\users\山田 花子'
set_folder() {
  LC_ALL=ja_JP.UTF-8 "$wine" reg add \
    'HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders' \
    /v "$1" /t REG_EXPAND_SZ /d "$user\\$2" /f </dev/null 2>&1 | cat >/dev/null
}
set_folder 'Local AppData' 'AppData\Local'
set_folder 'AppData' 'AppData\Roaming'
set_folder 'Personal' 'Documents'
for name in TEMP TMP; do
  LC_ALL=ja_JP.UTF-8 "$wine" reg add 'HKCU\Environment' /v $name /t REG_EXPAND_SZ \
    /d "$user\AppData\Local\Temp" /f </dev/null 2>&1 | cat >/dev/null
done
mkdir -p "$WINEPREFIX/drive_c/users/山田 花子/AppData/Local/Temp"
on_windows -c "import locale, sys, tempfile
print(sys.version, locale.getpreferredencoding(), ascii(tempfile.gettempdir()))"

failed=0
say "Tests, run by the Windows Python: ${tests[*]}"
WINEQT_QPA_PLATFORM=offscreen WINEQT_QPA_FONTDIR=$(windows_name "$PWD/resources/fonts") \
  on_windows -m pytest -p no:cacheprovider -q "${tests[@]}" || failed=1

say 'The package, built by PyInstaller for Windows'
PYINSTALLER_CONFIG_DIR=$(windows_name "$folder/cache") on_windows -m PyInstaller build.spec \
  --noconfirm --log-level ERROR --distpath "$(windows_name "$folder/dist")" \
  --workpath "$(windows_name "$folder/build")" || failed=1
du -sm "$folder/dist/michishirube" | sed 's/\t.*/ MB/'

say 'The program from source and packaged, beside the source tree on this machine'
LC_ALL=ja_JP.UTF-8 MICHISHIRUBE_WINE_PYTHON=$python \
  MICHISHIRUBE_WINE_PACKAGE=$folder/dist/michishirube \
  .venv/bin/python -m pytest -p no:cacheprovider -q tests/package/windows || failed=1

say 'Stores changed by programs that are killed'
on_windows -m benchmarks.store_torture 50 0 commit || failed=1
on_windows -m benchmarks.store_torture 25 0 rekey || failed=1

if [ $failed -eq 0 ]; then say 'All of it went well.'; else say 'Something failed: see above.'; fi
exit $failed
