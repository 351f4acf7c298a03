"""Amounts of money, measures, shares, lengths of time, and plain numbers."""
