# Every target does its own set-up: a fresh checkout needs only Python 3.11 or newer and this file.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format bench clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## make the virtual environment, install what is pinned, prepare the models

$(STAMP): pyproject.toml requirements.txt weights.txt scripts/setup
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup

demo: $(STAMP) ## answer a sample article, and open a chat page to try the bot in
	@$(BIN)/verbatim try

test: $(STAMP) ## lint, types, import rules, then every test
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/check

lint: $(STAMP) ## lint, types and import rules alone
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/check --no-tests

format: $(STAMP) ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(STAMP) ## time the product on this machine
	@$(BIN)/verbatim bench

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
