"""Mail: queued with the change that asks for it, sent by a job, once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import TemplateDoesNotExist
from procrastinate.contrib.django.models import ProcrastinateJob

from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.actions import note_outcome, send_mail
from omzien.base.letters.models import Kind, Mail
from omzien.base.letters.queries import compose, rendered

if TYPE_CHECKING:
    from pytest_django import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = Actor.system("test")
LINK = "https://omzien.example.nl/a-page/"


def trial(
    *, to: str = "vries@example.nl", kind: Kind = Kind.SERVICE, language: str = "nl"
) -> Mail:
    return send_mail(
        "trial", to=to, context={"link": LINK}, by=BY, now=NOW, kind=kind, language=language
    )


@pytest.mark.django_db
def test_send_mail_queues_a_job_that_holds_the_number_of_the_mail_and_nothing_more() -> None:
    mail = trial()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("letters.jobs.send_mail", {"mail": mail.pk})


@pytest.mark.django_db
def test_a_mail_of_a_change_that_was_undone_never_was() -> None:
    with transaction.atomic():
        trial()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_mail_without_a_template_is_not_queued() -> None:
    with pytest.raises(TemplateDoesNotExist):
        send_mail("no_such_mail", to="a@example.nl", context={}, by=BY, now=NOW)
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_a_mail_takes_plain_values_only() -> None:
    with pytest.raises(TypeError):
        send_mail("trial", to="a@example.nl", context={"who": object()}, by=BY, now=NOW)


@pytest.mark.django_db
def test_address_and_content_are_encrypted_in_the_database() -> None:
    trial(to="vries@example.nl")
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_mail::text FROM letters_mail")
        (row,) = cursor.fetchone() or ("",)
    assert "vries" not in row
    assert "a-page" not in row


@pytest.mark.django_db
def test_the_journal_knows_that_a_mail_was_asked_for_but_not_to_whom() -> None:
    mail = trial()
    entry = Entry.objects.get(subject_key=mail.key)
    assert (entry.verb, entry.reason) == ("letters.send_mail", "template:trial")
    assert "vries" not in repr(vars(entry))


@pytest.mark.django_db
def test_a_mail_cannot_be_both_sent_and_failed() -> None:
    mail = trial()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(sent_at=NOW, failed_at=NOW, reason="later:451")


@pytest.mark.django_db
def test_note_outcome_keeps_the_reason_and_forgets_it_when_the_mail_leaves() -> None:
    mail = trial()
    note_outcome(mail, reason="later:451", by=BY, now=NOW)
    assert (mail.failed_at, mail.sent_at, mail.tries) == (NOW, None, 1)
    note_outcome(mail, reason="", by=BY, now=NOW)
    assert (mail.failed_at, mail.sent_at, mail.tries, mail.reason) == (None, NOW, 2, "")


# --- What it looks like -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_message_has_a_text_and_an_html_part_in_the_language_of_the_receiver() -> None:
    message = compose(trial(language="en"), stop_link="", now=NOW)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert message["Content-Language"] == "en"
    assert message["Subject"] == "Mail works"


@pytest.mark.django_db
def test_the_html_part_loads_nothing_and_has_one_button() -> None:
    html = rendered(trial())["html"]
    assert "<img" not in html
    assert "src=" not in html
    assert "url(" not in html
    assert html.count('<a href="') == 1


@pytest.mark.django_db
def test_the_text_part_is_plain_text() -> None:
    mail = send_mail(
        "trial", to="a@example.nl", context={"link": "https://a.nl/?b&c"}, by=BY, now=NOW
    )
    text = rendered(mail)["text"]
    assert "https://a.nl/?b&c" in text
    assert "<" not in text
    assert not text.startswith("\n")


@pytest.mark.django_db
def test_html_in_a_value_stays_text() -> None:
    mail = send_mail("trial", to="a@example.nl", context={"link": '"><script>'}, by=BY, now=NOW)
    assert "<script>" not in rendered(mail)["html"]


@pytest.mark.django_db
def test_the_message_id_is_the_same_at_each_try() -> None:
    mail = trial()
    ids = {compose(mail, stop_link="", now=NOW)["Message-ID"] for _ in range(2)}
    assert ids == {f"<{mail.key}@127.0.0.1>"}


@pytest.mark.django_db
def test_a_subject_cannot_hold_what_is_filled_in() -> None:
    mail = trial()
    mail.context = json.dumps({"link": LINK, "municipality": "mevrouw De Vries"})
    parts = rendered(mail)
    assert "De Vries" not in parts["subject"]


@pytest.mark.django_db
def test_a_mail_says_which_human_to_ring(settings: Settings) -> None:
    settings.PHONE = "079 123 45 67"
    parts = rendered(trial())
    assert "079 123 45 67" in parts["text"]
    assert "079 123 45 67" in parts["html"]
