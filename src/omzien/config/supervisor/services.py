"""A program that must run as long as we run: started again, slower each time that it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from omzien.config.supervisor import programs

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
# Whoever ran this long was healthy: the next failure starts from the first pause again.
HEALTHY = 60.0


@dataclass
class BackOff:
    """How long to wait before the next start."""

    pause: float = FIRST_PAUSE
    not_before: float = 0.0
    failures: int = 0

    def failed(self, *, now: float, started: float) -> None:
        if now - started > HEALTHY:
            self.pause, self.failures = FIRST_PAUSE, 0
        self.failures += 1
        self.not_before = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


@dataclass
class Service:
    """One child process and how to start it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path | None
    patience: float
    back_off: BackOff = field(default_factory=BackOff)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self) -> None:
        """Start it; if we die by `kill -9`, Linux ends it the same way."""
        me = programs.Account(os.geteuid(), os.getegid())
        self.started = time.monotonic()
        output = self.log.open("ab") if self.log else None
        self.process = subprocess.Popen(
            programs.leashed(me, self.command, signal.SIGKILL),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        if output:
            output.close()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, now: float) -> str:
        """Start it again if it has ended and the pause is over; return what there is to say."""
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            self.end_group()
            self.process = None
            self.back_off.failed(now=now, started=self.started)
            return f"The {self.name} ended ({describe(code)}) and is started again."
        if self.process is None and now >= self.back_off.not_before:
            self.start()
        return ""

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Stop it neatly within its patience, and then at once, children included."""
        if self.process is None:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self.end_group()
        self.process.wait()
        self.process = None

    def end_group(self) -> None:
        """End what is left of the processes that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def describe(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
