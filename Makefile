# make demo    the whole flow on a recorded sample
# make lab     the workbook in JupyterLab
# make extras  installs it, python-docx for Word and the validator of CycloneDX, and opens nothing
# make test    every test
# make lint    style and types
# make pictures   those of this README, from the sample (needs Chromium)
#
# Needs Python 3.11 or later and nothing else; uv is used where it is installed, pip otherwise.
# All is set up in .venv/, which belongs to this file: it is made again after an interrupted set-up and
# after the folder has moved.

.PHONY: demo lab extras test lint pictures clean locks anew
.NOTPARALLEL:

demo: .venv/.core
	@.venv/bin/duediligence demo

lab: .venv/.all
	@.venv/bin/duediligence lab

extras: .venv/.all
	@echo "JupyterLab, Word and the validator of CycloneDX are installed in .venv/."

test: .venv/.all
	@.venv/bin/python -m pytest

lint: .venv/.all
	@.venv/bin/ruff check .
	@.venv/bin/mypy

pictures: .venv/.all
	@.venv/bin/python tests/pictures.py

clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

# After a change of the dependencies in pyproject.toml; needs uv and a network.
locks:
	uv pip compile $(LOCKING) --all-extras --group dev --output-file requirements-dev.lock
	uv pip compile $(LOCKING) --constraint requirements-dev.lock --no-annotate --output-file requirements.lock

LOCKING := pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make locks" --quiet --upgrade

# ---- set-up: .venv/.core and .venv/.all say what is installed, .venv/.place where, and that it was finished

.venv/.core: requirements.lock pyproject.toml
	@$(call SET_UP,requirements.lock,Setting up once (about 60 MB). The demo itself uses no network.)
	@touch $@

.venv/.all: requirements-dev.lock pyproject.toml
	@$(call SET_UP,requirements-dev.lock,Setting up JupyterLab and the tests once (about 560 MB).)
	@touch .venv/.core $@

ifneq ($(shell cat .venv/.place 2>/dev/null),$(CURDIR))
.venv/.core .venv/.all: anew
endif

PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

# Prints the interpreter behind a virtual environment, because the one in use may be the .venv made again here.
FIND := import os, sys; \
	at = os.path.join(sys.base_prefix, "bin", "python%d.%d" % sys.version_info[:2]); \
	print((at if os.path.exists(at) else sys.executable) if sys.version_info >= (3, 11) else "")

TOO_OLD := Python 3.11 or later is needed and was not found. Install it (python.org, your system's packages, \
	or: uv python install 3.13), then say where it is: make demo PYTHON=/path/to/python3.13

define SET_UP
set -e; python=; \
if [ "$$(cat .venv/.place 2>/dev/null)" != "$(CURDIR)" ]; then \
  for each in $(PYTHONS); do \
    python=$$("$$each" -c '$(FIND)' 2>/dev/null) || continue; \
    [ -z "$$python" ] || break; \
  done; \
  [ -n "$$python" ] || { echo "$(TOO_OLD)" >&2; exit 1; }; \
fi; \
echo "$(2)"; \
if [ -n "$$python" ]; then \
  rm -rf .venv; \
  if command -v uv >/dev/null; then uv venv --quiet --python "$$python" .venv; \
  else "$$python" -m venv .venv; fi; \
fi; \
rm -f .venv/.place; \
if command -v uv >/dev/null; then \
  uv pip install --quiet --python .venv/bin/python --require-hashes --requirement $(1); \
  uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .; \
else \
  pip="install --quiet --quiet --no-compile --disable-pip-version-check --no-input"; \
  .venv/bin/python -m pip $$pip --require-hashes --requirement $(1); \
  .venv/bin/python -m pip $$pip --no-deps --no-build-isolation --editable .; \
fi; \
echo "$(CURDIR)" > .venv/.place
endef
