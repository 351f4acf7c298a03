"""The fast solver: people in lanes of 32, the loop over lanes innermost, compiled by Numba.

Chains of absorption are advanced exactly at half and full steps, unbound cortisol by the classic
Runge-Kutta method of order four with a single division per stage. Steps end at every node of the
plan. A piece gets as many steps as its length times the fastest rate among the 32 people times a
density, which `pk.steps` chooses by measured error for each piece.

Arrays are float64 with one column per person, their number a multiple of 32; hours, nmol, nmol/L.
State, one row each: unbound cortisol, then the two stages of every source.
"""

from math import ceil, exp, expm1
from typing import Final

import numpy as np

from cortipump.pk.compiled import compiled
from cortipump.pk.parameters import FloatArray
from cortipump.pk.plan import IntArray

LANES: Final = 32
_NEWTON_STEPS: Final = 60

# Rows of the table of bodies. CLEARANCE [L/h]; LINEAR: volume that unbound cortisol seems to fill
# when every site is full [L]; MASS_n: vpl * capacity_n * kd_n [nmol * nmol/L]; KD_n [nmol/L];
# FREE: 1 + nonspecific; CAPACITY_n, BASELINE [nmol/L]; FASTEST: largest rate constant [1/h].
CLEARANCE, LINEAR, MASS_1, KD_1, MASS_2, KD_2 = range(6)
FREE, CAPACITY_1, CAPACITY_2, BASELINE, FASTEST = range(6, 11)
# For two compartments only: exchange [L/h], second volume [L], saturable absorption [nmol/h, nmol].
EXCHANGE, SECOND_VOLUME, MOST_ABSORBED, HALF_ABSORBED = range(11, 15)
N_BODY: Final = 15

# Rows of the exact half step of a source: what stays in the first stage, goes over, stays in the
# second, and what a rate of one adds to the first and to the second.
_STAY_1, _OVER, _STAY_2, _ADD_1, _ADD_2 = range(5)
_N_HALF: Final = 5


@compiled
def count_steps(
    lengths: FloatArray, density: tuple[FloatArray, int], rate: float, counts: IntArray
) -> None:
    """How many steps each kind of piece is cut into."""
    per_time, multiple = density
    for i in range(lengths.size):
        counts[i] = multiple * max(1, ceil(lengths[i] * per_time[i] * rate - 1e-9))


@compiled
def half_steps(
    source: FloatArray, lo: int, lengths: FloatArray, counts: IntArray, half: FloatArray
) -> None:
    """The exact half step of every source for every kind, ``half[kind, source, row, lane]``."""
    for n in range(lengths.size):
        tau = lengths[n] / (2 * counts[n])
        for s in range(source.shape[0]):
            for i in range(LANES):
                k1, k2, f = source[s, 0, lo + i], source[s, 1, lo + i], source[s, 2, lo + i]
                z = (k2 - k1) * tau
                ratio = expm1(z) / z if abs(z) > 1e-300 else 1.0
                over = k1 * tau * exp(-k2 * tau) * ratio
                half[n, s, _STAY_1, i] = exp(-k1 * tau)
                half[n, s, _OVER, i] = over
                half[n, s, _STAY_2, i] = exp(-k2 * tau)
                half[n, s, _ADD_1, i] = -f * expm1(-k1 * tau) / k1
                half[n, s, _ADD_2, i] = f * (-expm1(-k2 * tau) / k2 - over / k1)


@compiled
def inject(body: FloatArray, lo: int, u: FloatArray, nmol: float) -> None:
    """An amount straight into the blood: the level at which the new amount is held."""
    for i in range(u.size):
        col = lo + i
        lin, kd1, kd2 = body[LINEAR, col], body[KD_1, col], body[KD_2, col]
        c1, c2 = body[MASS_1, col] / kd1, body[MASS_2, col] / kd2
        x = u[i]
        amount = lin * x + c1 * x / (kd1 + x) + c2 * x / (kd2 + x) + nmol
        x = max(x, (amount - c1 - c2) / lin)
        for _ in range(_NEWTON_STEPS):
            off = amount - lin * x - c1 * x / (kd1 + x) - c2 * x / (kd2 + x)
            step = off / (lin + c1 * kd1 / (kd1 + x) ** 2 + c2 * kd2 / (kd2 + x) ** 2)
            x += step
            if abs(step) <= 1e-15 * x:
                break
        u[i] = x


@compiled
def _write_total(local: FloatArray, u: FloatArray, total: FloatArray) -> None:
    """One row of total cortisol for 32 people, with a single division."""
    for i in range(LANES):
        x = u[i]
        w1, w2 = local[KD_1, i] + x, local[KD_2, i] + x
        bound = x * (local[CAPACITY_1, i] * w2 + local[CAPACITY_2, i] * w1) / (w1 * w2)
        total[i] = x * local[FREE, i] + bound + local[BASELINE, i]


