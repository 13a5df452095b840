# Every target sets up its own virtual environment from the hashed lock files and reuses it.
# Needs Python 3.11 or newer with pip and venv, and make. Nothing else.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint bench docs accuracy clean

demo: $(VENV)/.runtime ## set up and run the main job on a synthetic batch
	$(BIN)/validator demo --out demo-out --overwrite

test: $(VENV)/.dev ## set up and run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.dev ## style, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## speed and memory of one million records against the floor and the baseline
	$(BIN)/python -m benchmarks.run

accuracy: $(VENV)/.dev ## docs/accuracy.md from 20,000 labelled records, five seeds
	$(BIN)/python tools/accuracy.py --write
	$(BIN)/python tools/accuracy_addresses.py --write
	$(BIN)/python tools/address_figures.py --write

docs: $(VENV)/.dev ## pages that are made from the code
	$(BIN)/python tools/make_docs.py

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q validator fixtures/shikaku_world
	$(BIN)/python -c 'from validator.output.html.page import compile_templates as c; c()'
	$(BIN)/python -c 'from validator.output.letters.pages import compile_templates as c; c()'
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) demo-out dist build .bench
