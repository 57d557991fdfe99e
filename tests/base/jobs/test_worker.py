"""The worker as it runs in production: a process of its own that may be killed at any moment."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from omzien.base.jobs.models import Fault
from omzien.base.journal.models import Actor
from omzien.base.letters.actions import send_mail
from tests.workers import mail_server, wait_until, worker

if TYPE_CHECKING:
    from omzien.base.letters.models import Mail
    from omzien.config.provision import DatabaseUrls

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = Actor.system("test")
# Seconds without a word after which a worker is held for dead; 30 in production.
SILENT = ("--silent", "2")


def queue_mail() -> Mail:
    return send_mail("trial", to="vries@example.nl", context={"link": "x"}, by=BY, now=NOW)


def states() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="letters.jobs.send_mail")
    return list(jobs.values_list("status", flat=True))


def test_a_worker_does_what_waits_and_stops_when_told_to(committed_db: DatabaseUrls) -> None:
    mail = queue_mail()
    with mail_server() as server, worker(committed_db, mail=address(server.port)) as process:
        wait_until(lambda: states() == ["succeeded"])
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=20)
    mail.refresh_from_db()
    assert mail.sent_at
    assert len(server.got) == 1
    assert process.returncode == 0
    assert not ProcrastinateWorker.objects.exists()
    assert "Traceback" not in out


def address(port: int) -> str:
    return f"smtp+plain://127.0.0.1:{port}"


def test_the_log_names_the_job_and_never_its_arguments(committed_db: DatabaseUrls) -> None:
    queue_mail()
    with mail_server() as server:
        server.answer = "451 later for vries@example.nl"
        with worker(committed_db, mail=address(server.port)) as process:
            wait_until(Fault.objects.exists)
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=20)
    assert "letters.jobs.send_mail 1 failed: MailNotDelivered at actions.py:" in out
    assert "mail=" not in out
    assert "example.nl" not in out


def test_a_worker_that_is_told_to_stop_ends_the_job_in_hand(committed_db: DatabaseUrls) -> None:
    queue_mail()
    with mail_server() as server, worker(committed_db, mail=address(server.port)) as process:
        server.answers.clear()
        wait_until(lambda: len(server.got) == 1)
        process.send_signal(signal.SIGTERM)
        server.answers.set()
        process.communicate(timeout=20)
    assert states() == ["succeeded"]
    assert len(server.got) == 1


def test_a_worker_that_may_wait_no_longer_leaves_its_job_to_the_next(
    committed_db: DatabaseUrls,
) -> None:
    queue_mail()
    with mail_server() as server:
        server.answers.clear()
        with worker(committed_db, "--grace", "0.5", mail=address(server.port)) as process:
            wait_until(lambda: len(server.got) == 1)
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "another worker does it again" in out
    assert states() == ["doing"]


def test_a_killed_worker_loses_no_job_and_the_mail_keeps_its_message_id(
    committed_db: DatabaseUrls,
) -> None:
    mail = queue_mail()
    with mail_server() as server:
        server.answers.clear()
        with worker(committed_db, *SILENT, mail=address(server.port)) as killed:
            wait_until(lambda: len(server.got) == 1)
            killed.kill()
        assert states() == ["doing"]
        server.answers.set()
        with worker(committed_db, *SILENT, mail=address(server.port)):
            wait_until(lambda: states() == ["succeeded"])
    mail.refresh_from_db()
    assert mail.sent_at
    # The server had taken the first one: a repeat cannot be told from the first try but by its ID.
    assert [message["Message-ID"] for message in server.got] == [f"<{mail.key}@127.0.0.1>"] * 2


def test_a_worker_refuses_unfit_settings(committed_db: DatabaseUrls) -> None:
    with worker(committed_db, OMZIEN_TRUSTED_PROXIES="") as process:
        out, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "OMZIEN_TRUSTED_PROXIES is missing" in out
    assert "Traceback" not in out
