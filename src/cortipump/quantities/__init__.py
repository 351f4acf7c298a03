"""Dates, spans, money: no input, no output."""
