"""The made-up person: a seeded generator of her records, and the ones that ship (`shipped`).

Nobody in here is real. Tests and benchmarks make other people with other seeds.
"""

from cortipump.demo.build import Demo, build
from cortipump.demo.scale import scaled
from cortipump.demo.shipped import shipped

__all__ = ["Demo", "build", "scaled", "shipped"]
