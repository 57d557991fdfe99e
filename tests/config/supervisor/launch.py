"""Run the supervisor as `omzien run` does, with a web application that writes.

launch.py VAR PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

from omzien.config.installation import Installation
from omzien.config.supervisor.run import Plan, run

if __name__ == "__main__":
    var = Path(sys.argv[1])
    here = Installation(var=var, secrets=var / "secrets", static=var / "static")
    sys.exit(
        run(
            Plan(
                installation=here,
                port=int(sys.argv[2]),
                target="tests.config.supervisor.writing:application",
            )
        )
    )
