#!/bin/sh
# Makes this folder ready for `make run` and `make test`. Quick when nothing changed, safe to repeat.
set -eu
cd "$(dirname "$0")/.."
umask 022

UV=0.13.9
MARKS=.venv/made

stop() { printf 'Set-up stops. %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null 2>&1 || stop "$1 is missing. On Debian or Ubuntu: $2"; }
NODE='curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt install nodejs'

# --- What must be on the machine ---
need git 'sudo apt install git'
need python3 'sudo apt install python3 python3-venv'
python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' ||
    stop "Python 3.11, 3.12 or 3.13 is needed; this is $(python3 --version 2>&1)."
python3 -c 'import ensurepip, venv' 2>/dev/null ||
    stop 'python3-venv is missing. On Debian or Ubuntu: sudo apt install python3-venv'
need node "$NODE"
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
    stop "Node.js 20 or newer is needed; this is $(node --version). On Debian or Ubuntu: $NODE"
need npm "sudo apt install npm (or, with Node.js: $NODE)"
[ -w . ] || stop "This user may not write in $(pwd), or the disk is read-only."

# --- One set-up at a time ---
mkdir -p var
if command -v flock >/dev/null 2>&1; then
    exec 9>var/setup.lock
    flock 9
fi

# `changed NAME FILE…`: do the files differ from those of the last time that NAME succeeded?
sum_of() { cat "$@" | sha256sum | cut -c1-64; }
changed() { name=$1; shift; [ "$(cat "$MARKS/$name" 2>/dev/null)" != "$(sum_of "$@")" ]; }
made() { name=$1; shift; mkdir -p "$MARKS"; sum_of "$@" >"$MARKS/$name"; }
room() {
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge "$1" ] || stop "The disk is full: $free MB free, $1 MB needed. Make room and try again."
}
failed() { stop "$1 The reason stands above; nothing that worked was broken. Try again with the same command."; }

# --- Python packages ---
if [ ! -x .venv/bin/uv ] || [ "$(cat "$MARKS/uv" 2>/dev/null)" != "$UV" ]; then
    room 1500
    echo 'Making .venv …'
    python3 -m venv .venv || failed 'The Python environment could not be made.'
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV" ||
        failed 'The installer uv could not be fetched.'
    mkdir -p "$MARKS" && echo "$UV" >"$MARKS/uv"
fi
if changed python uv.lock pyproject.toml; then
    room 1200
    echo 'Fetching the Python packages …'
    UV_PYTHON_DOWNLOADS=never .venv/bin/uv sync --frozen --inexact --quiet --python .venv/bin/python ||
        failed 'The Python packages could not be fetched.'
    made python uv.lock pyproject.toml
fi

# --- Style sheets, fonts, browser ---
if [ ! -d node_modules/esbuild ] || changed node package-lock.json; then
    room 500
    echo 'Fetching style sheets and tools from npm …'
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || failed 'npm could not fetch its packages.'
    made node package-lock.json
fi
ASSETS=src/omzien/site/assets
if [ ! -f src/omzien/site/static/built/manifest.json ] || changed assets package-lock.json $ASSETS/*; then
    node $ASSETS/build.mjs || failed 'The style sheets could not be built.'
    made assets package-lock.json $ASSETS/*
fi

# --- Texts ---
DUTCH=src/omzien/locale/nl/LC_MESSAGES
if [ -f $DUTCH/django.po ] && { [ ! -f $DUTCH/django.mo ] || changed texts $DUTCH/django.po; }; then
    .venv/bin/python tools/messages.py compile || failed 'The Dutch texts could not be compiled.'
    made texts $DUTCH/django.po
fi
