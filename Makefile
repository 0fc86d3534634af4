# Everything a developer or an operator types. `make` alone lists it.
# PYTHON=python3.12 chooses an interpreter; without it the machine's python3 is taken.
PYTHON ?=
LAUNCH := $(or $(PYTHON),python3) portal/launch.py $(if $(PYTHON),--this-python)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PORT ?= 8000
APPLICATIONS ?= 300

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check fix seed diagram messages up bench shots coverage

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

up:  ## production on this machine: docker compose
	docker compose up --detach --build

bench: setup-dev  ## benchmarks beside their peers, and var/bench.json
	@$(BIN)/python -m tests.bench $(ARGS)

shots: setup-dev  ## pictures of every main page under var/shots/
	@$(BIN)/python -m tests.shots $(ARGS)
