"""Days, spans, times of day, ages: whether the ledger holds what is said of them."""
