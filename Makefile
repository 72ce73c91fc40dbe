# The whole set-up is `make ask Q="..."` or `make test`; each makes the environment if need be.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# The question goes through the environment as typed, whatever quotes, dollars or backslashes it holds.
override Q := $(value Q)
export Q
# So do the names of the files that bench-ir is given.
override DOCUMENTS := $(value DOCUMENTS)
override QUERIES := $(value QUERIES)
override QRELS := $(value QRELS)
export DOCUMENTS QUERIES QRELS
# Nothing is fetched at run time: the model's weights come with a package.
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help
.PHONY: help ask index serve test lint bench-quality bench-register bench-ask bench-serve bench-publish bench-index bench-ir bench-adapter bench-ingest bench-embedding install clean

help: ## show this list
	@echo 'usage: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

ask: install ## answer a question: make ask Q="what has been recommended on recruitment costs"
	@if [ -z "$$Q" ]; then \
		echo 'What is the question? Usage: make ask Q="what has been recommended on recruitment costs"' >&2; \
		exit 2; \
	fi
	@$(BIN)/labour ask -- "$$Q" || [ $$? -eq 3 ]

index: install ## read the texts and build the index, where anything has changed
	@$(BIN)/labour index

serve: install ## serve the HTTP interface on this machine
	@$(BIN)/labour serve

test: install ## run all tests
	@$(BIN)/python -m pytest -q

lint: install ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench-quality: install ## measure the ranking on the development questions, beside simpler ones
	@$(BIN)/python -m benchmarks.quality

bench-register: install ## measure the register on the annotated items, beside a plain list of lines
	@$(BIN)/python -m benchmarks.register

bench-adapter: install ## train an adapter with documents set aside, and measure it on these (ten minutes)
	@$(BIN)/python -m benchmarks.adapter

bench-ingest: install ## measure how fast PDFs are read and with how much memory, beside plain pdfplumber
	@$(BIN)/python -m benchmarks.ingest

bench-embedding: install ## measure embedding in bulk beside sentence-transformers, and of one question
	@$(BIN)/python -m benchmarks.embedding

bench-ask: install ## measure how long a question takes
	@$(BIN)/python -m benchmarks.asking

bench-serve: install ## measure the server with 1, 8 and 32 clients, beside plain dense search
	@$(BIN)/python -m benchmarks.serving

bench-publish: install ## measure the server while indexes are published under its clients (SECONDS=60)
	@SECONDS="$(SECONDS)" $(BIN)/python -m benchmarks.publishing

bench-index: install ## measure indexes of 10,000 to 1,000,000 passages: make bench-index SIZES="10000 100000"
	@SIZES="$(SIZES)" $(BIN)/python -m benchmarks.index

bench-ir: install ## measure the ranking on a test collection: make bench-ir DOCUMENTS=... QUERIES=... QRELS=...
	@if [ -z "$$DOCUMENTS" ] || [ -z "$$QUERIES" ] || [ -z "$$QRELS" ]; then \
		echo 'Which collection? Usage: make bench-ir DOCUMENTS=corpus.jsonl QUERIES=queries.jsonl QRELS=qrels.tsv' >&2; \
		exit 2; \
	fi
	@$(BIN)/python -m benchmarks.ir --documents "$$DOCUMENTS" --queries "$$QUERIES" --qrels "$$QRELS"

install: $(STAMP) ## make the environment in .venv (PYTHON=python3.12 picks another Python)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or later is needed, and $(PYTHON) is not: install it, or name it, as in make PYTHON=python3.12' >&2; \
		exit 1; \
	}
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
		echo 'The environment could not be made; on Debian and Ubuntu, install python3-venv.' >&2; \
		rm -rf $(VENV); \
		exit 1; \
	}
	@echo 'Installing into $(VENV), once; this takes some minutes ...' >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean: ## remove the index and all caches; the environment (.venv) and added documents (.labour/sources) stay
	rm -rf .labour/generations .labour/cache .labour/CURRENT .labour/build.lock
	@rmdir .labour 2>/dev/null || true
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find corpus ingest index search_api tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
