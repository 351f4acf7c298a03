"""Figures that claim nothing: names, addresses, citations, quotations."""
