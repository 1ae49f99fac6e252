# The commands of this project, the same at home and in continuous integration. `just` lists them.

[private]
default:
    @just --list --unsorted

# Before a commit: format, lints, tidy, the fast tests
ready:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    cargo test --locked --lib
    cargo test --locked --test tidy --test pages

# Everything, as continuous integration runs it
test:
    scripts/test

# Build this checkout and run it
run *ARGS:
    scripts/run {{ARGS}}

# Write the snapshots and the generated pages again
bless:
    BLESS=1 cargo test --locked --test pages --test tidy --test recordings --test distributions
    BLESS=1 cargo test --locked --test cli screens
    INSTA_UPDATE=always cargo test --locked

# Real faults on real machines; needs root
gym *NAMES:
    scripts/gym {{NAMES}}

# What a person types on fresh machines, to a proven window; needs root
acceptance *STORIES:
    scripts/acceptance {{STORIES}}

# Times against the goals; needs root
bench *WHAT:
    scripts/bench {{WHAT}}

# A command on a bare machine that is thrown away; needs root
chroot *ARGS:
    scripts/chroot {{ARGS}}

# The pages as a site with a search, in target/site; needs mdbook
site *ARGS:
    scripts/site {{ARGS}}

# Licences, bans, sources and advisories; needs cargo-deny
deny:
    cargo deny --locked check
