"""What the ledger bears, arranged so that a letter's figures can be held against it."""