@compiled
def _inputs(
    stages: FloatArray, k2: FloatArray, half: FloatArray, rate: float, iv: float, flow: FloatArray
) -> None:
    """Advance every source by a step; ``flow``: into the body at start, middle and end."""
    for i in range(LANES):
        flow[0, i] = flow[2, i]
        flow[1, i] = iv
        flow[2, i] = iv
    for s in range(k2.shape[0]):
        r = rate if s == 0 else 0.0
        for i in range(LANES):
            a, b = stages[s, 0, i], stages[s, 1, i]
            stay, over, keep = half[s, _STAY_1, i], half[s, _OVER, i], half[s, _STAY_2, i]
            add_1, add_2 = r * half[s, _ADD_1, i], r * half[s, _ADD_2, i]
            b = b * keep + a * over + add_2
            a = a * stay + add_1
            flow[1, i] += k2[s, i] * b
            b = b * keep + a * over + add_2
            a = a * stay + add_1
            flow[2, i] += k2[s, i] * b
            stages[s, 0, i], stages[s, 1, i] = a, b


@compiled
def _slope_1(u: float, flow: float, cl: float, lin: float, m: float, kd: float) -> float:
    """Rate of change with one site: flow minus elimination over the slope of the amount."""
    w = (kd + u) * (kd + u)
    return (flow - cl * u) * w / (lin * w + m)


@compiled
def _slope_2(
    u: float, flow: float, cl: float, lin: float, m1: float, kd1: float, m2: float, kd2: float
) -> float:
    """The same with two sites, over one common denominator."""
    v = (kd1 + u) * (kd1 + u)
    w = (kd2 + u) * (kd2 + u)
    vw = v * w
    return (flow - cl * u) * vw / (lin * vw + m1 * w + m2 * v)


@compiled
def _step_1(u: FloatArray, flow: FloatArray, local: FloatArray, h: float) -> None:
    """One Runge-Kutta step of 32 people with one binding site."""
    for i in range(LANES):
        cl, lin, m, kd = local[CLEARANCE, i], local[LINEAR, i], local[MASS_1, i], local[KD_1, i]
        x, mid = u[i], flow[1, i]
        a = _slope_1(x, flow[0, i], cl, lin, m, kd)
        b = _slope_1(x + 0.5 * h * a, mid, cl, lin, m, kd)
        c = _slope_1(x + 0.5 * h * b, mid, cl, lin, m, kd)
        d = _slope_1(x + h * c, flow[2, i], cl, lin, m, kd)
        u[i] = x + h / 6 * (a + 2 * (b + c) + d)


@compiled
def _step_2(u: FloatArray, flow: FloatArray, local: FloatArray, h: float) -> None:
    """One Runge-Kutta step of 32 people with two binding sites."""
    for i in range(LANES):
        cl, lin = local[CLEARANCE, i], local[LINEAR, i]
        m1, k1, m2, k2 = local[MASS_1, i], local[KD_1, i], local[MASS_2, i], local[KD_2, i]
        x, mid = u[i], flow[1, i]
        a = _slope_2(x, flow[0, i], cl, lin, m1, k1, m2, k2)
        b = _slope_2(x + 0.5 * h * a, mid, cl, lin, m1, k1, m2, k2)
        c = _slope_2(x + 0.5 * h * b, mid, cl, lin, m1, k1, m2, k2)
        d = _slope_2(x + h * c, flow[2, i], cl, lin, m1, k1, m2, k2)
        u[i] = x + h / 6 * (a + 2 * (b + c) + d)


@compiled
def _pump_step(
    u: FloatArray, stages: FloatArray, half: FloatArray, local: FloatArray, k2: FloatArray,
    rate: float, h: float,
) -> None:  # fmt: skip
    """One step of 32 people with one source and one site: what pump programs spend their time in.

    The same arithmetic as `_inputs` and `_step_1` in one pass over the lanes.
    """
    for i in range(LANES):
        a, b, k = stages[0, i], stages[1, i], k2[i]
        stay, over, keep = half[_STAY_1, i], half[_OVER, i], half[_STAY_2, i]
        add_1, add_2 = rate * half[_ADD_1, i], rate * half[_ADD_2, i]
        mid_b = b * keep + a * over + add_2
        mid_a = a * stay + add_1
        end_b = mid_b * keep + mid_a * over + add_2
        start, mid, end = k * b, k * mid_b, k * end_b
        stages[0, i], stages[1, i] = mid_a * stay + add_1, end_b
        cl, lin, m, kd = local[CLEARANCE, i], local[LINEAR, i], local[MASS_1, i], local[KD_1, i]
        x = u[i]
        s1 = _slope_1(x, start, cl, lin, m, kd)
        s2 = _slope_1(x + 0.5 * h * s1, mid, cl, lin, m, kd)
        s3 = _slope_1(x + 0.5 * h * s2, mid, cl, lin, m, kd)
        s4 = _slope_1(x + h * s3, end, cl, lin, m, kd)
        u[i] = x + h / 6 * (s1 + 2 * (s2 + s3) + s4)


