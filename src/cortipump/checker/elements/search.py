"""Whether something is found in a letter, by the ways that the data name."""

from collections.abc import Iterable, Sequence

from cortipump.checker.elements.words import Unit, Words, opening
from cortipump.knowledge.letters import Way, pattern

_NEAR = 2


def is_found(words: Words, ways: Iterable[Way]) -> bool:
    """Whether one of the ways finds it anywhere."""
    return any(_is_found_by(words, way) for way in ways)


def first_unit(words: Words, ways: Sequence[Way]) -> Unit | None:
    """The first sentence in which one of the ways finds it."""
    for place, unit in enumerate(words.units):
        if any(_holds(words, place, unit, way) for way in ways):
            return unit
    return None


def _is_found_by(words: Words, way: Way) -> bool:
    match way.where:
        case "letter":
            return _matches(words.text, way)
        case "end":
            return _matches(words.end, way)
        case "opening":
            return any(_matches(line, way) for line in opening(words))
        case "addressee":
            heads = [unit.text for unit in words.units if unit.part == "head"]
            return _matches("\n".join(heads), way)
        case _:
            return first_unit(words, (way,)) is not None


def _holds(words: Words, place: int, unit: Unit, way: Way) -> bool:
    text = unit.own if way.own else unit.text
    match way.where:
        case "title" | "quote" | "body":
            return unit.part == way.where and _matches(text, way)
        case "pair":
            near = words.units[place : place + _NEAR + 1]
            first, rest = way.all[0], way.all[1:]
            return (
                _matches(text, Way(all=(first,), unless=way.unless))
                and all(_any_has(near, written, is_own=way.own) for written in rest)
            )  # fmt: skip
        case "sentence":
            return _matches(text, way)
        case _:
            return False


def _any_has(units: Sequence[Unit], written: str, *, is_own: bool) -> bool:
    texts = (unit.own if is_own else unit.text for unit in units)
    return any(pattern(written).search(text) for text in texts)


def _matches(text: str, way: Way) -> bool:
    return all(pattern(written).search(text) for written in way.all) and not any(
        pattern(written).search(text) for written in way.unless
    )
