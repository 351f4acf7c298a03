"""The solver of two compartments with saturable absorption, compiled: one person at a time.

Same plan, tables and outputs as `pk.kernel`, where the words are explained. State, one row each:
unbound cortisol in the central compartment, in the second one [nmol/L], what waits to be absorbed
by the saturable step [nmol], then the two stages of every source.
"""

from typing import Final

import numpy as np

from cortipump.pk.compiled import compiled
from cortipump.pk.kernel import (
    BASELINE,
    CAPACITY_1,
    CAPACITY_2,
    CLEARANCE,
    EXCHANGE,
    FASTEST,
    FREE,
    HALF_ABSORBED,
    KD_1,
    KD_2,
    LANES,
    LINEAR,
    MASS_1,
    MASS_2,
    MOST_ABSORBED,
    SECOND_VOLUME,
    count_steps,
    half_steps,
    inject,
)
from cortipump.pk.parameters import FloatArray
from cortipump.pk.plan import IntArray

CORE: Final = 3
_SATURABLE: Final = 3


@compiled
def _rates(b: FloatArray, x: FloatArray, flow: float, out: FloatArray) -> None:
    """Rate of change of the three core states."""
    u, p, depot = x[0], x[1], x[2]
    absorbed = b[MOST_ABSORBED] * depot / (b[HALF_ABSORBED] + depot)
    over = b[EXCHANGE] * (u - p)
    w1, w2 = (b[KD_1] + u) ** 2, (b[KD_2] + u) ** 2
    slope = b[LINEAR] + b[MASS_1] / w1 + b[MASS_2] / w2
    out[0] = (flow + absorbed - b[CLEARANCE] * u - over) / slope
    out[1] = over / b[SECOND_VOLUME]
    out[2] = -absorbed


@compiled
def _step(
    b: FloatArray, x: FloatArray, flow: FloatArray, h: float, k: FloatArray, y: FloatArray
) -> None:
    """One classic Runge-Kutta step of the core; ``flow`` at its start, middle and end."""
    _rates(b, x, flow[0], k[0])
    for j in range(CORE):
        y[j] = x[j] + 0.5 * h * k[0, j]
    _rates(b, y, flow[1], k[1])
    for j in range(CORE):
        y[j] = x[j] + 0.5 * h * k[1, j]
    _rates(b, y, flow[1], k[2])
    for j in range(CORE):
        y[j] = x[j] + h * k[2, j]
    _rates(b, y, flow[2], k[3])
    for j in range(CORE):
        x[j] += h / 6 * (k[0, j] + 2 * (k[1, j] + k[2, j]) + k[3, j])


@compiled
def _advance_sources(
    stages: FloatArray, k2: FloatArray, half: FloatArray, rate: float, iv: float, flow: FloatArray
) -> None:
    """Every source by one step, in two exact halves."""
    flow[0] = flow[2]
    for m in (1, 2):
        flow[m] = iv
        for s in range(k2.size):
            r = rate if s == 0 else 0.0
            a, b = stages[s, 0], stages[s, 1]
            stages[s, 1] = b * half[s, 2] + a * half[s, 1] + r * half[s, 4]
            stages[s, 0] = a * half[s, 0] + r * half[s, 3]
            flow[m] += k2[s] * stages[s, 1]


@compiled
def _total(b: FloatArray, u: float) -> float:
    bound = b[CAPACITY_1] * u / (b[KD_1] + u) + b[CAPACITY_2] * u / (b[KD_2] + u)
    return float(u * b[FREE] + bound + b[BASELINE])


@compiled
def _give(
    body: FloatArray, source: FloatArray, col: int, event: tuple[int, int, float],
    x: FloatArray, stages: FloatArray,
) -> None:  # fmt: skip
    """One amount: into the blood, the saturable step, or a stage of a source."""
    s, stage, nmol = event
    if stage == 0:
        inject(body, col, x[:1], nmol)
    elif stage == _SATURABLE:
        x[2] += nmol * source[s, 2, col]
    else:
        stages[s, stage - 1] += nmol * source[s, 2, col]


@compiled
def _one_person(
    body: FloatArray, source: FloatArray, col: int, half: FloatArray, counts: IntArray,
    x: FloatArray, stages: FloatArray, plan: tuple[FloatArray, ...],
    events: tuple[FloatArray, ...], unbound: FloatArray, total: FloatArray,
) -> None:  # fmt: skip
    """One person along the plan; ``x`` and ``stages`` are moved."""
    out_row, kinds, lengths, sc, iv = plan
    event_from, event_source, event_stage, event_nmol = events
    k, y, flow = np.empty((4, CORE)), np.empty(CORE), np.empty(3)
    b, k2 = body[:, col].copy(), source[:, 1, col].copy()
    for node in range(out_row.size):
        for e in range(event_from[node], event_from[node + 1]):
            event = (event_source[e], event_stage[e], event_nmol[e])
            _give(body, source, col, event, x, stages)
        row = out_row[node]
        if 0 <= row < unbound.size:
            unbound[row] = x[0]
        if 0 <= row < total.size:
            total[row] = _total(b, x[0])
        if node < kinds.size:
            n = kinds[node]
            flow[2] = iv[node] + (k2 * stages[:, 1]).sum()
            for _ in range(counts[n]):
                _advance_sources(stages, k2, half[n], sc[node], iv[node], flow)
                _step(b, x, flow, lengths[n] / counts[n], k, y)


@compiled
def walk_two(
    body: FloatArray, source: FloatArray, state: FloatArray, plan: tuple[FloatArray, ...],
    events: tuple[FloatArray, ...], density: tuple[FloatArray, int], two_sites: bool,
    blocks: tuple[int, int], unbound: FloatArray, total: FloatArray,
) -> None:  # fmt: skip
    """Blocks of 32 people along a plan, as `pk.kernel.walk`; ``two_sites`` is not asked."""
    lengths, n_sources = plan[2], source.shape[0]
    half = np.empty((lengths.size, n_sources, 5, LANES))
    counts = np.empty(lengths.size, np.int64)
    for block in range(blocks[0], blocks[1]):
        lo = block * LANES
        count_steps(lengths, density, body[FASTEST, lo : lo + LANES].max(), counts)
        half_steps(source, lo, lengths, counts, half)
        for lane in range(LANES):
            col = lo + lane
            x = state[:CORE, col].copy()
            stages = state[CORE:, col].copy().reshape(n_sources, 2)
            mine = half[:, :, :, lane].copy()
            _one_person(
                body, source, col, mine, counts, x, stages, plan, events,
                unbound[block, :, lane], total[block, :, lane],
            )  # fmt: skip
            state[:CORE, col] = x
            state[CORE:, col] = stages.reshape(2 * n_sources)
