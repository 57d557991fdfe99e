"""The web server: granian with two workers of one thread each (measured best, docs/decisions).

serve.py HOST PORT [TARGET]. Its workers end when it ends, however that may be.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from omzien.config.supervisor import leash

if TYPE_CHECKING:
    from collections.abc import Callable

APPLICATION = "omzien.config.wsgi:application"
MAIN = os.getpid()


def load(target: str) -> Callable[..., Any]:
    """Load the application in a worker, which from now on ends with the main process."""
    leash.end_with_parent(MAIN, signal.SIGKILL)
    # Inherited from the main process, its handler would let a stop wait for ever while we load.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(__import__(module, fromlist=[name]), name)
    return application


def main(host: str, port: str, target: str = APPLICATION) -> None:
    server = Server(
        target,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=load)


if __name__ == "__main__":
    main(*sys.argv[1:])
