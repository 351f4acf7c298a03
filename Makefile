# cortipump: GNU make and python3.11 or newer are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test check format bench test-slow demo-files golden validation calibration lock build clean-start clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cortipump needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) ## install, then the whole road on the bundled made-up person, into out/
	$(BIN)/cortipump demo --out out

test: $(STAMP) ## install, then lint, types, import rules and all tests
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n auto -m "not slow" --cov=cortipump --cov-report=term:skip-covered --cov-fail-under=95 -q

check: $(STAMP) ## format, lint, types, import rules
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## put the code into the house format
	$(BIN)/ruff format src tests tools benchmarks
	$(BIN)/ruff check --fix src tests tools benchmarks

test-slow: $(STAMP) ## the tests that take minutes
	$(BIN)/python -m pytest -n auto -m slow -q

bench: $(STAMP) ## measure against the budgets; JSON on standard output
	$(BIN)/python -m benchmarks

demo-files: $(STAMP) ## make the bundled person's files again
	$(BIN)/python tools/make_demo.py

golden: $(STAMP) ## write golden files that are missing; FORCE=1 writes all of them
	CORTIPUMP_GOLDEN=$(if $(FORCE),force,write) $(BIN)/python -m pytest -q tests/golden

validation: $(STAMP) ## simulate the published experiments into docs/validation.md
	$(BIN)/python -m tools.validation

calibration: $(STAMP) ## derive set D anew into docs/calibration.md (minutes)
	$(BIN)/python -m tools.calibrate

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		--no-annotate --extra dev pyproject.toml -o requirements.lock

build: $(STAMP) ## build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation -w dist .

clean-start: build ## the wheel in a fresh environment without development tools
	rm -rf build/clean && $(PYTHON) -m venv build/clean
	build/clean/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	build/clean/bin/cortipump --help >/dev/null && build/clean/bin/cortipump emergency >/dev/null

clean: ## remove what was made
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
