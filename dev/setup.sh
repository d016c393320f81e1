#!/bin/sh
# Installs the system packages that Quarterdeck needs on Debian or Ubuntu, and nothing that is there already.
#
#   dev/setup.sh run     what building and running needs: a C compiler, for the SQLite that is built in
#   dev/setup.sh test    that, and what the tests need: PostgreSQL's binaries, Chromium with its driver, fonts, hledger;
#                        a C++ compiler, CMake and libclang, for the HiGHS solver of the feature `select`;
#                        the judges of FOCUS and of `quarterdeck calc`, from PyPI into ~/.cache/quarterdeck
#                        (QUARTERDECK_NO_JUDGES=1 leaves them out, and the tests that ask them)
#
# Asks nothing, may be run again at any time, needs root or sudo only when something is missing.
# The Rust toolchain is not installed here: it comes from https://rustup.rs.
set -eu

missing=""

say() { printf 'setup: %s\n' "$*" >&2; }

# want PACKAGE WHY: remembers a package that has to be installed, and says why.
want() {
    say "missing: $1 ($2)"
    missing="$missing $1"
}

has() { command -v "$1" >/dev/null 2>&1; }

# any FILE...: whether at least one of the files exists (an unmatched pattern stays as it is, and does not).
any() {
    for candidate in "$@"; do
        if [ -e "$candidate" ]; then return 0; fi
    done
    return 1
}

need_run() {
    has cc || want gcc "compiles the SQLite and the cryptography that are built into the binary"
    any /usr/include/stdio.h || want libc6-dev "the C library's headers, for the same"
    has make || want make "the short commands: make run, make test"
}

# Only for the feature `select`, which tests build and `make run` does not.
need_solver() {
    has g++ || want g++ "compiles HiGHS, the solver that chooses which candidates to fund"
    has cmake || want cmake "HiGHS is built with it"
    need_libclang || want libclang-dev "reads the headers of HiGHS for Rust: libclang and its own stddef.h"
}

# The library and its headers, of whatever release. libclang-dev has that name on every Debian and Ubuntu; the
# two packages inside it that are needed carry the release in their names, as libclang1-14.
need_libclang() {
    any /usr/lib/*/libclang-[0-9]*.so* /usr/lib/*/libclang.so* /usr/lib/llvm-*/lib/libclang.so* &&
        any /usr/lib/clang/*/include/stddef.h /usr/lib/llvm-*/lib/clang/*/include/stddef.h
}

need_test() {
    need_solver
    any /usr/lib/postgresql/*/bin/initdb ||
        want postgresql "every story runs on both engines; the tests start throw-away clusters of their own"
    any /usr/bin/chromium || want chromium "the journeys of the pages, in a real browser"
    any /usr/bin/chromedriver || want chromium-driver "drives that browser"
    has hledger || want hledger "judges the journal that the ledger is exported as"
    any /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ||
        want fonts-dejavu-core "letters on the screenshots"
    any /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf ||
        want fonts-noto-core "names in other scripts, and scripts written from right to left"
}

# The judges of FOCUS, each at the version whose verdicts the tests know. The first reads Parquet by pyarrow.
JUDGES="focus-validator==2.2.1 focus-data-toolkit==0.14.1 pyarrow<24"
# Those of `quarterdeck calc`, which have no numpy in common with the others.
CALC_JUDGES="$(sed '/^#/d' "$(dirname "$0")/judges/calc.txt" | tr '\n' ' ')"
CACHE="${HOME:?}/.cache/quarterdeck"

# python_for_judges: the first Python of 3.12 or newer. 3.12 before all others: the validator wants a numpy that
# later ones have to compile.
python_for_judges() {
    for python in python3.12 "$HOME"/.pyenv/versions/3.12.*/bin/python3 python3 python3.13 \
        "$HOME"/.pyenv/versions/3.1[3-9].*/bin/python3; do
        if "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
            echo "$python"
            return 0
        fi
    done
    return 1
}

# install_judges WHOSE PACKAGES PLACE: into an environment of their own, unless they are there.
install_judges() {
    if [ "$(cat "$3/installed" 2>/dev/null)" = "$2" ]; then return 0; fi
    if ! python="$(python_for_judges)"; then
        say "there is no Python of 3.12 or newer for the judges of $1: their tests will fail until there is one,"
        say "or until QUARTERDECK_NO_JUDGES=1 says that they are to be left out"
        return 0
    fi
    say "installing the judges of $1 into $3"
    rm -rf "$3"
    mkdir -p "$3"
    # shellcheck disable=SC2086  # one word per package is meant
    if "$python" -m venv "$3" && "$3/bin/pip" install -q --disable-pip-version-check $2 >&2; then
        echo "$2" >"$3/installed"
    else
        say "the judges of $1 cannot be installed; without a network, QUARTERDECK_NO_JUDGES=1 leaves them out"
        exit 1
    fi
}

need_judges() {
    if [ "${QUARTERDECK_NO_JUDGES:-}" = 1 ]; then
        say "QUARTERDECK_NO_JUDGES=1: what is exported as FOCUS and what calc reckons is judged by nobody but ourselves"
        return 0
    fi
    install_judges FOCUS "$JUDGES" "$CACHE/judges"
    install_judges calc "$CALC_JUDGES" "$CACHE/calc-judges"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo; then
        sudo -n "$@" || { say "sudo would ask for a password; run as root:  $*"; exit 1; }
    else
        say "not root and no sudo; run as root:  $*"
        exit 1
    fi
}

# Debian's postgresql package starts a server of its own when it is installed; nobody asked for one.
NO_SERVER=/etc/postgresql-common/createcluster.d/quarterdeck.conf

install_missing() {
    if [ -z "$missing" ]; then return 0; fi
    if ! has apt-get; then
        say "this is not Debian or Ubuntu: install the like of these by hand:$missing"
        exit 1
    fi
    say "installing:$missing"
    case "$missing" in *" postgresql"*)
        as_root mkdir -p "$(dirname "$NO_SERVER")"
        echo "create_main_cluster = false" | as_root tee "$NO_SERVER" >/dev/null ;;
    esac
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
    # shellcheck disable=SC2086  # one word per package is meant
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 $missing </dev/null >&2
    if [ -e "$NO_SERVER" ]; then as_root rm -f "$NO_SERVER"; fi
}

need_rust() {
    if has cargo; then return 0; fi
    say "cargo is not on the PATH: install Rust 1.95 or newer from https://rustup.rs, then run this again"
    exit 1
}

case "${1:-}" in
    run) need_run ;;
    test) need_run; need_test ;;
    *)
        echo "usage: dev/setup.sh run|test" >&2
        exit 2
        ;;
esac
install_missing
need_rust
case "$1" in test) need_judges ;; esac
say "all that '$1' needs is here"
