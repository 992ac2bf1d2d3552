# Padron: `make demo` shows the whole service at work, `make test` proves it.

SWIFT ?= swift
PREFIX ?= /usr/local
SOURCES = Package.swift Sources Tests Matching

.PHONY: demo test bench lint format install build prepare

prepare:
	@bash .ci/prepare

build: prepare
	$(SWIFT) build --configuration release --product padron

demo: build
	@"$$($(SWIFT) build --configuration release --show-bin-path)/padron" demo

test: prepare
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

# Figures in one run: kernels, pairs scored, files of several sizes, accuracy, and a million records into PostgreSQL.
bench: build
	$(SWIFT) build --configuration release --product padron-bench
	@bash .ci/bench "$$($(SWIFT) build --configuration release --show-bin-path)"

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format:
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

install: prepare
	$(SWIFT) build --configuration release --product padron --static-swift-stdlib
	install -D -m 755 "$$($(SWIFT) build --configuration release --show-bin-path)/padron" "$(DESTDIR)$(PREFIX)/bin/padron"
