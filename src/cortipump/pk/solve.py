"""People along a plan: tables for the kernels, threads over people, steps by measured error.

Which regimen and which day it is, is not known here (that is `pk.simulate`).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import cpu_count
from typing import Any, Final, Literal

import numpy as np
from msgspec import Struct

from cortipump.pk.absorption import Source, source_table
from cortipump.pk.compiled import has_compiled
from cortipump.pk.kernel import FASTEST, LANES, walk
from cortipump.pk.kernel_two import CORE, walk_two
from cortipump.pk.parameters import FloatArray, People, PkParameters
from cortipump.pk.plan import IntArray, Plan

Want = Literal["total", "unbound", "both", "nothing"]

# The most blocks of 32 people handed to a thread at a time, and how many need no second thread.
_BLOCKS_PER_TASK: Final = 16
_ALONE: Final = 4


class Prepared(Struct, frozen=True, eq=False):
    """People as the kernels read them, in order of their fastest rate, filled up to 32.

    Attributes
    ----------
    place
        Column of each person, shape (n_people,).
    n_core
        Rows of the state before those of the sources.
    """

    people: People
    sources: tuple[Source, ...]
    body: FloatArray
    source: FloatArray
    place: IntArray
    two_sites: bool
    n_core: int

    @property
    def n_blocks(self) -> int:
        """Blocks of 32."""
        return int(self.body.shape[1]) // LANES

    def empty_state(self) -> FloatArray:
        """Nothing in anybody, shape (n_core + 2 n_sources, 32 n_blocks)."""
        return np.zeros((self.n_core + 2 * len(self.sources), self.body.shape[1]))


class Lanes(Struct, frozen=True, eq=False):
    """Levels of many people, in the kernels' order.

    Attributes
    ----------
    unbound, total
        Shape (n_blocks, n_times, 32), or 0 times where not wanted. [nmol/L]
    place
        Column (block * 32 + lane) of each person, shape (n_people,).
    """

    unbound: FloatArray
    total: FloatArray
    place: IntArray

    def person(self, index: int) -> tuple[FloatArray, FloatArray]:
        """Unbound and total cortisol of one person, each shape (n_times,)."""
        block, lane = divmod(int(self.place[index]), LANES)
        return self.unbound[block, :, lane], self.total[block, :, lane]

    def matrix(self, which: Literal["unbound", "total"]) -> FloatArray:
        """Levels of everybody in the order of the people, shape (n_people, n_times)."""
        levels = self.unbound if which == "unbound" else self.total
        flat = levels.transpose(0, 2, 1).reshape(-1, levels.shape[1])
        return np.asarray(flat[self.place])

    def unordered(self, which: Literal["unbound", "total"]) -> FloatArray:
        """The same in whatever order, one row per time, shape (n_times, n_people)."""
        levels = self.unbound if which == "unbound" else self.total
        flat = levels.transpose(1, 0, 2).reshape(levels.shape[1], -1)
        return flat[:, : self.place.size]


def _bodies(people: People, source: FloatArray) -> FloatArray:
    get = people.column
    vpl, free = get("vpl_l"), 1 + get("nonspecific_ratio")
    linear = get("vt_l") + vpl * free
    q, vp = get("q_l_per_h"), get("vp_l")
    kd_1, kd_2 = get("site1_kd_nmol_per_l"), get("site2_kd_nmol_per_l")
    cap_1, cap_2 = get("site1_capacity_nmol_per_l"), get("site2_capacity_nmol_per_l")
    most, half = get("absorption_max_nmol_per_h"), get("absorption_km_nmol")
    fastest = (get("clu_l_per_h") + q) / linear
    fastest = np.maximum(fastest, np.divide(q, vp, out=np.zeros_like(q), where=vp > 0))
    fastest = np.maximum(fastest, most / half)
    if source.size:
        fastest = np.maximum(fastest, source[:, :2].max(axis=(0, 1)))
    return np.array([
        get("clu_l_per_h"), linear, vpl * cap_1 * kd_1, kd_1, vpl * cap_2 * kd_2, kd_2,
        free, cap_1, cap_2, get("baseline_total_nmol_per_l"), fastest, q, vp, most, half,
    ])  # fmt: skip


def prepare(people: People, sources: tuple[Source, ...]) -> Prepared:
    """People in the kernels' tables; neighbours are alike, so that no lane waits for another."""
    source = source_table(sources, people)
    body = _bodies(people, source)
    order = np.argsort(body[FASTEST], kind="stable")
    place = np.empty(people.n, dtype=np.int64)
    place[order] = np.arange(people.n)
    filled = np.append(order, np.full(-people.n % LANES, order[-1]))
    two_compartments = bool(people.column("q_l_per_h").any())
    saturable = bool(people.column("absorption_max_nmol_per_h").any())
    return Prepared(
        people, sources, np.ascontiguousarray(body[:, filled]),
        np.ascontiguousarray(source[:, :, filled]), place,
        two_sites=bool(people.column("site2_capacity_nmol_per_l").any()),
        n_core=CORE if two_compartments or saturable else 1,
    )  # fmt: skip


