# Counterfoil. `make` lists what can be done; everything happens in .venv.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

# How many test processes. Figures of the races are steadier with one: make test WORKERS=0
WORKERS ?= auto

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo serve check test bench lint format words lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv with the pinned packages and the `portal` command

$(INSTALLED): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Counterfoil needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)." >&2; \
	  echo "Name another one like this: make $(or $(MAKECMDGOALS),install) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the pinned packages (half a minute the first time)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation -e .
	@touch $@

# What is said after make (PORT=9000) reaches the command through its environment.
demo: install ## Open a small invented club in your browser's reach (PORT=8000 DATABASE_URL=...)
	@$(BIN)/portal demo

serve: install ## Serve the club that the environment names (docs/settings.md)
	@$(BIN)/portal serve

check: lint ## The quick look before a commit: lint, types, layers, tests on SQLite (no browser, no races, no torture)
	@TEST_DATABASES=sqlite $(BIN)/pytest -q -n $(WORKERS) -m "not browser and not races and not torture"

test: lint ## Everything: lint, types, layers, all tests on SQLite and PostgreSQL, browser, races and torture too
	@$(BIN)/pytest -q -n $(WORKERS) -m "not browser and not races and not torture"
	@$(BIN)/pytest -q -m "browser or races or torture"

# How fast it is: make bench BENCH="--database postgresql --json figures.json"
bench: install ## Measure the hot paths as ratios to a Flask hello, two minutes (docs/performance.md)
	@$(BIN)/python -m tests.bench $(BENCH)

lint: install ## Ruff, mypy, the import contracts, and the templates' markup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet templates

format: install ## Let ruff put the code in order
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

words: install ## Collect the sentences and compile their translations; docs/translating.md
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml -k lazy -k gettext_html --sort-by-file --add-location=file --no-wrap \
	  --project=Counterfoil --version=1 -o build/messages.pot .
	@$(BIN)/pybabel -q update -i build/messages.pot -d portal/translations -N --ignore-obsolete --ignore-pot-creation-date --no-wrap
	@$(BIN)/pybabel compile -d portal/translations

lock: install ## Choose the newest allowed versions and pin them by hash
	@rm -f uv.lock
	@$(BIN)/uv lock --quiet
	@$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-header --no-dev > requirements.lock
	@$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-header > requirements-dev.lock
	@rm -f uv.lock

clean: ## Remove .venv and every cache
	@rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
