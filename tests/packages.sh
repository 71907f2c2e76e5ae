#!/usr/bin/env bash
# Debian's packages that the tests need: a browser, gettext, and the services a site may use.
set -euo pipefail
missing=()
need() { command -v "$1" >/dev/null || compgen -G "$1" >/dev/null || missing+=("$2"); }
need chromium chromium
need xgettext gettext
need redis-server redis-server
need "/usr/lib/postgresql/*/bin/initdb" postgresql
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
