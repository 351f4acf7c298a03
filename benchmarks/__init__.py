"""Measurements against the budgets of the design, always beside a reference job in the same run."""
