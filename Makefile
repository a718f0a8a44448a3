# The course in two commands: `make course` plays it, `make test` tests it. `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help setup course book packs check test bench lab new-scenario lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## set up a Python of our own in .venv, with every package at its locked version

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 course"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

course: book ## set up, build the book, serve it on this machine and open it
	@$(BIN)/casework serve

book: setup ## build the book into _build/html; a warning or a failing cell stops it
	@$(BIN)/jupyter-book build . -W -q

packs: setup ## make the printed packs for workshops, as PDF files, and list them in the book
	@$(BIN)/casework pack --all -o _build/html/packs
	@$(BIN)/jupyter-book build . -W -q

check: setup ## check every scenario, drill and reference file
	@$(BIN)/casework check

test: setup ## set up and run every test (the browser tests need Chromium)
	@$(BIN)/python -m pytest

bench: book ## measure page weight, time to the first choice, and the compile
	@$(BIN)/python tests/bench.py

lab: setup ## open the lessons in JupyterLab
	@$(BIN)/jupyter lab notebooks

new-scenario: setup ## write a new scenario that passes check: make new-scenario name=a-new-case
	@$(BIN)/casework new $(if $(name),$(name),$(error say its name: make new-scenario name=a-new-case))

lock: setup ## lock requirements.in again, for Python 3.11 and later, with hashes
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		requirements.in -o requirements.txt

clean: ## remove what was built
	rm -rf _build
