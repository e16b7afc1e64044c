# Everything that the book needs, each target with its own set-up. Plain make prints this list.

PYTHON ?=
CHAPTER =
ARGS =
PORT = 8000
VENV = .venv
BIN = $(VENV)/bin
READY = $(VENV)/ready
BUILD = $(BIN)/jupyter-book build . -W -n --keep-going
TESTS = $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder --max-worker-restart 0
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help book serve offline pdf release test thorough quick lab notebooks stills wild assignments measure matrix mutants requirements links clean clean-venv

help:
	@echo 'make book          set up, and build the site with warnings as errors'
	@echo 'make serve         build the site and serve it on localhost (PORT=8000)'
	@echo 'make offline       build an edition that asks no other host, Python for the browser included: folder, zip, checksum'
	@echo 'make pdf           build the site and print it as one PDF, with Chromium, Chrome or Edge (ARGS=chain_rule for one chapter)'
	@echo 'make test          set up, and run the tests: units, notebooks, site, browser (ARGS="-k sigmoid" for some)'
	@echo 'make thorough      the same with every case of what takes long, and not one in eight; half an hour or more'
	@echo 'make quick         run the tests of the core, the clinic and the figures, in a minute or two (ARGS as above)'
	@echo 'make lab           build the site, copy its chapters to lab/ and open them in JupyterLab; what you change there stays (as root: ARGS=--allow-root)'
	@echo 'make notebooks     run the chapters again and store their outputs (CHAPTER=chain_rule for one)'
	@echo 'make stills        draw the pictures of changed explorables for paper again, with Chromium, Chrome or Edge'
	@echo 'make wild          ask the doctor again about the published gradients of book/wild, where anything has changed'
	@echo 'make assignments   generate the releases of the assignments from their sources, and validate the sources'
	@echo 'make release       build what a release offers: wheel, notebooks, site, offline edition, PDF, checksums (TAG=v0.1.0)'
	@echo 'make measure       run the benchmarks again and store what they measured'
	@echo 'make matrix        run the tests with the lowest and the latest libraries, on each Python found (ARGS=3.12-lowest)'
	@echo 'make mutants       plant mistakes in bpcore and count those that the tests catch (ARGS=figures for one room)'
	@echo 'make requirements  renew requirements.txt from pyproject.toml (UPGRADE=--upgrade for the newest versions)'
	@echo 'make links         try every link to another site'
	@echo 'make clean         delete what was built and fetched, but not $(VENV)'
	@echo 'make clean-venv    delete $(VENV), to make it again with another Python'
	@echo
	@echo 'The first run makes $(VENV) with a Python 3.11 to 3.14 that it finds; PYTHON=... names another one.'

# PYTHON chooses the Python of a new $(VENV); an existing one with another version is not silently used instead.
VERSION = -c 'import platform; print(platform.python_version())' 2>/dev/null
ifneq ($(and $(PYTHON),$(wildcard $(BIN)/python)),)
ifeq ($(filter help clean clean-venv,$(MAKECMDGOALS)),)
ASKED := $(shell '$(PYTHON)' $(VERSION))
THERE := $(shell $(BIN)/python $(VERSION))
ifeq ($(ASKED),)
$(error PYTHON=$(PYTHON) is not a Python that runs)
else ifneq ($(ASKED),$(THERE))
$(error $(VENV) has Python $(THERE), and PYTHON=$(PYTHON) is Python $(ASKED): delete it first with make clean-venv, or leave PYTHON out)
endif
endif
endif

FITS = -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
GET_ONE = get 3.13 from https://www.python.org/downloads/ or with "uv python install 3.13", then: make PYTHON=python3.13 book

$(READY): pyproject.toml requirements.txt
	@if [ ! -x $(BIN)/python ]; then \
	  for python in $(if $(PYTHON),'$(PYTHON)',python3.13 python3.12 python3.11 python3.14 python3 python); do \
	    if "$$python" $(FITS); then \
	      echo "Making $(VENV) with $$("$$python" --version)"; \
	      "$$python" -m venv $(VENV) || { rm -rf $(VENV); \
	        echo 'Python cannot make a virtual environment: on Debian and Ubuntu install python3-venv.' >&2; exit 1; }; \
	      break; \
	    fi; \
	    found="$${found:+$$found, }$$("$$python" $(VERSION))"; \
	  done; \
	  if [ ! -x $(BIN)/python ]; then \
	    echo "The libraries of this book need Python 3.11, 3.12, 3.13 or 3.14, but found $${found:-none}:" '$(GET_ONE)' >&2; exit 1; \
	  fi; \
	fi
	$(PIP) -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

book: $(READY)
	$(BUILD) --quiet
	@echo
	@echo "The book is in $$(pwd)/_build/html/index.html"
	@echo 'It can be opened as a file; make serve serves it.'

serve: book
	$(BIN)/python scripts/serve.py --port $(PORT)

offline: book
	$(BIN)/python scripts/offline.py

release: $(READY)
	$(if $(TAG),@grep -qx 'version = "$(patsubst v%,%,$(TAG))"' pyproject.toml || { \
	  echo 'The tag is $(TAG): the version in pyproject.toml is another one.' >&2; exit 1; })
	$(MAKE) offline pdf
	$(BIN)/python scripts/release.py $(if $(TAG),--tag $(TAG))

pdf: book
	$(BIN)/python scripts/pdf.py $(ARGS)

test: $(READY)
	$(TESTS) $(or $(ARGS),--one-in=8)

thorough: $(READY)
	$(TESTS)

quick: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal --one-in=32 tests/core tests/clinic tests/figures $(ARGS)

lab: book
	$(BIN)/python scripts/lab.py $(ARGS)

notebooks: $(READY)
	$(BIN)/python scripts/notebooks.py $(CHAPTER)

stills: $(READY)
	$(BIN)/python scripts/stills.py $(ARGS)

wild: $(READY)
	$(BIN)/python scripts/wild.py

assignments: $(READY)
	$(BIN)/python scripts/assignments.py generate

measure: $(READY)
	@for script in $(or $(ARGS),$(filter-out benchmarks/timing.py,$(wildcard benchmarks/*.py))); do echo "$$script"; $(BIN)/python "$$script" || exit 1; done

matrix: $(READY)
	$(PIP) uv
	$(BIN)/python scripts/matrix.py $(ARGS)

mutants: $(READY)
	$(PIP) mutmut==3.8.1
	nice -n 15 $(BIN)/python scripts/mutants.py $(ARGS)

LOCK = uv pip compile --universal --python-version 3.11 --all-extras pyproject.toml -o requirements.txt
requirements: $(READY)
	$(PIP) uv
	$(BIN)/$(LOCK) --quiet $(UPGRADE) --custom-compile-command '$(LOCK)'

links: $(READY)
	$(BIN)/jupyter-book build . --builder linkcheck

clean:
	rm -rf _build .pytest_cache book/.ipynb_checkpoints

clean-venv:
	rm -rf $(VENV)
