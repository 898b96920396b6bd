#!/bin/sh
# The tool that makes network namespaces, from the system's packages, where it is missing. Without root nothing is
# installed: the tests that need it say so and are skipped, since namespaces would be refused, too.
set -eu

command -v ip >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root=sudo; else exit 0; fi
echo "Installing iproute2 with apt …"
$root apt-get update -qq
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends iproute2 >/dev/null
