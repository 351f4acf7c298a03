"""Letters from random ledgers with seeded, labelled faults, and clean ones, for measuring."""

from benchmarks.letter_maker.make import letters

__all__ = ["letters"]
