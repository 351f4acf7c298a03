"""SAFETY S10: the program opens no network connection."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_REFUSE = (
    "import socket\n"
    "def refuse(*_, **__): raise SystemExit(99)\n"
    "socket.socket.connect = refuse\n"
    "socket.create_connection = refuse\n"
    "socket.getaddrinfo = refuse\n"
    "from cortipump.cli.main import main\n"
    "raise SystemExit(main(['demo', '--out', {out!r}]))\n"
)


@pytest.mark.safety("S10")
def test_the_whole_road_opens_no_connection(tmp_path: Path) -> None:
    """With every way out closed the demo still ends well."""
    ran = subprocess.run(
        [sys.executable, "-c", _REFUSE.format(out=str(tmp_path / "out"))],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
