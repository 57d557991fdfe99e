"""Roles and rights of one database on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from omzien.config import provision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cluster import TestCluster


@pytest.fixture
def fresh(cluster: TestCluster, worker_name: str) -> Iterator[str]:
    name = f"fresh_{worker_name}"
    yield name
    provision.drop(cluster.admin_url, name)


def test_provisioning_twice_changes_nothing(
    cluster: TestCluster, fresh: str, tmp_path: Path
) -> None:
    first = provision.provision(cluster.admin_url, database=fresh, secrets=tmp_path)
    assert provision.provision(cluster.admin_url, database=fresh, secrets=tmp_path) == first
    with psycopg.connect(first.default) as application:
        assert application.info.dbname == fresh


def test_one_database_does_not_let_in_the_log_ins_of_another(
    template: TestCluster, fresh: str, tmp_path: Path
) -> None:
    urls = provision.provision(template.admin_url, database=fresh, secrets=tmp_path)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(provision.address(urls.default, dbname="omzien"))


def test_passwords_are_kept_for_our_eyes_only(tmp_path: Path) -> None:
    first = provision.password_of("somebody", tmp_path / "secrets")
    assert provision.password_of("somebody", tmp_path / "secrets") == first
    assert (tmp_path / "secrets" / "database_somebody").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["Omzien", "omzien; drop", "", "1st"])
def test_a_strange_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(provision.ProvisioningFailed, match="small letters"):
        provision.provision("", database=name, secrets=tmp_path)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = f"postgresql://postgres@/postgres?host={tmp_path}"
    with pytest.raises(provision.ProvisioningFailed, match="No such file"):
        provision.provision(nowhere, database="omzien", secrets=tmp_path)


def test_addresses_survive_strange_passwords() -> None:
    url = provision.address("", user="a", password="p@ss/w:rd?", dbname="d", host="/run/x")
    assert psycopg.conninfo.conninfo_to_dict(url) == {
        "user": "a",
        "password": "p@ss/w:rd?",
        "dbname": "d",
        "host": "/run/x",
    }
