"""A database of our own for a bench that asks it directly: made, filled and thrown away.

`python -m bench.database MODULE` opens the database in the environment, lets `figures()` of the
module measure, and prints what it found.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from omzien.base.privacy.actions.keys import make_secrets
from tests.cluster import running_cluster


def measured_in_own_database(module: str) -> dict[str, Any]:
    """Return what `figures()` of a module finds, in a new process with a new database."""
    with running_cluster() as cluster:
        leads_there = cluster.make_template().environment()
        done = subprocess.run(
            [sys.executable, "-m", "bench.database", module],
            env=os.environ
            | leads_there
            | {
                "OMZIEN_VAR_DIR": str(cluster.folder),
                "DJANGO_SETTINGS_MODULE": "omzien.config.settings",
            },
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(module: str) -> None:
    django.setup()
    make_secrets(settings.SECRETS_DIR, controllers=("municipality", "organisation", "joint"))
    call_command("migrate", database="owner", verbosity=0)
    print(json.dumps(import_module(module).figures()))


if __name__ == "__main__":
    main(sys.argv[1])
