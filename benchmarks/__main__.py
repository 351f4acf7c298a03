"""`make bench`: every figure of this version as one JSON document on standard output."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import checking, command_line, importing, packet, population


def main() -> int:
    """Measure and print."""
    quick = "--quick" in sys.argv
    sizes = [10_000] if quick else [10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = {
            "machine": {
                "python": platform.python_version(),
                "cpu": platform.machine(),
                "cores": os.cpu_count(),
                "commit": _commit(),
            },
            "import": importing.measure(folder),
            "population": population.measure(folder),
            "packet": packet.measure(folder),
            "command_line": command_line.measure(folder, sizes),
            "checking": checking.measure(folder, quick=quick),
        }
    json.dump(results, sys.stdout, indent=2)
    print()
    return 0


def _commit() -> str:
    ran = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return ran.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
