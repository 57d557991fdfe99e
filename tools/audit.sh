#!/bin/sh
# Runs the fault tests with their full counts in the background, one file after another. A file that
# passed is not run again until the code changes; so an interrupted audit goes on where it was.
set -eu
cd "$(dirname "$0")/.."
FOLDER=var/audit
mkdir -p "$FOLDER"

state() { git rev-parse HEAD 2>/dev/null; git diff HEAD 2>/dev/null; }
MARK=$(state | sha256sum | cut -c1-12)

if [ "${1:-}" != go ]; then
    if flock -n "$FOLDER/lock" true; then
        nohup flock -n "$FOLDER/lock" "$0" go >>"$FOLDER/log" 2>&1 </dev/null &
        echo "The audit runs in the background: tail -f $FOLDER/log"
    else
        echo "The audit is running: tail -f $FOLDER/log"
    fi
    [ ! -f "$FOLDER/results" ] || tail -n 20 "$FOLDER/results"
    exit 0
fi

for file in tests/audit/test_*.py tests/config/supervisor/test_killed.py; do
    passed="$FOLDER/$(basename "$file" .py).$MARK"
    [ ! -f "$passed" ] || continue
    if OMZIEN_AUDIT=1 .venv/bin/pytest -p no:randomly "$file"; then
        touch "$passed"
        echo "$(date '+%F %T') $MARK good      $file" >>"$FOLDER/results"
    else
        echo "$(date '+%F %T') $MARK NOT GOOD  $file" >>"$FOLDER/results"
    fi
done
echo "$(date '+%F %T') $MARK the audit is complete" | tee -a "$FOLDER/results"
