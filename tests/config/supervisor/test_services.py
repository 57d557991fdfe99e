"""A service is started again, slower each time, and never outlives its starter."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omzien.config.supervisor.services import (
    FIRST_PAUSE,
    HEALTHY,
    LONGEST_PAUSE,
    BackOff,
    Service,
    describe,
)
from tests.config.supervisor.site import read_of, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator


def sleeper(seconds: str, **environment: str) -> Service:
    code = f"import time; time.sleep({seconds})"
    return Service("sleeper", [sys.executable, "-c", code], environment, None, patience=5)


@pytest.fixture
def service() -> Iterator[Service]:
    made = sleeper("60")
    made.start()
    yield made
    made.stop()


def test_pauses_grow_to_a_limit() -> None:
    back_off = BackOff()
    for _ in range(12):
        back_off.failed(now=1.0, started=0.0)
    assert back_off.pause == LONGEST_PAUSE
    assert back_off.failures == 12


def test_who_was_healthy_starts_with_a_short_pause_again() -> None:
    back_off = BackOff(pause=LONGEST_PAUSE, failures=9)
    back_off.failed(now=HEALTHY + 1, started=0.0)
    assert (back_off.failures, back_off.not_before) == (1, HEALTHY + 1 + FIRST_PAUSE)


def test_a_killed_service_is_named_and_started_after_its_pause(service: Service) -> None:
    assert service.process is not None
    first = service.process.pid
    service.process.kill()
    service.process.wait()
    now = time.monotonic()
    assert "signal SIGKILL" in service.tend(now)
    service.tend(now)
    assert not service.is_running()
    service.tend(now + FIRST_PAUSE)
    assert service.is_running()
    assert service.process.pid != first


def test_a_stopped_service_is_gone(service: Service) -> None:
    assert service.is_running()
    service.stop()
    assert not service.is_running()


def test_what_ended_is_told_in_words() -> None:
    assert describe(-signal.SIGTERM) == "signal SIGTERM"
    assert describe(3) == "code 3"


STARTER = """
import sys, time
from tests.config.supervisor.test_services import sleeper
service = sleeper("60")
service.start()
print(service.process.pid, flush=True)
time.sleep(60)
"""


def test_a_service_ends_with_its_killed_starter() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTER],
        cwd=Path(__file__).resolve().parents[3],
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        child = int(starter.stdout.readline())
        # Between being started and being its own program a process has no words.
        wait_for(lambda: read_of(child, "cmdline") != b"", patience=10)
        starter.kill()
        wait_for(lambda: read_of(child, "cmdline") == b"", patience=10)
