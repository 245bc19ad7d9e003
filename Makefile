SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test build build-web build-server fmt lint test-web test-server e2e e2e-firefox soak bench bench-bursts bench-call bench-gc bench-janus bench-jmh bench-load bench-signal bench-store bench-quality fuzz clean

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: build ## Build and start the server on http://localhost:8080 (ARGS="--port 9000" passes flags)
	@exec ./stoa serve $(ARGS)

test: lint test-web build-web test-server e2e ## Everything: Java, web, browser end-to-end

build: build-web build-server ## Build the web app and the server that serves it

build-web:
	@scripts/npm.sh run build

build-server:
	@scripts/maven.sh -q package -DskipTests

fmt: ## Format Java and TypeScript
	@scripts/maven.sh -q spotless:apply
	@scripts/npm.sh run fmt

lint: ## Check formatting, types and web lint rules
	@scripts/maven.sh -q spotless:check
	@scripts/npm.sh run lint
	@scripts/npm.sh run typecheck

test-web:
	@scripts/npm.sh run test
	@scripts/npm.sh run size

test-server:
	@scripts/packages.sh 'file:/usr/lib/postgresql/*/bin/initdb=postgresql' lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1 jq=jq curl=curl
	@scripts/maven.sh verify

e2e: ## Browser end-to-end tests in Chromium (needs make build)
	@scripts/packages.sh chromium=chromium ffmpeg=ffmpeg
	@scripts/npm.sh run e2e

e2e-firefox: ## The call with Firefox as a third peer (needs make build)
	@scripts/packages.sh chromium=chromium firefox-esr=firefox-esr ffmpeg=ffmpeg
	@scripts/npm.sh run e2e:firefox

bench: bench-call bench-bursts bench-load ## Joins, forwarding beside the yardstick, rooms full of people

bench-bursts: ## CPU per forwarded packet beside the peer pattern, burst by burst
	@bench/bursts.sh

bench-call: ## Join time and CPU per forwarded packet; writes bench/results/
	@bench/call.sh

bench-gc: ## Collectors under a meeting and under churn
	@bench/gc.sh $(ARGS)

bench-janus: ## CPU per forwarded packet beside a Janus videoroom (needs root; installs Debian's janus)
	@bench/janus.sh $(ARGS)

bench-jmh: ## ns and bytes per operation: parse, open, seal, forward (ARGS="Srtp" narrows it)
	@bench/jmh.sh $(ARGS)

bench-load: ## Rooms full of people: CPU, transit, loss, memory (ARGS="--only webinar,churn --scale 0.1" narrows it)
	@bench/load.sh $(ARGS)

bench-signal: ## Signalling under load: joins, chat, store, large room (ARGS="room=500" narrows it); needs make build
	@bench/signal.sh $(ARGS)

bench-store: ## Lists of a million sessions, SQLite and PostgreSQL (ARGS="200000" takes fewer)
	@bench/store.sh $(ARGS)

bench-quality: ## Picture quality on bad links (ARGS="--quick" or "--only b,c" narrows it); needs make build
	@bench/quality.sh $(ARGS)

soak: ## Fifteen minutes of guests who come and go: no growth of memory, threads, files (ARGS="--minutes 5")
	@bench/soak.sh $(ARGS)

clean: ## Remove everything that was built
	@rm -rf web/node_modules web/packages/*/dist web/apps/*/dist
	@find server bench -name target -type d -prune -exec rm -rf {} +
