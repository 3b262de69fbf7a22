# Needs make and Python 3.11 or later; everything else goes into .venv.
PYTHON ?= python3
PORT ?= 8501
KONGTHUN_DATA ?=
FLAGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: help run google test soak check fix demo bench shots

help:  ## show these lines
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

run: .venv/run.stamp $(if $(KONGTHUN_DATA),,.demo/manifest.json)  ## open the pages on the demo province, on KONGTHUN_DATA=<folder>, or on the sheets linked in .streamlit/secrets.toml
	$(if $(KONGTHUN_DATA),KONGTHUN_DATA="$(KONGTHUN_DATA)") $(BIN)/python -m streamlit run pages/_ui/server.py --server.port "$(PORT)" $(FLAGS)

google: .venv/dev.stamp  ## the same pages on the demo province in a local server that stands for Google
	$(BIN)/python -m tests.support.google.pages --port "$(PORT)"

test: check  ## everything that must hold: check, then all tests, offline, with coverage
	$(BIN)/python -m pytest --cov --numprocesses auto --maxprocesses 4 --dist loadfile

soak: .venv/dev.stamp  ## the long form of the tests of edits: about twenty minutes of people typing meanwhile (KONGTHUN_SOAK=10: shorter)
	KONGTHUN_SOAK="$${KONGTHUN_SOAK:-70}" $(BIN)/python -m pytest -s tests/writeback

check: .venv/dev.stamp  ## form, types and import order; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: .venv/dev.stamp  ## put right what ruff can put right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

demo: .venv/run.stamp  ## make the demo province afresh in .demo
	rm -rf .demo
	$(BIN)/python -m services demo .demo

bench: .venv/dev.stamp  ## measure, as ratios; one part: FLAGS="--only line" (or pages, google, writing)
	$(BIN)/python -m bench $(FLAGS)

shots: .venv/dev.stamp  ## pictures of every page in .shots, wide and phone (needs Chromium)
	rm -rf .shots
	KONGTHUN_SHOTS=.shots KONGTHUN_BROWSER=required $(BIN)/python -m pytest -q tests/browser/test_every_page.py

.demo/manifest.json: | .venv/run.stamp
	$(BIN)/python -m services demo .demo

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Kongthun needs Python 3.11 or later and "$(PYTHON)" is not; name another one: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo '"$(PYTHON)" cannot make a virtual environment; on Debian and Ubuntu install the package python3-venv.' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

.venv/run.stamp: requirements.txt .venv/pyvenv.cfg
	$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(PIP) -r requirements-dev.txt
	@touch $@
