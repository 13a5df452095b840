#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh environment and runs the demo far from the checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/.venv/bin/python" -m build --wheel --no-isolation --outdir "$work/dist" "$root" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r "$root/requirements.lock"
"$work/venv/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps "$work"/dist/*.whl
cd "$work"
env -u PYTHONPATH "$work/venv/bin/validator" demo --rows 200 --as-of 2026-11-23 --out here
test -s here/summary.json
env -u PYTHONPATH "$work/venv/bin/validator" rules >/dev/null
env -u PYTHONPATH "$work/venv/bin/validator" explain MN003 >/dev/null
echo "the wheel works outside the checkout"
