#!/usr/bin/env bash
# Debian's packages that the tests need: a browser, gettext, and the services a site may use. With
# the argument screen-reader those of its tests, which are skipped where nobody may install them,
# except in CI.
set -euo pipefail
missing=()
need() { command -v "$1" >/dev/null || compgen -G "$1" >/dev/null || missing+=("$2"); }
need chromium chromium
if [ "${1:-}" = screen-reader ]; then
  need orca orca
  need /usr/libexec/at-spi-bus-launcher at-spi2-core
  need dbus-daemon dbus
  need gdbus libglib2.0-bin
  need Xvfb xvfb
  need xdotool xdotool
  need openbox openbox
else
  need xgettext gettext
  need redis-server redis-server
  need "/usr/lib/postgresql/*/bin/initdb" postgresql
fi
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
  [ "${1:-}" = screen-reader ] && [ -z "${CI:-}" ] && exit 0
  exit 1
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
