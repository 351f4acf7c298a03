"""The population job: 10,000 people, a program of 7 blocks, 48 h, a level every 10 min.

Beside it the same model solved by SciPy, person by person, for time and for truth; a repeating day of
1,000 people with its band; and the memory of a process that does nothing else.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.timing import seconds
from cortipump.pk.course import lay_out
from cortipump.pk.intake import BasalProgram
from cortipump.pk.parameters import People, typical
from cortipump.pk.population import draw
from cortipump.pk.reference import solve_reference
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import from_nothing, repeating, solve_people

PEOPLE, SEED, HOURS = 10_000, 1, 48.0
SAMPLE: Final = 50
FLOOR_NMOL_PER_L: Final = 1.0
# Made up: seven blocks, 19.7 mg a day; only its shape matters here.
PROGRAM: Final = BasalProgram.from_starts(
    [(0, 0.3), (120, 1.5), (240, 2.0), (480, 1.0), (720, 0.6), (960, 0.5), (1140, 0.2)]
)
TIMES: Final = np.round(np.arange(289) / 6, 9)


def measure(_: Path) -> dict[str, Any]:
    """Seconds, people per second, memory, error, and SciPy beside it."""
    people = draw(typical("D"), PEOPLE, SEED)
    scenario = from_nothing(Regimen(basal=PROGRAM), HOURS)

    def job() -> None:
        solve_people(scenario, people, times_h=TIMES, want="total")

    job()
    took = seconds(job, 15)
    return {
        "job": f"{PEOPLE} people, D, 7 blocks, {HOURS:g} h, {TIMES.size} levels of total cortisol",
        "seconds": took,
        "cpu_seconds": _cpu(job),
        "people_per_second": round(PEOPLE / took["min"]),
        "memory": _memory(),
        **_against_scipy(people),
        "repeating_day_of_1000": _repeating(),
        "budget": "0.03 s on 2 free cores, 1e-5 (floor 1 nmol/L), 200 MB; repeating day 10 ms",
    }


def _cpu(job: Any) -> float:
    """Processor time of one run: what a busy machine does not lengthen. [s]"""
    found = []
    for _ in range(9):
        began = time.process_time()
        job()
        found.append(time.process_time() - began)
    return round(min(found), 4)


def _against_scipy(people: People) -> dict[str, Any]:
    """Worst error on a sample from slow to fast absorbers, and SciPy's time for one person."""
    order = np.argsort(people.column("sc_k1_per_h"))
    chosen = order[np.linspace(0, people.n - 1, SAMPLE).astype(int)]
    regimen = Regimen(basal=PROGRAM)
    crowd = solve_people(from_nothing(regimen, HOURS), people, times_h=TIMES, want="total")
    course, worst = lay_out(regimen, HOURS), 0.0
    began = time.perf_counter()
    for i in chosen:
        _, exact, _ = solve_reference(course, people.person(int(i)), TIMES)
        off = np.abs(crowd.lanes.person(int(i))[1] - exact)
        worst = max(worst, float(np.max(off / np.maximum(exact, FLOOR_NMOL_PER_L))))
    each = (time.perf_counter() - began) / SAMPLE
    return {
        "worst_relative_error": worst,
        "error_sample": SAMPLE,
        "scipy_seconds_per_person": round(each, 4),
        "scipy_seconds_for_all": round(each * PEOPLE, 1),
    }


def _repeating() -> dict[str, Any]:
    people = draw(typical("D"), 1000, SEED)
    scenario = repeating(Regimen(basal=PROGRAM))

    def day() -> None:
        solve_people(scenario, people, want="total")

    def banded() -> None:
        solve_people(scenario, people, want="total").band()

    banded()
    return {
        "solve": seconds(day, 25), "with_band": seconds(banded, 25), "cpu_with_band": _cpu(banded),
    }  # fmt: skip


_MEMORY: Final = """
from cortipump.pk.intake import BasalProgram
from cortipump.pk.parameters import typical
from cortipump.pk.population import draw
from cortipump.pk.regimen import Regimen
from cortipump.pk.simulate import from_nothing, solve_people
def peak():
    line = next(x for x in open('/proc/self/status') if x.startswith('VmHWM'))
    return int(line.split()[1])
loaded = peak()
program = Regimen(basal=BasalProgram.from_starts(
    [(0, 0.3), (120, 1.5), (240, 2.0), (480, 1.0), (720, 0.6), (960, 0.5), (1140, 0.2)]))
solve_people(from_nothing(program, 1.0), draw(typical('D'), 32, 1))
ready = peak()
people = draw(typical('D'), 10_000, 1)
solve_people(from_nothing(program, 48.0), people, every_min=10, want='total')
print(peak() // 1024, (peak() - ready) // 1024, loaded // 1024, sep=',')
"""


def _memory() -> dict[str, int]:
    """Peak of a whole process, of the job alone, and of the imports alone. [MB]"""
    ran = subprocess.run(
        [sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True
    )
    whole, job, imports = map(int, ran.stdout.split(","))
    return {"process_mb": whole, "job_mb": job, "imports_mb": imports}


if __name__ == "__main__":
    json.dump(measure(Path()), sys.stdout, indent=2)
    print()