def _kernel(prepared: Prepared) -> Callable[..., None]:
    return walk if prepared.n_core == 1 else walk_two


def is_compiled(person: PkParameters) -> bool:
    """Whether this process has the kernel of such persons ready.

    If not, the first call loads it from `pk.compiled.cache_folder` or compiles it, which takes
    seconds once.
    """
    two = person.q_l_per_h > 0 or person.absorption_max_nmol_per_h > 0
    return has_compiled(walk_two if two else walk)


def _rows(plan: Plan, want: Want) -> tuple[int, int]:
    both = plan.n_out if want == "both" else 0
    return (plan.n_out if want == "unbound" else both, plan.n_out if want == "total" else both)


def march(
    prepared: Prepared,
    plan: Plan,
    state: FloatArray,
    density: FloatArray,
    *,
    want: Want = "both",
    multiple: int = 1,
    executor: Executor | None = None,
) -> Lanes:
    """Everybody along the plan; ``state`` is moved from the start to the end.

    Parameters
    ----------
    state
        Shape (n_core + 2 n_sources, 32 n_blocks), changed in place.
    density
        Steps per time of the fastest rate, for each piece, from `pk.steps`.
    multiple
        Of the number of steps that the density gives.
    executor
        Runs blocks of people side by side (threads: the kernel holds no lock); None: one thread.
    """
    n_unbound, n_total = _rows(plan, want)
    n = prepared.n_blocks
    unbound, total = np.empty((n, n_unbound, LANES)), np.empty((n, n_total, LANES))
    # Pieces of one length and one density share their exact half steps.
    alike, kinds = np.unique(plan.lengths_h + 1j * density, return_inverse=True)
    lengths, densities = np.ascontiguousarray(alike.real), np.ascontiguousarray(alike.imag)
    pieces = (plan.out_row, kinds, lengths, plan.sc_nmol_per_h, plan.iv_nmol_per_h)
    events = (plan.event_from, plan.event_source, plan.event_stage, plan.event_nmol)

    def run(first: int, last: int) -> None:
        _kernel(prepared)(
            prepared.body, prepared.source, state, pieces, events, (densities, multiple),
            prepared.two_sites, (first, last), unbound, total,
        )  # fmt: skip

    if executor is None or n <= _ALONE:
        run(0, n)
    else:
        _spread(run, n, executor)
    return Lanes(unbound, total, prepared.place)


@contextmanager
def threads(prepared: Prepared, executor: Executor | None) -> Iterator[Executor | None]:
    """The executor given; else, for many people, one thread for each core while it is needed."""
    if executor is not None or prepared.n_blocks <= _ALONE:
        yield executor
        return
    with ThreadPoolExecutor(cpu_count()) as own:
        yield own


def _spread(run: Callable[[int, int], None], n_blocks: int, executor: Executor) -> None:
    """The hardest blocks, which stand last, are begun first."""
    size = min(_BLOCKS_PER_TASK, max(1, n_blocks // 8))
    tasks: list[Any] = [
        executor.submit(run, first, min(first + size, n_blocks))
        for first in reversed(range(0, n_blocks, size))
    ]
    for task in tasks:
        task.result()