@compiled
def _give(
    body: FloatArray, source: FloatArray, lo: int, event: tuple[int, int, float],
    u: FloatArray, stages: FloatArray,
) -> None:  # fmt: skip
    """One amount to 32 people: into the blood, or into a stage of a source."""
    s, stage, nmol = event
    if stage == 0:
        inject(body, lo, u, nmol)
        return
    for i in range(LANES):
        stages[s, stage - 1, i] += nmol * source[s, 2, lo + i]


@compiled
def _flow_now(stages: FloatArray, k2: FloatArray, iv: float, flow: FloatArray) -> None:
    """What enters the blood just after a node, as the end of a step before it."""
    for i in range(LANES):
        flow[2, i] = iv
    for s in range(k2.shape[0]):
        for i in range(LANES):
            flow[2, i] += k2[s, i] * stages[s, 1, i]


@compiled
def _advance(
    u: FloatArray, stages: FloatArray, k2: FloatArray, half: FloatArray, local: FloatArray,
    rates: tuple[float, float], flow: FloatArray, steps: tuple[int, float], two_sites: bool,
) -> None:  # fmt: skip
    """One piece between two nodes, in equal steps."""
    count, h = steps
    if not two_sites and k2.shape[0] == 1 and rates[1] == 0.0:
        for _ in range(count):
            _pump_step(u, stages[0], half[0], local, k2[0], rates[0], h)
        return
    _flow_now(stages, k2, rates[1], flow)
    for _ in range(count):
        _inputs(stages, k2, half, rates[0], rates[1], flow)
        if two_sites:
            _step_2(u, flow, local, h)
        else:
            _step_1(u, flow, local, h)


@compiled
def _write(
    local: FloatArray, u: FloatArray, row: int, unbound: FloatArray, total: FloatArray
) -> None:
    """The wanted levels of 32 people at one time."""
    if 0 <= row < unbound.shape[0]:
        unbound[row] = u
    if 0 <= row < total.shape[0]:
        _write_total(local, u, total[row])


@compiled
def walk(
    body: FloatArray, source: FloatArray, state: FloatArray, plan: tuple[FloatArray, ...],
    events: tuple[FloatArray, ...], density: tuple[FloatArray, int], two_sites: bool,
    blocks: tuple[int, int], unbound: FloatArray, total: FloatArray,
) -> None:  # fmt: skip
    """Blocks of 32 people along a plan; ``state`` is where they start and then where they end.

    Parameters
    ----------
    body, source, state
        Shapes (N_BODY, n), (n_sources, 3, n) and (1 + 2 n_sources, n), n a multiple of 32.
    plan
        Output row of each node, kind of each piece, length of each kind, s.c. and i.v. rates of
        each piece.
    events
        First event of each node, then source, stage and amount of each event.
    density
        Steps per 1/fastest rate of each kind of piece, and what their number is multiplied by.
    blocks
        From the first of them until, not including, the second.
    unbound, total
        Written, shape (n / 32, n_out, 32), or n_out 0 where it is not wanted. [nmol/L]
    """
    out_row, kinds, lengths, sc, iv = plan
    event_from, event_source, event_stage, event_nmol = events
    n_sources = source.shape[0]
    half = np.empty((lengths.size, n_sources, _N_HALF, LANES))
    counts = np.empty(lengths.size, np.int64)
    stages, k2 = np.empty((n_sources, 2, LANES)), np.empty((n_sources, LANES))
    local, flow, u = np.empty((N_BODY, LANES)), np.empty((3, LANES)), np.empty(LANES)
    for block in range(blocks[0], blocks[1]):
        lo, hi = block * LANES, (block + 1) * LANES
        local[:] = body[:, lo:hi]
        u[:] = state[0, lo:hi]
        for s in range(n_sources):
            k2[s] = source[s, 1, lo:hi]
            stages[s] = state[1 + 2 * s : 3 + 2 * s, lo:hi]
        count_steps(lengths, density, local[FASTEST].max(), counts)
        half_steps(source, lo, lengths, counts, half)
        for node in range(out_row.size):
            for e in range(event_from[node], event_from[node + 1]):
                event = (event_source[e], event_stage[e], event_nmol[e])
                _give(body, source, lo, event, u, stages)
            _write(local, u, out_row[node], unbound[block], total[block])
            if node < kinds.size:
                n = kinds[node]
                steps = (counts[n], lengths[n] / counts[n])
                rates = (sc[node], iv[node])
                _advance(u, stages, k2, half[n], local, rates, flow, steps, two_sites)
        state[0, lo:hi] = u
        for s in range(n_sources):
            state[1 + 2 * s : 3 + 2 * s, lo:hi] = stages[s]
