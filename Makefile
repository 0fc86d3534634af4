# Everything a developer or an operator types. `make` alone lists it.
# PYTHON=python3.12 chooses an interpreter; without it the machine's python3 is taken.
PYTHON ?=
LAUNCH := $(or $(PYTHON),python3) portal/launch.py $(if $(PYTHON),--this-python)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PORT ?= 8000
APPLICATIONS ?= 300
NPM := $(or $(shell command -v npm),$(BIN)/npm)
# Tools that look at what we depend on, in an environment of their own.
SUPPLY := var/supply/bin
COMPILE := $(SUPPLY)/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check fix seed diagram messages up bench shots coverage
.PHONY: lock sbom audit

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup:  ## prepare .venv and the front-end files, nothing else
	@$(LAUNCH) setup

setup-dev:  ## the same, with what developing needs
	@$(LAUNCH) setup --dev

run:  ## the portal with demo data on this machine (PORT=8000)
	@$(LAUNCH) run --port $(PORT) --applications $(APPLICATIONS)

test: setup-dev  ## the whole suite on PostgreSQL and on SQLite
	@$(BIN)/python -m tests.run $(ARGS)

coverage: setup-dev  ## the suite with branch coverage
	@$(BIN)/python -m tests.run --coverage $(ARGS)

check: setup-dev  ## format, lint, types, layers, migrations, templates, diagram
	@$(BIN)/python -m tests.check

fix: setup-dev  ## format and repair what a machine can repair
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	@$(BIN)/python -m tests.check --fix-templates

seed: setup  ## demo data (APPLICATIONS=300)
	DEMO=1 $(MANAGE) migrate --verbosity 0
	DEMO=1 $(MANAGE) seed --applications $(APPLICATIONS)

diagram: setup  ## draw the lifecycle into docs/
	$(MANAGE) lifecycle_diagram

messages: setup  ## read new sentences into locale/en, and compile it (needs GNU gettext)
	$(MANAGE) makemessages
	$(MANAGE) compilemessages --locale en --locale zh_Hans --ignore .venv --ignore node_modules

var/supply/.installed: requirements/supply.txt | setup
	$(BIN)/python -m venv --clear var/supply
	$(SUPPLY)/pip install --quiet --require-hashes --requirement $<
	@touch $@

lock: var/supply/.installed  ## pin what pyproject.toml asks for (ARGS=--upgrade: newest)
	$(COMPILE) $(ARGS) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(ARGS) pyproject.toml --group dev --constraints requirements.txt \
	  --output-file requirements-dev.txt
	for group in build npm supply; do \
	  $(COMPILE) $(ARGS) --group $$group --output-file requirements/$$group.txt || exit; \
	done

sbom: var/supply/.installed  ## CycloneDX bills of materials: var/sbom-*.json
	$(SUPPLY)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
	  --output-file var/sbom-python.json requirements.txt
	$(NPM) sbom --sbom-format cyclonedx --package-lock-only --omit dev \
	  > var/sbom-front-end.json

audit: var/supply/.installed  ## known faults of what is installed, by pip-audit
	$(SUPPLY)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt

up:  ## production on this machine: docker compose
	docker compose up --detach --build

bench: setup-dev  ## benchmarks beside their peers, and var/bench.json
	@$(BIN)/python -m tests.bench $(ARGS)

shots: setup-dev  ## pictures of every main page under var/shots/
	@$(BIN)/python -m tests.shots $(ARGS)
