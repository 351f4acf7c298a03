"""One judge for each family of figures: what the letter states against what the ledger bears."""
