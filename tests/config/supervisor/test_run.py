"""`omzien run` meets the world: a second one, a taken port, a bad disk, lost secrets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from errno import ENOSPC, EROFS
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omzien.config.supervisor import cluster as clusters
from omzien.config.supervisor import lock, programs
from omzien.config.supervisor.faults import Trouble, sentence
from omzien.config.supervisor.run import complain, refuse_taken_port
from tests.browser import ROOT, free_port
from tests.config.supervisor.site import Supervised, environment

if TYPE_CHECKING:
    from collections.abc import Iterator


def omzien(var: Path, port: int, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from omzien.config.command_line import main;sys.exit(main())",
            *words,
        ],
        env=environment() | {"OMZIEN_VAR_DIR": str(var), "PORT": str(port)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_run_says_where_the_first_is(site: Supervised) -> None:
    second = omzien(site.var, free_port(), "run")
    assert second.returncode == 0
    assert f"http://127.0.0.1:{site.port}" in second.stdout
    assert site.asks("/") == 200


def test_a_command_uses_the_running_database(site: Supervised) -> None:
    done = omzien(site.var, site.port, "migrate", "--check", "--database", "owner")
    assert (done.returncode, done.stderr) == (0, "")
    assert site.asks("/") == 200


def test_nobody_listens_on_the_network_and_sockets_are_private(site: Supervised) -> None:
    assert site.cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", 5432), timeout=2)


def test_secrets_open_for_one_user_only(site: Supervised) -> None:
    folder = site.var / "secrets"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(files) >= 5
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_no_folder_above_changes_its_mode(site: Supervised) -> None:
    parent = site.var.parent
    for folder in (parent, parent.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert Path("/var/lib").stat().st_mode & 0o777 == 0o755


def test_stop_and_start_again(site: Supervised) -> None:
    assert omzien(site.var, site.port, "stop").returncode == 0
    assert site.process is not None
    assert site.process.wait(30) == 0
    assert site.processes() == []
    assert "was not running" in omzien(site.var, site.port, "stop").stdout
    site.start()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_one_sentence_and_nothing_is_made(tmp_path: Path, taken_port: int) -> None:
    done = omzien(tmp_path / "var", taken_port, "run")
    assert done.returncode == 1
    assert f"Port {taken_port} is taken" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "var" / "secrets").exists()


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(Trouble, match="from 1 to 65535"):
        refuse_taken_port("127.0.0.1", port)


def test_a_place_where_nothing_can_be_made_is_one_sentence() -> None:
    done = omzien(Path("/proc/omzien"), free_port(), "run")
    assert done.returncode == 1
    assert "/proc/omzien" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "words"), [(EROFS, "The disk is read-only"), (ENOSPC, "The disk is full")]
)
def test_a_bad_disk_is_named(number: int, words: str, tmp_path: Path) -> None:
    told = sentence(OSError(number, os.strerror(number), str(tmp_path)))
    assert told.startswith(words)
    assert str(tmp_path) in told


def test_too_little_room_is_seen_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="The disk is full"):
        clusters.refuse_full_disk(tmp_path, needed=10**18)


def test_a_complaint_ends_with_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert complain("The disk is full.") == 1
    assert capsys.readouterr().err == "Omzien does not start. The disk is full.\n"


def test_the_folder_of_another_user_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "postgres"
    theirs.mkdir(mode=0o755)
    other = programs.Account(os.geteuid() + 54321, os.getegid())
    with pytest.raises(Trouble, match="belongs to"):
        clusters.private_folder(theirs, other)
    assert theirs.stat().st_mode & 0o777 == 0o755


def test_a_long_path_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = clusters.Cluster(tmp_path / ("x" * 120), tmp_path / "secrets")
    assert len(os.fsencode(deep.socket_folder)) <= clusters.LONGEST_SOCKET_FOLDER


def test_a_second_holder_learns_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        lock.held(path, "http://127.0.0.1:1"),
        pytest.raises(lock.Taken) as taken,
        lock.held(path, "http://127.0.0.1:2"),
    ):
        pass
    assert taken.value.holder == lock.Holder(os.getpid(), "http://127.0.0.1:1")
    assert lock.holder(path) is None


def test_processes_of_other_clusters_are_not_ours(tmp_path: Path) -> None:
    assert clusters.leftovers(clusters.Cluster(tmp_path, tmp_path)) == []
