#!/bin/sh
# nginx, Caddy and tinyproxy from the system's packages, where they are missing, for the tests with real proxies. They are not started.
set -eu

missing=""
command -v nginx >/dev/null || missing="nginx-light"
command -v caddy >/dev/null || missing="$missing caddy"
command -v tinyproxy >/dev/null || missing="$missing tinyproxy-bin"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root=sudo; else
    echo "Missing, and no right to install them: $missing" >&2
    exit 1
fi
echo "Installing $missing with apt …"
$root apt-get update -qq
# A policy that lets no service start: the tests start their own on ports of their own.
policy=/usr/sbin/policy-rc.d
made=""
[ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' | $root tee $policy >/dev/null && $root chmod +x $policy && made=1; }
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
[ -z "$made" ] || $root rm -f $policy
