# Sala: `make demo` shows the site, `make test` proves it. Needs python3 (3.11 or newer) with venv and pip.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
VAR := var
BIN := .venv/bin
PYTHON := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never
export PYTHONUNBUFFERED := 1
# Where it is set, each start compiles everything anew.
export PYTHONDONTWRITEBYTECODE :=

ROOMS := home newsroom accessibility localization
CATALOGUES := $(foreach room,$(ROOMS),$(wildcard $(room)/locale/*/LC_MESSAGES/*.po)) \
  $(wildcard home/wagtail_thai/locale/*/LC_MESSAGES/*.po)
DEMO := ENV_FILE=$(CURDIR)/$(VAR)/demo.env BASE_URL=http://localhost:$(PORT)

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: demo test screen-reader newer check bench help format lock messages vendor clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: $(VAR)/.site $(CATALOGUES:.po=.mo) $(VAR)/demo.env ## the site with its demo content, served as in production (PORT=8000)
	@# Before the content: publishing serves each page to the accessibility gate.
	@if [ ! -e $(VAR)/.static ] || [ -n "$$(find $(VAR)/.site $(ROOMS:%=%/static) -newer $(VAR)/.static 2>/dev/null | head -1)" ]; then \
	  printf '\033[1m==> Static files\033[0m\n'; \
	  $(DEMO) $(PYTHON) manage.py collectstatic --noinput --verbosity 0; touch $(VAR)/.static; fi
	$(call say,Database)
	@$(DEMO) $(PYTHON) manage.py load_demo --port $(PORT)
	@exec env $(DEMO) $(BIN)/granian --interface wsgi --host :: --port $(PORT) --workers 2 --blocking-threads 64 \
	  --http1-header-read-timeout 10000 --no-ws --workers-kill-timeout 30 --log-level warning config.wsgi:application

test: $(VAR)/.dev $(CATALOGUES:.po=.mo) ## everything: linters, types, unit, integration, browser and screen-reader tests
	$(call say,System packages of the tests)
	@tests/packages.sh
	@$(MAKE) --no-print-directory lint
	$(call say,Unit and integration tests)
	@$(PYTHON) -m pytest -n 2 --dist loadfile -m "not browser and not screen_reader"
	$(call say,Every branch of the content rules)
	@$(PYTHON) -m coverage run --branch --source=accessibility/rules -m pytest -q -m "not integration" tests/accessibility/test_rules_*.py
	@$(PYTHON) -m coverage report --skip-covered --show-missing --fail-under=100
	$(call say,Browser tests)
	@$(PYTHON) -m pytest -n 2 --dist loadfile -m browser
	@$(MAKE) --no-print-directory screen-reader
	@$(MAKE) --no-print-directory newer

screen-reader: $(VAR)/.dev $(CATALOGUES:.po=.mo) ## Orca reads the main pages (RENEW=1 writes its transcripts anew)
	$(call say,Screen reader)
	@tests/packages.sh screen-reader
	@RENEW=$(RENEW) $(PYTHON) -m pytest -m screen_reader tests/screen_reader

newer: $(VAR)/.dev $(CATALOGUES:.po=.mo) ## the tests without a browser on a newer Python and its newest Django, where there is one
	@for minor in 14 13 12; do \
	  newer=$$(python3.$$minor -c 'import sys; print(sys.executable)' 2>/dev/null) && break; \
	done; \
	if [ -z "$$newer" ]; then \
	  printf '\033[1m==> Django 6.1 left out: it needs python3.12 or newer on PATH\033[0m\n'; exit 0; \
	fi; \
	printf '\033[1m==> Tests without a browser on %s and its newest Django\033[0m\n' "$$newer"; \
	export UV_PROJECT_ENVIRONMENT=$(VAR)/venv-newer; \
	$(UV) sync --quiet --frozen --python "$$newer"; \
	$(VAR)/venv-newer/bin/python -m pytest -q -n 2 --dist loadfile -m "not browser and not screen_reader and not slow"

check: $(VAR)/.dev $(CATALOGUES:.po=.mo) lint ## the quick part: linters, types and unit tests, in less than a minute
	@$(PYTHON) -m pytest -q -m "not browser and not screen_reader and not slow and not integration"

.PHONY: lint
lint: $(VAR)/.dev
	$(call say,Linters, import rules, types)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@git ls-files -z '*/templates/*.html' 'templates/*.html' | xargs -0 -r $(BIN)/djade --check
	@$(BIN)/lint-imports --no-cache
	@DEBUG=true ENV_FILE=/dev/null $(BIN)/mypy
	@DEBUG=true ENV_FILE=/dev/null $(PYTHON) manage.py makemigrations --check --dry-run

format: $(VAR)/.dev ## put the code into its standard form
	@$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .
	@git ls-files -z '*/templates/*.html' 'templates/*.html' | xargs -0 -r $(BIN)/djade

messages: $(VAR)/.dev ## collect the strings to translate (needs Debian's gettext)
	@mkdir -p $(ROOMS:%=%/locale)
	@DEBUG=true ENV_FILE=/dev/null $(PYTHON) manage.py makemessages --locale th --no-obsolete --no-wrap --add-location file --ignore '.*' --ignore tests --ignore var

bench: $(VAR)/.dev $(CATALOGUES:.po=.mo) ## measure the speed of the main pages and endpoints (PEERS= addresses of others)
	@PEERS="$(PEERS)" $(PYTHON) -m tests.bench

vendor: $(VAR)/.site ## renew what is vendored from npm (needs npm)
	@$(PYTHON) accessibility/vendor/renew.py

lock: $(VAR)/.site ## renew uv.lock
	@$(UV) lock --upgrade

clean: ## take away what was built, but not what people have written
	rm -rf .venv .uv $(VAR)/venv-newer $(VAR)/.site $(VAR)/.dev $(VAR)/.static $(VAR)/static $(VAR)/test

%.mo: %.po | $(VAR)/.site
	@$(BIN)/pybabel --quiet compile --domain $(basename $(notdir $<)) --input-file $< --output-file $@ --locale th

$(VAR)/demo.env:
	@mkdir -p $(VAR)
	@umask 077; $(PYTHON) -c 'import secrets; print(f"SECRET_KEY={secrets.token_urlsafe(50)}\nALLOWED_HOSTS=localhost,127.0.0.1,[::1]\nHTTPS=false")' > $@

# The environment: what the site needs for `make demo`, everything for the other targets.
$(VAR)/.site: pyproject.toml uv.lock | $(UV)
	$(call say,Python packages of the site)
	@mkdir -p $(VAR)
	@$(UV) sync --frozen --inexact --no-default-groups --group site
	@touch $@

$(VAR)/.dev: pyproject.toml uv.lock | $(UV)
	$(call say,Python packages of the site and its tests)
	@mkdir -p $(VAR)
	@$(UV) sync --frozen
	@touch $@ $(VAR)/.site

.uv/bin/uv:
	$(call say,uv, which installs the locked packages)
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check uv
