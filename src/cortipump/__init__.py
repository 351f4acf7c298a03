"""cortipump: from a person's own records to what the road to a cortisol pump needs.

It does not talk to pumps, it is not affiliated with any maker or site, and it decides no dose.
"""

__version__ = "0.1.0"
