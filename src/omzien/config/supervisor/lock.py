"""One supervisor per installation: a file lock that ends with its holder, also by `kill -9`."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.config.supervisor.faults import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO


@dataclass(frozen=True)
class Holder:
    """Who holds the lock, and where the site is (empty for a command that serves nothing)."""

    pid: int
    address: str


class Taken(Exception):
    """Another process of this installation is at work."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__()
        self.holder = holder


@contextmanager
def held(path: Path, address: str) -> Iterator[None]:
    """Hold the lock of `path` and tell others our address; raise `Taken` if it is not free."""
    with path.open("a+", encoding="utf-8") as file:
        path.chmod(0o600)
        if not is_locked_now(file):
            raise Taken(read(path))
        file.truncate(0)
        json.dump({"pid": os.getpid(), "address": address}, file)
        file.flush()
        yield
        file.truncate(0)


def is_locked_now(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def read(path: Path) -> Holder | None:
    """Return what the holder wrote; it may need a moment for that."""
    for _attempt in range(20):
        try:
            return Holder(**json.loads(path.read_text(encoding="utf-8")))
        except ValueError:
            time.sleep(0.05)
    return None


def holder(path: Path) -> Holder | None:
    """Return who holds the lock at this moment."""
    if not path.exists():
        return None
    with path.open("a+", encoding="utf-8") as file:
        return None if is_locked_now(file) else read(path)


def stop_holder(path: Path, *, patience: float = 120) -> bool:
    """Ask the holder to stop and wait until it has; return False if there was none."""
    found = holder(path)
    if found is None:
        return False
    os.kill(found.pid, signal.SIGTERM)
    began = time.monotonic()
    while holder(path) is not None:
        if time.monotonic() - began > patience:
            raise Trouble(
                f"Process {found.pid} does not stop; `kill -9 {found.pid}` loses nothing."
            )
        time.sleep(0.1)
    return True
