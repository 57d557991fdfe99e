"""What the tables of third parties hold, why, and how long.

Their models cannot say it themselves. A table without a declaration fails a test.
"""

from __future__ import annotations

from datetime import timedelta

from omzien.base.privacy.models import Declaration

LOG_IN = "AVG art. 6(1)(e) for staff and visitors, 6(1)(b) for residents and members"
SECURITY = "AVG art. 6(1)(c) with art. 32: access control"
WITH_THE_ACCOUNT = "Kept with the account."

_PERSONAL = (
    Declaration(
        table="account_emailaddress",
        personal=True,
        purpose="Know that an e-mail address belongs to the account that uses it.",
        basis=LOG_IN,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(days=30),
        keep_from="user__left_at",
        erase="delete",
    ),
    Declaration(
        table="account_emailconfirmation",
        personal=True,
        purpose="Prove that somebody can read the mail of an address.",
        basis=LOG_IN,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(days=3),
        keep_from="created",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="django_session",
        personal=True,
        purpose="Keep somebody logged in for the length of a working day.",
        basis=LOG_IN,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(0),
        keep_from="expire_date",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="mfa_authenticator",
        personal=True,
        purpose="Ask for a second factor: passkey, authenticator app or recovery code.",
        basis=SECURITY,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(0),
        keep_from="user__left_at",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="procrastinate_jobs",
        personal=True,
        purpose="Do work in the background; a job names records by their number only.",
        basis="AVG art. 6(1)(e): part of the task that the job belongs to",
        controller="municipality",
        arrangement="Finished jobs are removed every night by the queue itself.",
        keep=timedelta(days=30),
        erase="elsewhere",
        scrub="empty",
    ),
    Declaration(
        table="shared_cache",
        personal=True,
        purpose="Count attempts to log in, per account and per address on the internet.",
        basis=SECURITY,
        controller="municipality",
        arrangement="Lives minutes to hours and is gone after a restart of the database.",
        keep=timedelta(0),
        keep_from="expires",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="socialaccount_socialaccount",
        personal=True,
        purpose="Let staff log in with the account of their employer.",
        basis=LOG_IN,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(0),
        keep_from="user__left_at",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="socialaccount_socialtoken",
        personal=True,
        purpose="Let staff log in with the account of their employer.",
        basis=LOG_IN,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(0),
        keep_from="account__user__left_at",
        erase="delete",
        scrub="empty",
    ),
    Declaration(
        table="usersessions_usersession",
        personal=True,
        purpose="Show somebody on which devices they are logged in, so that they can end it.",
        basis=SECURITY,
        controller="municipality",
        arrangement=WITH_THE_ACCOUNT,
        keep=timedelta(days=30),
        keep_from="last_seen_at",
        erase="delete",
        scrub="empty",
    ),
)
_WITHOUT_PEOPLE = (
    *("auth_group", "auth_group_permissions", "auth_permission"),
    *("django_content_type", "django_migrations", "socialaccount_socialapp"),
)
# They point at jobs, which a scrubbed dump leaves out.
_OF_JOBS = ("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")

THIRD_PARTY: dict[str, Declaration] = {
    declaration.table: declaration
    for declaration in (
        *_PERSONAL,
        *(Declaration(table=table, personal=False) for table in _WITHOUT_PEOPLE),
        *(Declaration(table=table, personal=False, scrub="empty") for table in _OF_JOBS),
        Declaration(table="omzien_demo", personal=False, demo_only=True),
    )
}
