"""`kill -9` of every process in turn, while people are writing.

Nothing acknowledged may be missing, no process may be left alone, and no other cluster on the
machine may notice. OMZIEN_AUDIT=1 does it twenty times (`make audit`), otherwise twice.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.config.supervisor.site import Writer, wait_for

if TYPE_CHECKING:
    from tests.cluster import TestCluster
    from tests.config.supervisor.site import Supervised

TIMES = 20 if os.environ.get("OMZIEN_AUDIT") == "1" else 2


def began(cluster: TestCluster) -> object:
    """Return when the server of the tests' own cluster started: another on this machine."""
    with psycopg.connect(cluster.admin_url) as other:
        return other.execute("SELECT pg_postmaster_start_time()").fetchone()


@pytest.mark.parametrize("victim", ["server", "worker", "postgres"])
def test_a_killed_process_comes_back_and_nothing_is_lost(
    site: Supervised, cluster: TestCluster, victim: str
) -> None:
    elsewhere = began(cluster)
    with Writer(site) as writer:
        for _ in range(TIMES):
            writer.goes_on()
            before = site.pid_of(victim)
            site.kill(victim)
            wait_for(partial(has_successor, site, victim, before))
            writer.goes_on()
    assert writer.acknowledged - site.written() == set()
    assert began(cluster) == elsewhere


def has_successor(site: Supervised, victim: str, before: int) -> bool:
    """Tell whether another process has taken the place of `before`."""
    try:
        return site.pid_of(victim) != before
    except (StopIteration, OSError, IndexError, ValueError):
        return False


def test_a_killed_supervisor_takes_all_with_it_and_nothing_is_lost(
    site: Supervised, cluster: TestCluster
) -> None:
    elsewhere = began(cluster)
    everything: set[int] = set()
    for turn in range(TIMES):
        with Writer(site, first=turn * 1_000_000) as writer:
            writer.goes_on()
            site.kill("supervisor")
            wait_for(site.process_ended)
            wait_for(lambda: site.processes() == [], patience=30)
        everything |= writer.acknowledged
        site.start()
        assert everything - site.written() == set()
    assert began(cluster) == elsewhere


def test_all_killed_at_once_leaves_nothing_in_the_way(site: Supervised) -> None:
    with Writer(site) as writer:
        writer.goes_on()
        site.kill("postgres")
        site.kill("supervisor")
    wait_for(lambda: site.processes() == [], patience=30)
    site.start()
    assert writer.acknowledged - site.written() == set()
