"""Wording held against rules: pleading, absolutes, predictions, threats, a hint of diabetes."""

from cortipump.checker.wording.find import wording_findings

__all__ = ["wording_findings"]
