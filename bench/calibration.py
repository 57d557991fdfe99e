"""A fixed piece of work to hold times against: machines differ, and are busy or not."""

from __future__ import annotations

import time


def calibration() -> float:
    """Return the milliseconds of a fixed loop: how fast this machine is at this moment."""
    began = time.perf_counter()
    total = 0
    for number in range(2_000_000):
        total += number & 3
    return (time.perf_counter() - began) * 1000
