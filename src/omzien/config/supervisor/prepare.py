"""What must be done in Django before the site opens, in one process because starting one is slow.

prepare.py FILE: brings the database's tables up to date, gathers static files where they
changed, fills the demo town, and writes the demo's log-ins to FILE.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, connections


def main(logins: str) -> int:
    django.setup()
    try:
        migrate()
        gather_static_files()
        make_letter_fonts()
        Path(logins).write_text(fill_demo() if settings.DEMO else "", encoding="utf-8")
    except (CommandError, DatabaseError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def migrate() -> None:
    if settings.DEMO:
        mark_demo()
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def mark_demo() -> None:
    """Mark an empty database as the demo's; a filled one that is not the demo's is refused."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations'), to_regclass('omzien_demo')")
        filled, marked = cursor.fetchone()
        if filled and not marked:
            raise CommandError(
                "This database was not made for the demo and stays as it is."
                " Give the demo a database of its own."
            )
        if not marked:
            cursor.execute("CREATE TABLE omzien_demo ()")


def gather_static_files() -> None:
    """Gather and compress the static files, unless nothing changed since the last time."""
    stamp = settings.STATIC_ROOT / ".gathered"
    state = state_of_sources()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state, encoding="ascii")


def make_letter_fonts() -> None:
    """Make the typeface of letters, where that was not done yet."""
    fonts = settings.PACKAGE / "base" / "letters" / "typst" / "fonts"
    if not any(fonts.glob("*.ttf")):
        call_command("letter_fonts", stdout=StringIO())


def state_of_sources() -> str:
    """Return a short text that changes with the name, size or time of any static file."""
    found = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            found.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return found.hexdigest()


def fill_demo() -> str:
    """Fill or refresh the demo town; return its log-ins as text."""
    commands = get_commands()
    if "demo" in commands:
        call_command("demo")
    logins = StringIO()
    if "demo_logins" in commands:
        call_command("demo_logins", stdout=logins)
    return logins.getvalue()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
