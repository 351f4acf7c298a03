"""One letter with its labels, for the eye: ``python -m benchmarks.letter_maker --seed 3 --faulty``."""

import argparse

from benchmarks.letter_maker.make import letters
from benchmarks.letters import Labelled


def show(one: Labelled) -> None:
    """Print a letter and its labels."""
    print(f"===== {one.name} (person {one.person})")
    print(one.letter.text.rstrip("\n"))
    for fault in one.faults:
        place = one.letter.place(fault.start)
        print(
            f"  # {place.line}:{place.column} {', '.join(fault.rules)}: {fault.text!r} ({fault.why})"
        )


def main() -> None:
    """Read the arguments and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.letter_maker", description=__doc__)
    asked.add_argument("--seed", type=int, default=1, help="the made-up person")
    asked.add_argument("--faulty", action="store_true", help="with faults and their labels")
    asked.add_argument("--number", type=int, default=1, help="how many letters")
    asked.add_argument("--salt", type=int, default=0, help="other letters about the same person")
    given = asked.parse_args()
    for one in letters([given.seed], given.number, given.faulty, given.salt):
        show(one)


if __name__ == "__main__":
    main()
