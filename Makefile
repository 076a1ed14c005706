# goalgen: make render 生成全部申报表；make test 运行测试。只需要 Python ≥ 3.11 和 make。
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: benchmark render check test lint template schema rules docs wheel clean

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

# ratios to docxtpl and others; BENCHMARK="--sizes 16 --node FOLDER" chooses how much, and where node_modules lies
benchmark: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[benchmark]"
	$(BIN)/python -m benchmarks $(BENCHMARK)

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

wheel: $(VENV)/.dev
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) dist build out/[0-9]*
