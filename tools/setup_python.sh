#!/bin/sh
# Makes .venv with exactly the locked packages. Needs Python 3.11 or newer, and nothing else that it cannot get itself.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }

stop() {
    say "Error: $1" >&2
    say "Hint:  $2" >&2
    exit 2
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed." "Install it (apt install python3.11), or name it: make PYTHON=/path/to/python3.12"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 1; fi
}

uv_from_pip() { "$1" -m pip install --quiet --disable-pip-version-check --target .cache/uv --upgrade \
    --require-hashes --requirement requirements-bootstrap.lock 2>.cache/pip.log; }

uv_from_venv() { "$1" -m venv .cache/bootstrap >/dev/null 2>&1 && uv_from_pip .cache/bootstrap/bin/python; }

# Debian splits pip and ensurepip off Python, so there are several ways, the one without a system package first.
find_uv() {
    wanted=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements-bootstrap.lock)
    if [ "$(.cache/uv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" = "$wanted" ]; then return; fi
    mkdir -p .cache
    say "Installing uv $wanted …"
    if uv_from_pip "$1" || uv_from_venv "$1"; then return; fi
    if command -v uv >/dev/null; then
        mkdir -p .cache/uv/bin && ln -sf "$(command -v uv)" .cache/uv/bin/uv
        return
    fi
    minor=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Installing python$minor-venv with apt …"
    if as_root apt-get update -qq >.cache/apt.log 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "python$minor-venv" \
            >>.cache/apt.log 2>&1 && uv_from_venv "$1"; then return; fi
    cat .cache/pip.log >&2
    stop "uv could not be installed: this Python has neither pip nor venv." \
        "Run: sudo apt install python$minor-venv   and then make again."
}

# What pip is told on this machine (a mirror, a certificate) holds for uv too, which reads neither pip's files nor variables.
as_pip_is_told() {
    index=${PIP_INDEX_URL:-$("$1" -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then export UV_DEFAULT_INDEX="$index"; fi
    certificate=${PIP_CERT:-$("$1" -m pip config get global.cert 2>/dev/null || true)}
    if [ -n "$certificate" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$certificate"; fi
}

python=$(find_python)
find_uv "$python"
as_pip_is_told "$python"
export UV_PYTHON_DOWNLOADS=never
uv=.cache/uv/bin/uv

[ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
say "Installing the Python packages …"
# Compiled once, for all: whoever runs the program later may not be allowed to write here, and would compile at each start.
"$uv" pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements-dev.lock
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
.venv/bin/python -m compileall -q src tests tools bench
