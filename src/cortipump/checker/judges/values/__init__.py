"""Measured values, scores and doses."""
