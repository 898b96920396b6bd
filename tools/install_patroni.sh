#!/bin/sh
# etcd from the system's packages where it is missing, and Patroni in a place that PostgreSQL's own user can reach, for the
# tests of a site whose primary is lost. Nothing is started.
set -eu
cd "$(dirname "$0")/.."

place=/tmp/bilin-patroni-$(sha256sum requirements-patroni.lock | cut -c1-12)
if ! command -v etcd >/dev/null; then
    if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root=sudo; else
        echo "Missing, and no right to install it: etcd-server" >&2
        exit 1
    fi
    echo "Installing etcd with apt …"
    $root apt-get update -qq
    policy=/usr/sbin/policy-rc.d
    made=""
    [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' | $root tee $policy >/dev/null && $root chmod +x $policy && made=1; }
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends etcd-server >/dev/null
    [ -z "$made" ] || $root rm -f $policy
fi
if [ ! -e "$place/.ready" ]; then
    echo "Installing Patroni …"
    rm -rf "$place"
    /usr/bin/python3 -m venv "$place"
    "$place/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement requirements-patroni.lock
    chmod -R go+rX "$place"
    touch "$place/.ready"
fi
