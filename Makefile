# Everything that a newcomer, a colleague or CI starts. `make` alone prints the list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PYTHON := $(VENV)/bin/python
STAMPS := build/stamps
export DJANGO_SETTINGS_MODULE := config.settings
export DONDOC_VAR ?= $(CURDIR)/var

.PHONY: help
help: ## Print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up -------------------------------------------------------------------------------------------------------

$(STAMPS)/system: tools/system-packages
	@mkdir -p $(@D)
	tools/system-packages run
	@touch $@

$(STAMPS)/venv: $(STAMPS)/system requirements/run.lock pyproject.toml
	tools/venv requirements/run.lock
	@touch $@

$(STAMPS)/venv-dev: $(STAMPS)/venv requirements/dev.lock
	tools/venv requirements/dev.lock
	@touch $@

$(STAMPS)/npm: $(STAMPS)/venv package.json package-lock.json requirements/node.lock tools/npm
	tools/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONT_END := $(shell find src/dondoc -type f -not -name '*.pyc' 2>/dev/null)
$(STAMPS)/static: $(STAMPS)/npm $(FRONT_END) tools/build_assets.py
	$(PYTHON) tools/build_assets.py
	$(VENV)/bin/django-admin collectstatic --noinput --verbosity 0
	@touch $@

.PHONY: setup
setup: $(STAMPS)/venv $(STAMPS)/static ## Install what running needs: system packages (as root), Python and front-end packages

.PHONY: setup-dev
setup-dev: setup $(STAMPS)/venv-dev ## The same, with what tests and checks need
	tools/system-packages test

# --- run ----------------------------------------------------------------------------------------------------------

.PHONY: run
run: setup ## Set everything up and serve on 127.0.0.1:8000, with the data of an invented province
	@mkdir -p $(DONDOC_VAR)
	$(VENV)/bin/dondoc migrate --verbosity 0
	$(VENV)/bin/dondoc demo --if-empty
	$(VENV)/bin/dondoc serve --port $${PORT:-8000}

.PHONY: demo-seeds
demo-seeds: setup ## Load the five source documents beside the project into the demo as well
	$(VENV)/bin/dondoc demo --if-empty
	$(VENV)/bin/dondoc demo_seeds ../shared/seeds

# --- test ---------------------------------------------------------------------------------------------------------

.PHONY: test
test: setup-dev ## Run the whole suite, on SQLite and, where a PostgreSQL server is found, on it as well
	$(VENV)/bin/pytest -n 2 --dist loadgroup $(PYTEST)
	tools/postgres-tests

.PHONY: check
check: setup-dev ## Style, types, import rule, migrations, lock files
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	@mkdir -p $(DONDOC_VAR)
	$(VENV)/bin/django-admin makemigrations --check --dry-run
	$(VENV)/bin/django-admin check --fail-level ERROR
	tools/check-locks

.PHONY: bench
bench: setup-dev ## Measure speed against named peers; print a table and write build/bench.json
	$(PYTHON) -m tools.bench

.PHONY: corpus-diff
corpus-diff: setup-dev ## Show which items a change of the reader wins and loses over the corpus beside the project
	$(PYTHON) tools/corpus_diff.py $(ARGS)

.PHONY: lock
lock: ## Resolve the packages anew and write the lock files
	tools/lock

.PHONY: clean
clean: ## Remove what was built, and nothing that a person made
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
