"""Percentages and ratios, and the figures that they follow from."""
