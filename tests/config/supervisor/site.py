"""A supervised installation in a folder of its own, to be killed and looked at."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg

from omzien.config.provision import address
from omzien.config.supervisor.cluster import Cluster, home_for, leftovers
from tests.browser import ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 90


def wait_for(what: Callable[[], bool], patience: float = PATIENCE) -> None:
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < patience, f"waited {patience} s in vain"
        time.sleep(0.05)


@dataclass
class Supervised:
    """One installation under its supervisor, started and killed by a test."""

    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        return (self.var.parent / "said").read_text(encoding="utf-8", errors="replace")

    @property
    def cluster(self) -> Cluster:
        return Cluster(home=home_for(self.var), secrets=self.var / "secrets")

    def start(self) -> None:
        """Start it and wait until it answers."""
        if self.process is not None:
            self.process.wait()
        with (self.var.parent / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.config.supervisor.launch",
                    str(self.var),
                    str(self.port),
                ],
                cwd=ROOT,
                env=environment(),
                stdout=said,
                stderr=said,
            )
        wait_for(lambda: self.asks("/") == 200 or self.process_ended())
        assert not self.process_ended(), self.said

    def process_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def asks(self, path: str) -> int:
        """Return the status of the answer; 0 where none comes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def pid_of(self, what: str) -> int:
        """Return the process number of `supervisor`, `server`, `worker` or `postgres`."""
        if what == "postgres":
            text = (self.cluster.data / "postmaster.pid").read_text(encoding="ascii")
            return int(text.splitlines()[0])
        assert self.process is not None
        if what == "supervisor":
            return self.process.pid
        words = {"server": "omzien.config.supervisor.serve", "worker": "django\0worker"}
        return next(pid for pid in children_of(self.process.pid) if words[what] in line_of(pid))

    def kill(self, what: str) -> None:
        os.kill(self.pid_of(what), signal.SIGKILL)

    def processes(self) -> list[int]:
        """Return all processes of this installation that are alive: ours by environment."""
        mark = f"OMZIEN_SECRETS_DIR={self.var / 'secrets'}".encode()
        return [pid for pid in pids() if mark in environment_of(pid)] + leftovers(self.cluster)

    def written(self) -> set[int]:
        admin = address(self.cluster.admin_url, dbname="omzien")
        with psycopg.connect(admin) as database:
            rows = database.execute("SELECT reason FROM journal_entry WHERE verb = 'test.write'")
            return {int(reason[1:]) for (reason,) in rows}

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def remove(self) -> None:
        self.stop()
        wait_for(lambda: self.processes() == [])
        shutil.rmtree(self.cluster.home, ignore_errors=True)


@dataclass
class Writer:
    """Somebody who keeps writing and remembers what was acknowledged."""

    site: Supervised
    first: int = 0
    acknowledged: set[int] = field(default_factory=set)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self.write)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    def write(self) -> None:
        for number in count(self.first):
            if self.stopped.is_set():
                return
            if self.site.asks(f"/?n={number}") == 200:
                self.acknowledged.add(number)
            else:
                time.sleep(0.05)

    def goes_on(self) -> None:
        """Wait until ten more writes are acknowledged."""
        before = len(self.acknowledged)
        wait_for(lambda: len(self.acknowledged) >= before + 10)


def environment() -> dict[str, str]:
    """Return an environment in which nothing steers the supervisor but what the test says."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OMZIEN_") and name not in {"DATABASE_URL", "PORT"}
    }
    return kept | {"OMZIEN_TRUSTED_PROXIES": "0"}


def pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def environment_of(pid: int) -> bytes:
    return read_of(pid, "environ")


def line_of(pid: int) -> str:
    return read_of(pid, "cmdline").decode(errors="replace")


def read_of(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def children_of(pid: int) -> list[int]:
    return [
        child
        for child in pids()
        if (status := read_of(child, "stat")) and int(status.rsplit(b")", 1)[1].split()[1]) == pid
    ]
