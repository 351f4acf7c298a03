"""Every rule of SAFETY.md that binds this version is named by at least one test."""

import re

from tests.conftest import ROOT


def test_every_rule_has_a_test_that_names_it() -> None:
    """Rules of rooms that do not exist yet say which room they wait for."""
    text = (ROOT / "SAFETY.md").read_text(encoding="utf-8")
    rules = re.findall(r"(?m)^\| (S\d+) \|.*\| ([^|]+) \|$", text)
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("*.py"))
    named = set(re.findall(r'safety\("(S\d+)"\)', tests))

    assert [rule for rule, _ in rules] == [f"S{n}" for n in range(1, 17)]
    for rule, since in rules:
        if not since.startswith("with "):
            assert rule in named, rule
