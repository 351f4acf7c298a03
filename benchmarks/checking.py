"""The checker: precision and recall by rule, on letters by hand, generated ones and our own."""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

from benchmarks import own_documents
from benchmarks.letter_maker import letters as made_letters
from benchmarks.letters import (
    BLIND,
    LEARNT_FROM,
    ROOT,
    Labelled,
    Score,
    labelled,
    score,
    table,
    together,
)
from benchmarks.timing import command
from cortipump.actions.demo import demo
from cortipump.checker.finding import RULES

FINAL: Final = BLIND[-1]
# Seeds of people that no rule was tuned on.
_SEEDS: Final = range(200, 250)
_PER_SEED: Final = 10
_DOCUMENTS: Final = 10_000
_PROCESSES: Final = 2


def measure(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Every table; ``quick``: fewer generated letters and documents, and the rest as always."""
    seeds = _SEEDS[:5] if quick else _SEEDS
    documents = 90 if quick else _DOCUMENTS
    tables = {
        **{name: _by_hand(name) for name in LEARNT_FROM},
        FINAL: _by_hand(FINAL),
        "generated, clean": _generated(seeds, faulty=False),
        "generated, faulty": _generated(seeds, faulty=True),
    }
    for name, one in tables.items():
        _print(name, one)
    return {
        "letters": tables,
        "own_documents": own_documents.measure(documents, _PROCESSES),
        "one_page_cold_s": _one_page(folder),
        "budget": "precision and recall 0.95 on letters written blind; no figure of ours fails",
    }


def _by_hand(name: str) -> dict[str, Any]:
    return _table(labelled(name))


def _generated(seeds: Sequence[int], *, faulty: bool) -> dict[str, Any]:
    with ProcessPoolExecutor(_PROCESSES) as pool:
        scored = list(pool.map(_of_seed, seeds, [faulty] * len(seeds)))
    whole: dict[str, Score] = {rule: together(one[rule] for one in scored) for rule in RULES}
    return {"letters": len(seeds) * _PER_SEED, **table(whole)}


def _of_seed(seed: int, faulty: bool) -> dict[str, Score]:
    return score(made_letters([seed], _PER_SEED, faulty))


def _table(letters: Sequence[Labelled]) -> dict[str, Any]:
    return {"letters": len(letters), **table(score(letters))}


def _print(name: str, rows: dict[str, Any]) -> None:
    """For people, beside the JSON on standard output."""
    print(f"\n{name}: {rows['letters']} letters", file=sys.stderr)
    print(f"{'rule':26}{'hits':>6}{'false':>7}{'misses':>8}{'(other)':>9}{'prec.':>8}{'recall':>8}",
          file=sys.stderr)  # fmt: skip
    for rule, row in rows.items():
        if rule != "letters":
            other = row["misses_found_under_another_rule"]
            figures = (row["hits"], row["false"], row["misses"], other)
            shares = ("-" if v is None else f"{v:.3f}" for v in (row["precision"], row["recall"]))
            print("{:26}{:>6}{:>7}{:>8}{:>9}{:>8}{:>8}".format(rule, *figures, *shares),
                  file=sys.stderr)  # fmt: skip


def _one_page(folder: Path) -> dict[str, Any]:
    """A letter of one page against the bundled person's ledger, in a process of its own."""
    out = folder / "checked"
    demo(out, lambda _: None)
    letter = next(iter(sorted((ROOT / "tuned").glob("*.txt"))))
    words = ["check", str(letter), "--ledger", str(out / "demo.cortipump"), "--phase", "loaner"]
    return command(words, 5, allowed=(0, 1))
