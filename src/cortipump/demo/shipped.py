"""The person that ships with the package, read from its files; nothing is generated here."""

import json
from functools import cache
from importlib import resources
from typing import Final

from cortipump.demo.build import Demo

TYPED_NAME: Final = "typed.json"
ANSWERS_NAME: Final = "answers.json"


@cache
def shipped() -> Demo:
    """The bundled person: the files of ``demo/files``, what is typed in, and the answer key."""
    content = {
        entry.name: entry.read_bytes()
        for entry in resources.files("cortipump.demo").joinpath("files").iterdir()
    }
    typed = json.loads(content.pop(TYPED_NAME))
    key = json.loads(content.pop(ANSWERS_NAME))
    return Demo({name: content[name] for name in sorted(content)}, typed, key)
