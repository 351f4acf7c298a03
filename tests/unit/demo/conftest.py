"""People to test on: made once a session."""

from functools import cache

import pytest

from cortipump.demo import Demo, build

SEEDS = range(1, 21)


@cache
def made(seed: int) -> Demo:
    """The person of a seed."""
    return build(seed)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed{seed}")
def demo(request: pytest.FixtureRequest) -> Demo:
    """One person after another."""
    return made(request.param)


@pytest.fixture
def first() -> Demo:
    """The person that ships."""
    return made(1)
