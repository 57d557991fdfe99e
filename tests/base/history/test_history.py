"""History keeps what changed and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from omzien.base.history.actions import keep_revision
from omzien.base.history.models import Revision
from omzien.base.history.queries import differences, revision_by_key, revisions_of, snapshot
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
pytestmark = pytest.mark.django_db


def test_only_the_fields_that_differ_are_kept() -> None:
    subject = add_organisation("Koor", sector="culture", by=BY, now=NOW)
    kept = keep_revision(
        subject,
        before={"name": "Koor", "phone": ""},
        after={"name": "Zangkoor", "phone": ""},
        by=BY,
        now=NOW,
    )
    assert kept is not None
    assert [d.field for d in differences(kept)] == ["name"]
    assert list(revisions_of(subject)) == [kept]
    assert revision_by_key(kept.key) == kept


def test_no_change_keeps_nothing() -> None:
    subject = add_organisation("Koor", sector="culture", by=BY, now=NOW)
    same = snapshot(subject, ["name", "part_of", "created_at"])
    assert keep_revision(subject, before=same, after=dict(same), by=BY, now=NOW) is None
    assert not Revision.objects.exists()


def test_the_database_refuses_a_revision_of_nothing() -> None:
    subject = add_organisation("Koor", sector="culture", by=BY, now=NOW)
    day = {"day": date(2026, 1, 1)}
    kept = keep_revision(subject, before={}, after=day, by=BY, now=NOW)
    assert kept is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=kept.pk).update(before={}, after={})
