#!/bin/sh
# Makes .venv, or brings it up to date with the lock files.
#
#   scripts/environment.sh run    what Wardround needs to run
#   scripts/environment.sh dev    and what its tests and checks need
#
# Everything is installed by hash. PYTHON names the Python to use; otherwise the first is taken
# that is 3.11 or newer.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    fail "Wardround needs Python 3.11 or newer; none of these is: ${PYTHON:-python3, python3.11 … 3.14}." \
        "Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3."
}

if [ ! -x .venv/bin/python ] || ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "This Python cannot make virtual environments." \
            "On Debian and Ubuntu: apt-get install python3-venv"
    echo "Making .venv with $("$python" --version) …"
    "$python" -m venv --clear .venv
fi

install() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install \
        --quiet --no-compile --no-build-isolation "$@"
}

# Some packages come as source alone: what builds them must be there before them.
install --require-hashes -r requirements-build.lock
echo "Installing the packages of requirements.lock …"
install --require-hashes -r requirements.lock
if [ "${1:-run}" = dev ]; then
    echo "Installing the packages of requirements-dev.lock …"
    install --require-hashes -r requirements-dev.lock
fi
install --no-deps -e .
