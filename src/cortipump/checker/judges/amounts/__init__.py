"""Amounts of money: single ones, totals, and what was not paid."""
