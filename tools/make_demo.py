"""Write the made-up person that ships with the package: ``python tools/make_demo.py``.

``--check`` writes nothing and exits with 1 when the files differ from what the generator makes.
"""

import argparse
import json
import sys
from pathlib import Path

from cortipump.demo import build
from cortipump.demo.shipped import ANSWERS_NAME, TYPED_NAME

FOLDER = Path(__file__).parent.parent / "src" / "cortipump" / "demo" / "files"
SHIPPED_SEED = 1


def contents() -> dict[str, bytes]:
    """Every file of the folder, by name."""
    demo = build(SHIPPED_SEED)
    return {
        **demo.files,
        TYPED_NAME: as_json(demo.typed),
        ANSWERS_NAME: as_json(demo.key),
    }


def as_json(content: object) -> bytes:
    """Indented JSON with a line end."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def differing(made: dict[str, bytes]) -> list[str]:
    """Names of files that are missing, left over, or not as made."""
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir()} if FOLDER.is_dir() else {}
    return sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))


def write(made: dict[str, bytes]) -> None:
    """Replace the folder's content."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        FOLDER.joinpath(name).write_bytes(content)
        print(f"{len(content):>8,}  {name}")


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare, exit 1 on a difference")
    made = contents()
    if not parser.parse_args().check:
        write(made)
        return 0
    for name in (found := differing(made)):
        print(f"differs: {name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
