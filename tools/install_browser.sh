#!/bin/sh
# Chromium and the fonts its pictures need, from the system's packages, where they are missing. Where the system has it,
# the one without windows: the tests cost a third less of the processor in it, and Playwright's own is that one too.
set -eu

has_browser() { [ -n "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null; }
has_font() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
fonts=""
for font in fonts-noto-cjk fonts-noto-color-emoji; do has_font "$font" || fonts="$fonts $font"; done
if has_browser && [ -z "$fonts" ]; then exit 0; fi

is_enough() { [ -z "$fonts" ] && command -v chromium >/dev/null; }
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root=sudo; else
    is_enough && exit 0
    echo "Error: the browser tests need chromium$fonts." >&2
    echo "Hint:  Run: sudo apt install chromium$fonts   and then make again. CHROMIUM=/path names another Chromium." >&2
    exit 2
fi
echo "Installing what the browser tests need with apt …"
$root apt-get update -qq || is_enough
browser=""
if has_browser; then :; elif apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    browser=chromium-headless-shell
elif ! command -v chromium >/dev/null; then
    browser=chromium
fi
[ -n "$browser$fonts" ] || exit 0
# shellcheck disable=SC2086 # a list of names
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $browser $fonts >/dev/null || is_enough
