# Everything about this project by name: `make serve` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.PHONY: serve test check bench bench-scale corpus fuzz attack sbom shots wheelhouse installed ocr lock clean

serve: $(VENV)/.installed
	$(BIN)/python -m zeren serve --plans data/plans

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -n 2

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.audit

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

# May take an hour; keeps what it prints with the date.
bench-scale: $(VENV)/.installed-dev
	mkdir -p benchmarks/results
	$(BIN)/python -m benchmarks library-large backends-large load | tee benchmarks/results/$$(date +%F)-scale.txt

# What is read of the annotated plans, by layout, kind of file and kind of fact.
corpus: $(VENV)/.installed-dev
	$(BIN)/python -m tests.corpus_report
	$(BIN)/python -m tests.unit_pairs_report

# Ten minutes for each reader; what breaks one is kept in tests/fuzz/crashers/ and read again by every `make test`.
fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m tests.fuzz

# What an attacker and a busy Monday do, on 127.0.0.1, within ten minutes.
attack: $(VENV)/.installed-dev
	$(BIN)/python -m tests.attack

# What is shipped, with versions, licences and hashes (CycloneDX).
sbom: $(VENV)/.installed-dev
	$(BIN)/python -m tests.sbom > sbom.cdx.json

shots: $(VENV)/.installed-dev
	$(BIN)/python -m tests.shots

# A folder from which Zeren is installed on a machine like this one without a network (docs/serving.md, Installing).
wheelhouse: $(VENV)/.installed
	rm -rf wheelhouse
	$(BIN)/python -m pip wheel -q --disable-pip-version-check --require-hashes --no-deps -r requirements.txt -w wheelhouse
	$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps . -w wheelhouse

# Installs from that folder as an office would: an empty environment, no network, an empty cache; then asks a question.
installed: wheelhouse
	$(BIN)/python -m tests.installed wheelhouse

# The extra that reads pages of a PDF that are pictures (docs/extract.md, Scans).
ocr: $(VENV)/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-ocr.txt

# Pins every dependency with hashes, for every platform (needs uv 0.10 or newer).
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-ocr.in -o requirements-ocr.txt

$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zeren needs Python 3.11 or newer; set PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) wheelhouse .mypy_cache .ruff_cache .pytest_cache .hypothesis shots
