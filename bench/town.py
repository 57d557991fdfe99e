"""The real thing for the benches: `omzien run` with a demo town in a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_town(*, patience: float = 120) -> Iterator[str]:
    """Start everything, yield its address, and stop it again."""
    with tempfile.TemporaryDirectory(prefix="omzien-bench-") as folder:
        port = free_port()
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / "omzien"), "run"],
            env=os.environ | {"OMZIEN_VAR_DIR": folder, "OMZIEN_DEMO": "1", "PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_open(process, f"{address}/health", patience)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def wait_until_open(process: subprocess.Popen[bytes], url: str, patience: float) -> None:
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if process.poll() is not None:
            raise SystemExit("The town did not start; the reason stands above.")
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - an address of ours
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"The town did not open within {patience:.0f} s.")
