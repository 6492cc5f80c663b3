# make run      install, take in the sample drop, print its history, serve on 127.0.0.1:8000 (PORT=9000 make run: elsewhere)
# make test     install with the test extras, run all tests (ARGS='-k word' passes options on)
# make lint     ruff and mypy
# make bench    ingest and search side by side with notmuch (FOLDER=... for other mails); words found in documents, documents beside Tika,
#               clauses found in contracts
# make clean    remove what was installed and built; never the archive in ./casetrail-data
#
# Where packages come from is pip's own business: PIP_INDEX_URL, PIP_FIND_LINKS … in the environment.

PYTHON ?= $(or $(shell command -v python3.11),$(shell command -v python3))
PORT ?= 8000
CLIENT ?= C-2001
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# The processes that read files write nothing but what they read, so nothing would remember what they compiled.
COMPILE := $(BIN)/python -m compileall -q archive casetrail evidence history ingest mappings search_api

.PHONY: run test lint bench clean

run: $(VENV)/.installed
	$(BIN)/casetrail clients import samples/directory.csv
	$(BIN)/casetrail ingest samples/drop --source samples
	$(BIN)/casetrail history $(CLIENT)
	$(BIN)/casetrail serve --port $(PORT)

test: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.installed
	$(BIN)/python -m bench $(FOLDER)
	$(if $(FOLDER),,$(BIN)/python -m bench.text_recall && $(BIN)/python -m bench.documents && $(BIN)/python -m bench.contracts)

clean:
	rm -rf $(VENV) build casetrail.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: an install is repeated only when what it depends on has changed.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e '.[unstructured,heic]'
	$(COMPILE)
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e '.[unstructured,heic,test]'
	$(COMPILE)
	@touch $@ $(VENV)/.installed

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Python is missing. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed, $(PYTHON) is older. Name another: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "$(PYTHON) cannot make virtual environments. On Debian: apt-get install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
