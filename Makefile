# The words of this project. `make` alone lists them. No word needs root, a database server or Docker.
.DEFAULT_GOAL := help
.PHONY: help setup run stop worker test check fix bench audit real messages release
.ONESHELL:
.SHELLFLAGS := -euc
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PORT ?= 8000
export PORT
# Wrong values stop a test run; what the shell happens to hold must not steer it.
CLEAN := env -u DATABASE_URL -u OMZIEN_DEMO -u OMZIEN_VAR_DIR

help: ## list these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## make this folder ready (every other word does it too)
	@./tools/setup.sh

run: setup ## the whole demo town at http://127.0.0.1:8000 (PORT=8123 make run)
	@OMZIEN_DEMO=1 exec $(BIN)/omzien run

stop: setup ## stop what `make run` started
	@$(BIN)/omzien stop

worker: setup ## one more process for background work, beside `make run`
	@OMZIEN_DEMO=1 exec $(BIN)/omzien worker

test: setup ## everything that proves it, journeys in a browser included (ARGS="-k name")
	@$(CLEAN) $(BIN)/pytest -n 2 $(ARGS)

check: setup ## format, lint, storeys, types, migrations, texts, templates, house rules
	@bad=0
	step() { printf '%-12s' "$$1"; shift; began=$$(date +%s); \
	  if said=$$("$$@" 2>&1); then echo "good ($$(($$(date +%s) - began)) s)"; \
	  else echo 'not good'; printf '%s\n' "$$said"; bad=1; fi; }
	step format     $(BIN)/ruff format --check --quiet .
	step lint       $(BIN)/ruff check --quiet .
	step storeys    $(BIN)/lint-imports
	step types      $(BIN)/mypy
	step migrations $(CLEAN) $(BIN)/python manage.py makemigrations --check --dry-run
	step texts      $(BIN)/python tools/messages.py check
	step templates  $(BIN)/djlint --lint --quiet src
	step rules      $(CLEAN) $(BIN)/pytest -q -p no:randomly tests/test_house_rules.py tests/test_repository.py
	[ $$bad = 0 ] && echo 'Everything is in order.'

fix: setup ## put the format right and mend what can be mended by itself
	@$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(BIN)/python tools/messages.py update

bench: setup ## ratios to the constant page, into bench/results.json (NAME=map)
	@$(BIN)/python -m bench $(NAME)

audit: setup ## the fault tests with their full counts, in the background; again shows how far it is
	@./tools/audit.sh

real: setup ## import real published files: make real DATA=folder
	@test -n "$(DATA)" || { echo 'Say where the files are: make real DATA=folder' >&2; exit 1; }
	test -d "$(DATA)" || { echo 'There is no folder $(DATA).' >&2; exit 1; }
	OMZIEN_DEMO=1 $(BIN)/omzien real "$(DATA)"

messages: setup ## gather the texts for translation; FROM="a.po b.po" takes over translations
	@$(BIN)/python tools/messages.py update $(FROM)
	$(BIN)/python tools/messages.py compile
	$(CLEAN) $(BIN)/python manage.py privacy_register

release: setup ## the installable package in dist/, style sheets and texts included
	@$(BIN)/python tools/messages.py compile
	$(BIN)/uv build --wheel --quiet && ls -l dist
