"""FHIR import beside `orjson.loads` and sha256 of the same bytes; memory beside the largest file."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

from benchmarks.timing import seconds
from cortipump.actions.import_files import Options, import_files
from cortipump.demo import scaled

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "synthea-smart"
_MEMORY = (
    "import sys\n"
    "from pathlib import Path\n"
    "from cortipump.actions.import_files import Options, import_files\n"
    "Options, import_files\n"
    "def peak():\n"
    "    line = next(x for x in open('/proc/self/status') if x.startswith('VmHWM'))\n"
    "    return int(line.split()[1])\n"
    "before = peak()\n"
    "import_files(Path(sys.argv[1]), [Path(sys.argv[2])], Options(zone='UTC', same_person=True))\n"
    "print(peak() - before)\n"
)


def measure(folder: Path) -> dict[str, Any]:
    """Speed ratio (the budget is at least 0.4) for each corpus, and memory of the largest file."""
    corpora = {"made-up person, 50,000 facts": _made_up(folder)}
    if SHARED.is_dir():
        corpora["16 synthetic people, 25 MB"] = SHARED
        corpora["the same in one file"] = _merged(folder)
    results = {name: _one(name, path, folder) for name, path in corpora.items()}
    largest = max(corpora.values(), key=lambda p: max(f.stat().st_size for f in _files(p)))
    return {"corpora": results, "memory": _memory(largest, folder)}


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.json"))


def _made_up(folder: Path) -> Path:
    out = folder / "made-up"
    out.mkdir()
    for name, content in scaled(1, 50_000).items():
        (out / name).write_bytes(content)
    return out


def _merged(folder: Path) -> Path:
    out = folder / "merged"
    out.mkdir()
    entries = [e for f in _files(SHARED) for e in json.loads(f.read_bytes())["entry"]]
    (out / "all.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
    return out


def _one(name: str, path: Path, folder: Path) -> dict[str, Any]:
    contents = [file.read_bytes() for file in _files(path)]
    ledger = folder / "bench.cortipump"
    facts = 0

    def reference() -> None:
        for content in contents:
            orjson.loads(content)
            hashlib.sha256(content).digest()

    def job() -> None:
        nonlocal facts
        ledger.unlink(missing_ok=True)
        facts = import_files(ledger, [path], Options(zone="UTC", same_person=True)).facts_added

    ours, theirs = seconds(job, 7), seconds(reference, 7)
    return {
        "megabytes": round(sum(map(len, contents)) / 1e6, 1),
        "files": len(contents),
        "facts": facts,
        "import_s": ours,
        "reference_s": theirs,
        "speed_ratio": round(theirs["median"] / ours["median"], 3),
        "budget": "speed_ratio >= 0.4",
    }


def _memory(path: Path, folder: Path) -> dict[str, Any]:
    if not Path("/proc/self/status").is_file():
        return {"skipped": "peak memory is read from /proc, which this system lacks"}
    largest = max(_files(path), key=lambda f: f.stat().st_size)
    ledger = folder / "memory.cortipump"
    ran = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(ledger), str(largest)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    added = int(ran.stdout) * 1024
    size = largest.stat().st_size
    return {
        "file_megabytes": round(size / 1e6, 1),
        "added_megabytes": round(added / 1e6, 1),
        "times_the_file": round(added / size, 2),
        "budget": "times_the_file <= 3",
    }
