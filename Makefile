# What a person types after cloning. `make help` lists it; `.ci/machine` prepares the machine and .venv/.

.DEFAULT_GOAL := help
.PHONY: help demo test lint tests lock bench speed kill clean
BIN := .venv/bin
READY := .venv/ready

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(READY) ## build, run and report a small invented case in examples/out
	@sh .ci/machine fonts
	$(BIN)/witnessmark demo examples/out
	@test -s examples/out/report/index.html
	@echo "Open examples/out/report/index.html in a browser."

test: lint tests ## everything CI checks: lint, types, layers, tests

lint: $(READY) ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: $(READY) ## the tests alone
	@sh .ci/machine fonts chromium lettering
	$(BIN)/python -m pytest -n auto

lock: ## pin dependencies with digests (needs uv; remove requirements.lock first to take newer ones)
	uv pip compile --quiet pyproject.toml --all-extras --generate-hashes --universal --no-header -o requirements.lock
	! grep -nE '[a-z]+://' requirements.lock

bench: $(READY) ## measure the quality of reading, gathering and the search for copies where ../shared is present
	$(BIN)/python -m benchmarks.quality.run
	$(BIN)/python -m benchmarks.copies_page

speed: $(READY) ## measure items/s, MB/s and memory at 1x and 10x
	$(BIN)/python -m benchmarks.speed.run

kill: $(READY) ## cut add and run off at 100 random points, and check that nothing is lost or doubled
	$(BIN)/python -m benchmarks.robustness.kill

clean: ## remove .venv, caches and the demo's output
	rm -rf .venv examples/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

$(READY): requirements.lock pyproject.toml .ci/machine
	@sh .ci/machine venv
	@touch $@
