#!/bin/sh
# Chromium and the fonts its pictures need, from the system's packages, where they are missing.
set -eu

missing=""
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing="$missing chromium"
has_font() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
for font in fonts-noto-cjk fonts-noto-color-emoji; do has_font "$font" || missing="$missing $font"; done
[ -n "$missing" ] || exit 0

echo "Installing$missing with apt …"
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root=sudo; else
    echo "Error: the browser tests need$missing." >&2
    echo "Hint:  Run: sudo apt install$missing   and then make again. CHROMIUM=/path names another Chromium." >&2
    exit 2
fi
$root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
