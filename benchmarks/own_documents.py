"""Documents that the project writes itself, from random ledgers, held against those ledgers.

A random ledger is a made-up person of some seed whose exports are thinned at random: resources and
rows are missing as they are in real records, so that documents say other things of every ledger.
"""

import json
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from cortipump.actions.check import Request, check_text, known_for
from cortipump.actions.demo import Typed, record_files
from cortipump.actions.evidence import Asked
from cortipump.actions.ledger import read_record
from cortipump.actions.write import Written, build, default_ask, render
from cortipump.checker.check import Checked
from cortipump.checker.finding import RULES
from cortipump.checker.reading.files import read_letter
from cortipump.demo.build import build as make

KINDS: Final = ("appeal", "packet", "evidence")
SUFFIXES: Final = (".txt", ".md", ".html")
# One ledger in so many is also written as PDF, which takes longest to make and to read.
_PDF_EVERY: Final = 25
# One in so many keeps every line of its exhibits' records.
_WHOLE_EVERY: Final = 5
_FIRST_SEED: Final = 5000
# Resources that only name who and where; without them an export would be damaged, not thin.
_KEPT: Final = frozenset({"Patient", "Practitioner", "Organization", "Location", "Coverage"})
_LEVELS: Final = ("1", "2", "external")
FIGURE_RULES: Final = frozenset(RULES[:5])


class Outcome(Struct, frozen=True):
    """What the documents of one ledger came to.

    Attributes
    ----------
    documents
        How many were written and read back.
    figures
        How many findings are of figures; every one is a failure.
    others
        How many are of wording or of what a letter lacks.
    examples
        A few of them, in words.
    """

    documents: int
    figures: int
    others: int
    examples: tuple[str, ...]


def measure(documents: int, processes: int = 2) -> dict[str, Any]:
    """Write and check that many documents."""
    per_ledger = len(KINDS) * len(SUFFIXES)
    seeds = range(_FIRST_SEED, _FIRST_SEED + -(-documents // per_ledger))
    with ProcessPoolExecutor(processes) as pool:
        outcomes = list(pool.map(documents_of, seeds))
    return {
        "ledgers": len(outcomes),
        "documents": sum(o.documents for o in outcomes),
        "figures_that_fail": sum(o.figures for o in outcomes),
        "other_findings": sum(o.others for o in outcomes),
        "examples": [e for o in outcomes for e in o.examples][:20],
    }


def documents_of(seed: int) -> Outcome:
    """Every kind of document of one random ledger, in every format, against that ledger."""
    rng = random.Random(seed)
    asked = _asked(rng)
    ask = default_ask(level=rng.choice(_LEVELS), expedited=rng.random() < 0.3)
    suffixes = (*SUFFIXES, ".pdf") if seed % _PDF_EVERY == 0 else SUFFIXES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = _ledger(seed, rng, folder)
        known = known_for(read_record(ledger), asked)
        checked = []
        for kind in KINDS:
            written = build(ledger, kind, asked, ask)
            if seed % _WHOLE_EVERY:
                written = _without_records(written)
            for suffix in suffixes:
                path = folder / f"{kind}{suffix}"
                path.write_bytes(render(written, suffix))
                letter = read_letter(path)
                checked.append((path.name, check_text(letter, known, Request(asked))))
    return _outcome(seed, checked)


def _without_records(written: Written) -> Written:
    """With a few lines of each reprinted record: they are no claims, and take most of the time."""
    exhibits = tuple(
        msgspec.structs.replace(
            exhibit,
            records=tuple(
                msgspec.structs.replace(record, lines=record.lines[:2])
                for record in exhibit.records
            ),
        )
        for exhibit in written.document.exhibits
    )
    document = msgspec.structs.replace(written.document, exhibits=exhibits)
    return msgspec.structs.replace(written, document=document)


def _asked(rng: random.Random) -> Asked:
    """Some comparison that a person could ask for."""
    return Asked(
        phase="loaner", before_days=rng.choice((180, 270, 365, 365, 540)),
        run_in_days=rng.choice((0, 14, 28, 28)),
    )  # fmt: skip


def _ledger(seed: int, rng: random.Random, folder: Path) -> Path:
    made = make(seed)
    files = folder / "files"
    files.mkdir()
    share = rng.choice((0.0, 0.05, 0.2, 0.4))
    for name, content in made.files.items():
        (files / name).write_bytes(_thinned(name, content, share, rng))
    typed = msgspec.convert(made.typed, list[Typed])
    ledger = folder / "ledger.cortipump"
    record_files(ledger, files, typed, lambda _: None)
    return ledger


def _thinned(name: str, content: bytes, share: float, rng: random.Random) -> bytes:
    """The file without a random share of its resources or rows."""
    match Path(name).suffix:
        case ".json":
            bundle = json.loads(content)
            bundle["entry"] = [
                e for e in bundle["entry"] if _stays(e["resource"]["resourceType"], share, rng)
            ]
            return json.dumps(bundle).encode()
        case ".ndjson":
            lines = [
                line for line in content.splitlines(keepends=True)
                if _stays(json.loads(line)["resourceType"], share, rng)
            ]  # fmt: skip
            return b"".join(lines)
        case ".csv" if name != "regimens.csv":  # it says when the pump began
            head, *rows = content.splitlines(keepends=True)
            return head + b"".join(row for row in rows if rng.random() >= share)
    return content


def _stays(kind: str, share: float, rng: random.Random) -> bool:
    return kind in _KEPT or rng.random() >= share


def _outcome(seed: int, checked: list[tuple[str, Checked]]) -> Outcome:
    examples = tuple(_examples(seed, checked))
    figures = sum(f.rule in FIGURE_RULES for _, one in checked for f in one.findings)
    every = sum(len(one.findings) for _, one in checked)
    return Outcome(len(checked), figures, every - figures, examples[:5])


def _examples(seed: int, checked: list[tuple[str, Checked]]) -> Iterator[str]:
    for name, one in checked:
        for finding in one.findings:
            words = one.letter.text[max(finding.start - 60, 0) : finding.end + 30]
            yield f"{seed} {name}: {finding.rule}/{finding.detail} {words!r} {finding.message}"
