# Xiezhi 獬豸. Everything a newcomer types; what each target does is in docs/running.md.
# An interpreter that other Unix accounts can read comes first: with root each site runs as its own.
PYTHON := $(firstword $(wildcard /usr/bin/python3.11 /usr/local/bin/python3.11) python3.11)
ARGS ?=

.PHONY: run setup setup-tests test soak bench lint rules reset

run: setup
	@exec .venv/bin/xiezhi run $(ARGS)

setup:
	@$(PYTHON) scripts/setup.py

setup-tests:
	@$(PYTHON) scripts/setup.py --tests

test: setup-tests
	@.venv/bin/python scripts/check.py test $(ARGS)

soak: setup-tests
	@XIEZHI_SIZE=full .venv/bin/python scripts/check.py soak $(ARGS)

lint: setup-tests
	@.venv/bin/python scripts/check.py lint $(ARGS)

rules: setup-tests
	@.venv/bin/python scripts/rules.py

bench: setup-tests
	@.venv/bin/xiezhi bench $(ARGS)

reset:
	@.venv/bin/xiezhi reset $(ARGS)
