"""A database of our own for a bench that asks it directly: made, filled and thrown away.

`python -m bench.database MODULE` opens the database in the environment, lets `fill()` of the
module fill it and `figures()` measure, and prints what it found.

A country takes long to fill. Where OMZIEN_BENCH_KEEP names a folder that the database's user can
reach, databases stay there, and the next run measures in what the first one filled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.management import call_command

from omzien.base.privacy.actions.keys import make_secrets
from tests.cluster import cluster_in, held, running_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster import TestCluster

KEEP = "OMZIEN_BENCH_KEEP"


def measured_in_own_database(module: str) -> dict[str, Any]:
    """Return what `figures()` of a module finds, in a new process with a new database."""
    with own_cluster(module) as cluster:
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


@contextmanager
def own_cluster(module: str) -> Iterator[TestCluster]:
    if KEEP not in os.environ:
        with running_cluster() as cluster:
            yield cluster
        return
    folder = Path(os.environ[KEEP]) / module
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    with held(folder), cluster_in(folder) as cluster:
        yield cluster


def main(name: str) -> None:
    django.setup()
    make_secrets(settings.SECRETS_DIR, controllers=("municipality", "organisation", "joint"))
    call_command("migrate", database="owner", verbosity=0)
    module, filled = import_module(name), Path(os.environ["OMZIEN_VAR_DIR"]) / "filled"
    if not filled.exists():
        module.fill()
        filled.touch()
    print(json.dumps(module.figures()))


if __name__ == "__main__":
    main(sys.argv[1])
