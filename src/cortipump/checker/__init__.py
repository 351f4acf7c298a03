"""A linter for letters: every figure held against the ledger, every sentence against the rules."""
