"""Bringing mail to the mail server."""

from __future__ import annotations

from django.utils import timezone

from omzien.base.jobs.jobs import job
from omzien.base.journal.models import Actor
from omzien.base.letters import actions


@job()
def send_mail(mail: int) -> None:
    actions.deliver_mail(mail, by=Actor.system("mail"), now=timezone.now())
