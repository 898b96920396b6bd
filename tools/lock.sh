#!/bin/sh
# Writes the lock files: exact versions with hashes, and no word about where they were fetched from. Takes the newest of
# everything; with KEEP=1 only what pyproject.toml newly asks for.
set -eu
cd "$(dirname "$0")/.."
[ -n "${KEEP:-}" ] && upgrade="" || upgrade=--upgrade
compile() {
    .cache/uv/bin/uv pip compile --quiet $upgrade --generate-hashes --no-emit-index-url --no-annotate --universal \
        --python-version 3.11 --custom-compile-command "make lock" "$@"
}
compile pyproject.toml --output-file requirements.lock
compile pyproject.toml --group dev --output-file requirements-dev.lock
echo uv | compile - --output-file requirements-bootstrap.lock
echo "patroni[etcd3]==4.1.5 psycopg[binary]" | tr ' ' '\n' | compile - --output-file requirements-patroni.lock
