# Shared by start and check: what both need of the machine. Sourced, not run.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
VENV="$ROOT/.venv"

say() { printf '\033[1m» %s\033[0m\n' "$*"; }
fail() { printf '\033[31m✗ %s\033[0m\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else return 1
  fi
}

# apt_install PACKAGE...: install, or say what a person must do.
apt_install() {
  command -v apt-get >/dev/null ||
    fail "Missing: $*. This system has no apt-get; install them in its own way and start again."
  say "Installing system packages: $*"
  local log
  log="$(mktemp)"
  if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    fail "Could not install: $*. Ask an administrator to run: apt-get install $*"
  fi
  rm -f "$log"
}

# The shared libraries that Qt's windows need, and the Debian package of each.
QT_LIBRARIES="
libGL.so.1=libgl1 libEGL.so.1=libegl1 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3
libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0 libxcb-cursor.so.0=libxcb-cursor0
libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0
libxcb-xkb.so.1=libxcb-xkb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0
libxcb-render-util.so.0=libxcb-render-util0 libxcb-image.so.0=libxcb-image0
libxcb-randr.so.0=libxcb-randr0
"

need_qt_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  local known missing=() pair
  known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)"
  for pair in $QT_LIBRARIES; do
    grep -qF "${pair%%=*} " <<<"$known" || missing+=("${pair##*=}")
  done
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

usable_python() {
  command -v "$1" >/dev/null && "$1" -c '
import sys
import ensurepip, venv
sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if usable_python "$name"; then echo "$name"; return 0; fi
  done
  return 1
}

# What pyscard is built with, which has no wheel for Linux; swig comes with it.
need_build_tools() {
  [ "$(uname -s)" = Linux ] || return 0
  local missing=() headers
  headers="$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("include"))')"
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  [ -e /usr/include/PCSC/winscard.h ] || missing+=(libpcsclite-dev)
  [ -e "$headers/Python.h" ] || missing+=("$(basename "$headers")-dev")
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

# The service that knows card readers.
need_card_service() {
  [ "$(uname -s)" = Linux ] || return 0
  PATH="$PATH:/usr/sbin" command -v pcscd >/dev/null || apt_install pcscd
}

# What reads eIDs, asked for once: without it a desk opens all the same, and says what is missing.
try_card_reading() {
  local stamp
  stamp="$(sha256sum installer/requirements-eid.lock | cut -d' ' -f1)"
  ! grep -qsF "$stamp" "$VENV/.locked" || return 0
  (need_build_tools && install_locked installer/requirements-eid.lock && need_card_service) ||
    say "Going on without: no eID is read here. To try again, remove .venv and start"
  echo "$stamp" >>"$VENV/.locked"
}

# install_locked LOCK: into .venv, what the lock names and nothing else.
install_locked() {
  local told=(--quiet --progress-bar off) built=quotequail
  [ ! -t 1 ] || told=()
  # quotequail, plain Python, is published as source only; pyscard as source for Linux.
  [ "$(uname -s)" != Linux ] || built=quotequail,pyscard
  "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input ${told[@]+"${told[@]}"} \
    --require-hashes --only-binary :all: --no-binary "$built" -r "$1" ||
    fail "The packages of $(basename "$1") could not be installed. Is there a network?"
}

# need_environment LOCK: make .venv from a lock file, again only when the lock has changed.
need_environment() {
  local lock="$1" python stamp
  stamp="$(sha256sum "$lock" | cut -d' ' -f1)"
  if [ -x "$VENV/bin/python" ] && grep -qsF "$stamp" "$VENV/.locked"; then return 0; fi
  python="$(find_python)" || {
    apt_install python3 python3-venv
    python="$(find_python)" || fail "Python 3.11 or newer is needed; this system has none."
  }
  say "Making .venv with $("$python" --version), from $(basename "$lock")"
  "$python" -m venv --clear "$VENV"
  [ "$lock" != installer/requirements-dev.lock ] || need_build_tools
  install_locked "$lock"
  echo "$stamp" >>"$VENV/.locked"
  # The development lock holds everything that the other does.
  if [ "$lock" = installer/requirements-dev.lock ]; then
    sha256sum installer/requirements.lock installer/requirements-eid.lock | cut -d' ' -f1 >>"$VENV/.locked"
  fi
}

need_fonts_and_texts() {
  "$VENV/bin/python" installer/cut_fonts.py
  "$VENV/bin/python" installer/texts.py compile
}
