# The front door. `make` by itself lists what there is.

BIN := .venv/bin
PAGES := src/wardround/interfaces/web/static/vendor/htmx.min.js
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate
TESTS ?= tests
JOBS ?= 2
ARGS ?=

# Packages are compiled as they are first imported; that must be kept, or every start is slow.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench audit train lock clean

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name does; \
		do printf '  make %-8s %s\n' "$$name" "$$does"; done

run: .venv/run $(PAGES) ## make everything ready, load the sample clinic and serve it
	@$(BIN)/wardround demo

test: .venv/dev $(PAGES) ## run the tests (TESTS=tests/record for some, JOBS=0 one at a time)
	$(BIN)/python -m pytest $(TESTS) --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

check: .venv/dev $(PAGES) ## lint, types, who may import whom, weaknesses, lock files, docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/bandit --quiet --recursive -ll src
	$(BIN)/python -m pytest tests/house -m "not slow" --quiet

bench: .venv/dev $(PAGES) ## measure; with WARDROUND_DATA, score the notes beside published ones
	$(BIN)/python -m pytest tests -rN --benchmark-only --benchmark-enable \
		--benchmark-columns=median,min,max,rounds
	@if [ -n "$${WARDROUND_DATA:-}" ]; then \
		$(BIN)/wardround evaluate documentation --data "$$WARDROUND_DATA"; \
		$(BIN)/wardround evaluate deid --data "$$WARDROUND_DATA"; \
	else \
		echo "WARDROUND_DATA names no folder of published visits: notes were not scored."; \
	fi

audit: .venv/dev ## ask for known weaknesses of the locked packages (needs the network)
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

train: .venv/dev ## train the models that the package ships (needs WARDROUND_DATA)
	$(BIN)/python scripts/train_documentation.py
	$(BIN)/python scripts/train_privacy.py
	$(BIN)/python -m scripts.train_privacy_names words
	$(BIN)/python -m scripts.train_privacy_names beside
	$(BIN)/python -m scripts.train_privacy_names figures
	$(BIN)/python -m scripts.train_radiology # needs the group train
	$(BIN)/python -m scripts.train_pathology

lock: .venv/dev ## pin what pyproject.toml asks for (ARGS=--upgrade for the newest)
	$(COMPILE) $(ARGS) pyproject.toml --all-extras --group dev -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock pyproject.toml --extra postgres --group build -o requirements.lock
	$(COMPILE) -c requirements-dev.lock --group build -o requirements-build.lock
	$(COMPILE) -c requirements-dev.lock --group node -o requirements-node.lock

clean: ## remove what was made here, but never the data in var/
	rm -rf .venv node_modules build dist $(dir $(PAGES))
	rm -rf .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts -name __pycache__ -prune -exec rm -rf {} +

.venv/run: requirements-build.lock requirements.lock pyproject.toml scripts/environment.sh
	@sh scripts/environment.sh run
	@touch $@

.venv/dev: requirements-build.lock requirements.lock requirements-dev.lock pyproject.toml scripts/environment.sh
	@sh scripts/environment.sh dev
	@touch .venv/run $@

$(PAGES): package.json package-lock.json scripts/pages.sh | .venv/run
	@sh scripts/pages.sh
