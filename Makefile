# Everything a person does with this repository. `make` alone says what there is.
# A bare Debian or Ubuntu with Python 3.11, make and apt is enough: each target installs what it needs and is missing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:

BIN := .venv/bin
PYTHON_READY := .venv/.ready
NODE_READY := web/node_modules/.ready
PEER_PACKAGES := ejabberd erlang-p1-pgsql prosody lua-dbi-postgresql
CLIENT := src/bilin/app/static/index.html
CLIENT_SOURCES := $(shell find web/src web/locales web/tools web/public -type f 2>/dev/null) \
	$(wildcard web/*.html web/*.json web/*.ts)

export PATH := $(CURDIR)/$(BIN):$(PATH)
# What Python has compiled once it reads the next time: without, each process of the tests compiles them, and their libraries.
unexport PYTHONDONTWRITEBYTECODE

##@ Use it

.PHONY: setup
setup: $(PYTHON_READY) $(NODE_READY) $(CLIENT) ## Install everything that is missing and build the browser client

.PHONY: serve
serve: setup ## Start Bilin here and print its address (data in var/, settings in bilin.toml)
	@$(BIN)/bilin serve

.PHONY: demo
demo: $(PYTHON_READY) ## Load the sample company into the data folder
	@$(BIN)/bilin demo

.PHONY: bench
bench: $(PYTHON_READY) ## Measure this machine: writes bench/results.json
	@$(BIN)/python -m bench

.PHONY: bench-compare
bench-compare: setup ## Workloads A to D beside an earlier commit, in one run: COMMIT=2bd78ed ROUNDS=5
	@$(BIN)/python -m bench.compare $(if $(COMMIT),--commit $(COMMIT)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(WORKLOADS)

.PHONY: bench-office
bench-office: $(PYTHON_READY) ## The pace of an office and an idle site: ROUNDS=1, COMMIT=an earlier one in turn
	@$(BIN)/python -m bench.office $(if $(COMMIT),--commit $(COMMIT)) $(if $(ROUNDS),--rounds $(ROUNDS))

.PHONY: bench-peers
bench-peers: $(PYTHON_READY) ## The same beside ejabberd and Prosody in turn, from Debian (as root): writes bench/office.json
	@dpkg -s $(PEER_PACKAGES) > /dev/null 2>&1 || { apt-get update -q; apt-get install -q -y --no-install-recommends $(PEER_PACKAGES); \
	systemctl disable --now ejabberd prosody 2> /dev/null || true; }
	@$(BIN)/python -m bench.peers $(if $(ROUNDS),--rounds $(ROUNDS)) $(PEERS)

.PHONY: bench-search
bench-search: $(PYTHON_READY) ## Workload E: search among MESSAGES=100000, beside LIKE over the same texts in the clear
	@$(BIN)/python -m bench.search $(MESSAGES)

.PHONY: bench-herd
bench-herd: $(PYTHON_READY) ## Everybody back after a crash, very many merely there, a large account: PEOPLE=2000 IDLE=20000
	@$(BIN)/python -m bench.herd $(if $(PEOPLE),--people $(PEOPLE)) $(if $(IDLE),--idle $(IDLE))

.PHONY: bench-writer
bench-writer: $(PYTHON_READY) ## How many decisions the log writer takes alone
	@$(BIN)/python -m bench.writer

.PHONY: bench-sites
bench-sites: $(PYTHON_READY) ## Measure two sites and the line between them
	@$(BIN)/python -m bench.sites

##@ Work on it

.PHONY: test
test: tools-for-tests setup ## All checks and all tests, as continuous integration runs them
	@$(BIN)/python -m tools.side_by_side test-python test-browser-people check-and-look
	@echo "All checks and tests passed."

# As much work as the second lane of `make test`: this is the third.
.PHONY: check-and-look
check-and-look: check test-web test-browser-screens test-browser-sites

.PHONY: quick
quick: $(PYTHON_READY) $(NODE_READY) ## Checks and the tests nearest to what you changed, in a minute and a half (BASE=a commit)
	@$(BIN)/python -m tools.quick $(BASE)

.PHONY: test-night
test-night: $(PYTHON_READY) $(CLIENT) ## What takes hours: many simulated histories, mutants, many random cases, each part killed in each layout, benches
	@$(BIN)/python -m tools.night

.PHONY: check
check: lint types imports sizes words client-types-check ## All checks that run nothing: style, types, imports, sizes, words, pages

.PHONY: lint
lint: $(PYTHON_READY) $(NODE_READY) ## Style of Python and TypeScript
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	cd web && npm run --silent lint

.PHONY: format
format: $(PYTHON_READY) $(NODE_READY) ## Put all code into the one style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	cd web && npm run --silent format

.PHONY: types
types: $(PYTHON_READY) $(NODE_READY) ## Types of Python and TypeScript
	$(BIN)/mypy
	cd web && npm run --silent types

.PHONY: imports
imports: $(PYTHON_READY) ## Who may import whom, and nobody in a circle
	$(BIN)/lint-imports

.PHONY: sizes
sizes: $(PYTHON_READY) ## No file over 400 lines, no function over 60
	$(BIN)/python -m tools.sizes

.PHONY: migration
migration: $(PYTHON_READY) ## Write the next change of the database schema from the tables: make migration NAME=add_pins
	$(BIN)/python -m tools.migration "$(NAME)"

.PHONY: client-types
client-types: $(PYTHON_READY) ## Write what clients know of the server (web/src/core/api/generated.ts) from its declarations
	$(BIN)/python -m tools.client_types

.PHONY: client-types-check
client-types-check: $(PYTHON_READY)
	$(BIN)/python -m tools.client_types --check

.PHONY: line-dictionary
line-dictionary: $(PYTHON_READY) ## Train anew with what messages between sites are compressed (a new WIRE_VERSION!)
	$(BIN)/python -m tools.line_dictionary

.PHONY: words
words: $(NODE_READY) ## Every word of the client is collected and translated
	cd web && npm run --silent i18n:check

.PHONY: test-python
test-python: $(PYTHON_READY) $(CLIENT) ## Tests of the server (options: PYTEST="-k log -x")
	$(BIN)/pytest -n 4 --dist loadgroup --no-loadscope-reorder --durations=20 --durations-min=0.5 $(PYTEST)

.PHONY: mutants
mutants: $(PYTHON_READY) $(CLIENT) ## By night: each rule is taken out in turn, and a test must notice
	$(BIN)/pytest -n 2 -m mutant tests/simulation tests/messaging $(PYTEST)

.PHONY: simulate
simulate: $(PYTHON_READY) ## Sites in simulated trouble: SEEDS=10000 of them, or one with its trace: SEED=1234
	@$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED) -v,--seeds $(or $(SEEDS),1000) --first $(or $(FIRST),1))

.PHONY: test-web
test-web: $(CLIENT) ## Tests of the browser client's parts, and the size of what browsers load
	cd web && npm run --silent test
	cd web && npm run --silent budget

.PHONY: test-browser
test-browser: test-browser-people test-browser-screens test-browser-sites ## People in real browsers on a real server

.PHONY: test-browser-people
test-browser-people: tools-for-tests setup
	$(BIN)/python -m tools.with_server npm --prefix web run --silent e2e

.PHONY: test-browser-screens
test-browser-screens: tools-for-tests setup
	$(BIN)/python -m tools.with_server --sample npm --prefix web run --silent e2e -- screens

.PHONY: test-browser-sites
test-browser-sites: tools-for-tests setup
	$(BIN)/python -m tools.with_server --branch npm --prefix web run --silent e2e

.PHONY: screenshots
screenshots: tools-for-tests setup ## Pictures of every screen in all ways to var/screenshots, and those of the README
	SCREENSHOTS=$(CURDIR)/var/screenshots $(BIN)/python -m tools.with_server --sample npm --prefix web run --silent e2e

.PHONY: test-slow
test-slow: tools-for-tests tools-for-slow-tests setup ## What needs minutes or programs of others: sites in network namespaces (root), proxies, the wheel, data of an earlier release
	@$(BIN)/python -m tools.side_by_side test-slow-python test-slow-browser
	@echo "All slow tests passed."

.PHONY: test-slow-python
test-slow-python: $(PYTHON_READY) $(CLIENT)
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder --durations=10 tests/slow $(PYTEST)

.PHONY: test-slow-browser
test-slow-browser: test-every-look test-browser-slow

.PHONY: test-browser-slow
test-browser-slow: export SLOW = 1
test-browser-slow: $(CLIENT)
	$(BIN)/python -m tools.with_server npm --prefix web run --silent e2e

.PHONY: test-every-key
test-every-key: export EVERY_KEY = 1
test-every-key: export EVERY_LOOK = 1
test-every-key: $(CLIENT)
	$(BIN)/python -m tools.with_server npm --prefix web run --silent e2e -- keys palette honest-reading --project then --no-deps

.PHONY: test-every-look
test-every-look: export EVERY_LOOK = 1
test-every-look: $(CLIENT)
	cd web && npm run --silent e2e -- gallery --project then --no-deps
	$(BIN)/python -m tools.with_server --sample npm --prefix web run --silent e2e -- screens

.PHONY: audit
audit: $(PYTHON_READY) $(NODE_READY) ## What is known against all that Bilin brings along, and a list of it: dist/sbom.cdx.json (needs the network)
	@$(BIN)/python -m tools.audit

.PHONY: tools-for-tests
tools-for-tests: ## Chromium and fonts from apt, where they are missing
	@sh tools/install_browser.sh

.PHONY: tools-for-slow-tests
tools-for-slow-tests:
	@sh tools/install_network.sh
	@sh tools/install_proxies.sh
	@sh tools/install_patroni.sh

##@ Build it

.PHONY: web
web: $(CLIENT) ## Build the browser client

.PHONY: wheel
wheel: $(PYTHON_READY) $(CLIENT) ## Build the Python package with the client inside: dist/*.whl
	SKIP_WEB_BUILD=1 $(BIN)/python -m build --wheel --no-isolation

.PHONY: lock
lock: $(PYTHON_READY) ## Choose the versions of all Python dependencies anew
	@sh tools/lock.sh

.PHONY: clean
clean: ## Remove everything that was installed or built (not your data in var/)
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build
	rm -rf web/node_modules src/bilin/app/static
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## "; printf "\nBilin 比邻\n" } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 } \
		END { print "" }' $(firstword $(MAKEFILE_LIST))

# What the targets above rest on. Each is made again only when what it is made from has changed.

$(PYTHON_READY): requirements-dev.lock requirements-bootstrap.lock pyproject.toml tools/setup_python.sh
	@sh tools/setup_python.sh
	@touch $@

$(NODE_READY): web/package.json web/package-lock.json | $(PYTHON_READY)
	@echo "Installing the browser client's packages …"
	@cd web && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

$(CLIENT): $(NODE_READY) $(CLIENT_SOURCES)
	@echo "Building the browser client …"
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@
