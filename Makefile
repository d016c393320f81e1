# The commands; the work is in dev/setup.sh and dev/xtask.
#
#   make run     the demo company in a browser:  make run LISTEN=127.0.0.1:9000 DB=sqlite:data/other.db
#   make test    everything that .ci/run runs
#   make bench   the measured claims
#   make tidy    the house rules alone (seconds)

# One build directory for every checkout, outside of all of them: what others wrote is compiled once.
CARGO_TARGET_DIR ?= $(HOME)/.cache/quarterdeck/target
export CARGO_TARGET_DIR

DB ?= sqlite:data/larkfield.db
LISTEN ?= 127.0.0.1:8420

QUARTERDECK = $(CARGO_TARGET_DIR)/release/quarterdeck
DB_FILE = $(patsubst sqlite:%,%,$(DB))

.PHONY: run test bench tidy checkout

# Cargo tells files apart by their age and their place inside the checkout, so it would take another checkout's
# build of our own crates for this one's. When the checkout changes, everything in it counts as new.
checkout:
	@mkdir -p "$(CARGO_TARGET_DIR)"
	@if [ "$$(cat "$(CARGO_TARGET_DIR)/checkout" 2>/dev/null)" != "$(CURDIR)" ]; then \
		find * -type f ! -path 'target/*' ! -path 'data/*' -exec touch -c {} +; \
		echo "$(CURDIR)" > "$(CARGO_TARGET_DIR)/checkout"; \
	fi

run: checkout
	@dev/setup.sh run
	cargo build --release -p cli
	@case "$(DB)" in sqlite:*) test -e "$(DB_FILE)" || $(MAKE) --no-print-directory "$(DB_FILE)" ;; esac
	@echo "Quarterdeck: http://$(LISTEN) (Ctrl-C ends it; the data stay in $(DB))"
	$(QUARTERDECK) serve --db "$(DB)" --listen $(LISTEN)

# The demo is loaded aside and moved when it is whole: a load that was cut short is not served the next time.
%.db:
	@rm -rf "$(@D)/.loading"; mkdir -p "$(@D)/.loading"
	$(QUARTERDECK) demo load --db "sqlite:$(@D)/.loading/$(@F)"
	@mv "$(@D)/.loading/"* "$(@D)/" && rmdir "$(@D)/.loading"

# What the compiler would keep for a next build of the same file is of no use to a run of everything, and takes gigabytes.
test: export CARGO_INCREMENTAL = 0
test: checkout
	@dev/setup.sh test
	cargo xtask ci

bench: checkout
	@dev/setup.sh test
	cargo bench --workspace

tidy: checkout
	cargo xtask tidy
