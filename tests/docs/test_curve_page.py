"""docs/curve.md is real: its code gives what it prints, its commands run."""

import doctest
import re
import shlex

import pytest

from tests.conftest import ROOT, Run

PAGE = (ROOT / "docs" / "curve.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^\$ cortipump (.*)$", PAGE)


def test_the_code_of_the_page_gives_what_it_prints() -> None:
    """Every line behind >>>, in one session."""
    test = doctest.DocTestParser().get_doctest(PAGE, {}, "curve.md", "docs/curve.md", 0)
    runner = doctest.DocTestRunner(verbose=False)

    assert test.examples
    assert runner.run(test).failed == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_page_run(
    run: Run, command: str, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """In a folder of their own."""
    monkeypatch.chdir(tmp_path_factory.mktemp("page"))

    assert run(*shlex.split(command)).status == 0
