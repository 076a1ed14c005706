# goalgen: make render 生成全部申报表；make test 运行测试。只需要 Python ≥ 3.11 和 make。
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
FUZZ   ?= 30
LOCK   := --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: audit benchmark render check coverage fuzz judge lint lock mutation pictures test template schema rules docs validate wheel windows clean

render: $(VENV)/.installed
	$(BIN)/goalgen render

check: $(VENV)/.installed
	$(BIN)/goalgen check

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# ratios to docxtpl and others, written into docs/performance.md; BENCHMARK="--sizes 16 --growth 16" chooses how much
benchmark: $(VENV)/.dev
	$(PIP) "docxcompose>=2.2"
	-npm install --silent --no-audit --no-fund --prefix build/node docxtemplater pizzip easy-template-x
	$(BIN)/python -m benchmarks --write --node build/node $(BENCHMARK)

# the committed files that are made from others
template: $(VENV)/.dev
	$(BIN)/python tools/build_template.py
	$(BIN)/python tools/build_diff_template.py

schema: $(VENV)/.installed
	$(BIN)/goalgen schema

rules: $(VENV)/.installed
	$(BIN)/python tools/build_rules.py

docs: $(VENV)/.dev
	$(BIN)/python tools/build_docs.py

# LibreOffice and poppler take the pictures of README.md
pictures: $(VENV)/.dev
	$(BIN)/python tools/build_pictures.py

wheel: $(VENV)/.dev
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

# ---- trust: docs/trust.md says what each of these is for

# every .docx that the tests render, before two validators that are not ours (npm only for the second)
validate: $(VENV)/.dev
	rm -rf build/rendered
	GOALGEN_KEEP_RENDERED=build/rendered $(BIN)/python -m pytest -q -n auto
	-npm ci --silent --no-audit --no-fund --prefix tools/validator
	$(BIN)/python -m tests.support.other_validators build/rendered

# pages and free room of the official form in LibreOffice and two engines that copy Word (they live in build/judges)
judge: $(VENV)/.dev
	$(BIN)/python tools/judge.py --install $(JUDGE)

# a minute and a half of coverage-guided fuzzing (Linux); what it finds goes to tests/fuzzed
fuzz: $(VENV)/.dev
	$(PIP) atheris==3.0.0
	$(BIN)/python -m tests.support.fuzz yaml $(FUZZ)
	$(BIN)/python -m tests.support.fuzz import $(FUZZ)
	$(BIN)/python -m tests.support.fuzz template $(FUZZ)

# which small changes of layout, source, rules and diff no test notices: 15 to 20 minutes on two free processors;
# PARTS="layout source" chooses, PARTS="--workers 1 rules" leaves the others their processors
mutation: $(VENV)/.dev
	$(PIP) mutmut==3.8.1
	$(BIN)/python tools/mutation.py $(PARTS)

# a Chinese Windows Python under Wine in build/windows, and the tests that make sense there: docs/windows.md says what that is
# worth; TESTS="tests/files" chooses. Needs Linux with wine, gcc-mingw-w64-x86-64 and locales (Debian); fails where they are not
windows: $(VENV)/.dev
	$(BIN)/python tools/windows/build.py $(TESTS)

# fails when the tests never reach a line or branch of the package that has no reason written beside it
coverage: $(VENV)/.dev
	rm -f .coverage .coverage.*
	COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml $(BIN)/coverage run -m pytest -q -n auto
	-$(BIN)/coverage combine --quiet  # a killed run leaves a file that cannot be read
	$(BIN)/coverage report

# known weaknesses of what is locked; asks the internet, and fails where it cannot
audit: $(VENV)/.dev
	$(PIP) pip-audit
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.lock

# new versions of what is locked, for Python 3.11 and newer on every system
lock: $(VENV)/.dev
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

# ---- what the others need

$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) dist build out/[0-9]*
