"""Roles, rights and extensions of one database. Knows PostgreSQL only, no Django.

Three log-ins per database, each with the least it needs: the owner migrates, the application
reads and writes, retention reads and deletes. Their rights hang on two group roles that the
migrations name: `omzien_app` and `omzien_retention`.
"""

from __future__ import annotations

import re
import secrets as random_secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APP, RETENTION = "omzien_app", "omzien_retention"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")
WHERE_AVAILABLE = ("vector",)
# "OMZI": one provisioning at a time on a server.
LOCK = 0x4F4D5A49
OLDEST = 170000

GROUP_OF = {"owner": None, "app": APP, "retention": RETENTION}


class ProvisioningFailed(Exception):
    """The database server does not let us make the database."""


@dataclass(frozen=True)
class DatabaseUrls:
    """Where each of the three log-ins finds the database."""

    default: str
    owner: str
    retention: str

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.default,
            "OMZIEN_OWNER_DATABASE_URL": self.owner,
            "OMZIEN_RETENTION_DATABASE_URL": self.retention,
        }


def login(database: str, who: str) -> str:
    """Return the name of a role that logs in to one database: omzien_login_app."""
    return f"{database}_login_{who}"


def address(conninfo: str, **changes: str) -> str:
    """Return `conninfo` as a postgresql:// address with another user, password or database."""
    known = psycopg.conninfo.conninfo_to_dict(conninfo).items()
    parts = {key: str(value) for key, value in known if value is not None} | changes
    user, password = parts.pop("user", ""), parts.pop("password", "")
    database = parts.pop("dbname", user)
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    query = "&".join(f"{key}={quote(value, safe='/')}" for key, value in sorted(parts.items()))
    return f"postgresql://{who}@/{quote(database, safe='')}" + (f"?{query}" if query else "")


def provision(admin_dsn: str, *, database: str, secrets: Path) -> DatabaseUrls:
    """Make or mend `database` with its roles and rights; return the addresses of its log-ins.

    Passwords are kept in `secrets`. Running it again changes nothing.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", database):
        raise ProvisioningFailed(
            f"The database name “{database}” does not do: use small letters, digits and _."
        )
    passwords = {who: password_of(login(database, who), secrets) for who in GROUP_OF}
    try:
        with connect(admin_dsn, "postgres") as server:
            refuse_old_server(server)
            server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            make_roles(server, database, passwords)
            make_database(server, database)
            grant_entrance(server, database)
            with connect(admin_dsn, database) as inside:
                make_schema(inside, database)
    except psycopg.Error as error:
        raise ProvisioningFailed(str(error).strip()) from error
    return urls(admin_dsn, database=database, passwords=passwords)


def clone(admin_dsn: str, *, template: str, name: str, roles_of: str) -> None:
    """Copy the database `template` to `name` for the log-ins of `roles_of`, in place of `name`."""
    drop(admin_dsn, name)
    with connect(admin_dsn, "postgres") as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name),
                sql.Identifier(template),
                sql.Identifier(login(roles_of, "owner")),
            )
        )
        grant_entrance(server, name, roles_of=roles_of)


def drop(admin_dsn: str, name: str) -> None:
    """Throw the database away, connections and all."""
    with connect(admin_dsn, "postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))


def connect(admin_dsn: str, database: str) -> psycopg.Connection:
    return psycopg.connect(admin_dsn, dbname=database, autocommit=True, connect_timeout=10)


def urls(admin_dsn: str, *, database: str, passwords: dict[str, str]) -> DatabaseUrls:
    found = {
        who: address(
            admin_dsn, user=login(database, who), password=passwords[who], dbname=database
        )
        for who in GROUP_OF
    }
    return DatabaseUrls(found["app"], found["owner"], found["retention"])


def password_of(role: str, secrets: Path) -> str:
    """Return the password kept for `role`; a role without one gets it here."""
    return kept_secret(secret_file(role, secrets), random_secrets.token_urlsafe(32))


def secret_file(role: str, secrets: Path) -> Path:
    return secrets / f"database_{role}"


def kept_secret(path: Path, fresh: str) -> str:
    """Return what `path` holds; where nothing is kept yet, keep `fresh` for our eyes only."""
    if path.is_file() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(fresh + "\n", encoding="ascii")
    unfinished.rename(path)
    return fresh


def refuse_old_server(server: psycopg.Connection) -> None:
    if server.info.server_version < OLDEST:
        found = server.info.server_version // 10000
        raise ProvisioningFailed(
            f"The database server is PostgreSQL {found}; Omzien needs 17 or newer."
        )


def make_roles(server: psycopg.Connection, database: str, passwords: dict[str, str]) -> None:
    for group in (APP, RETENTION):
        create_role(server, sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(group)))
    for who, group_of in GROUP_OF.items():
        name = sql.Identifier(login(database, who))
        create_role(server, sql.SQL("CREATE ROLE {}").format(name))
        server.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(passwords[who]))
        )
        if group_of:
            server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group_of), name))
    # An administrator who is no superuser may act for the owner only as a member.
    if not is_superuser(server):
        owner = sql.Identifier(login(database, "owner"))
        server.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))


def create_role(server: psycopg.Connection, statement: sql.Composed) -> None:
    """Create the role unless it is there: also if somebody else makes it at this moment."""
    try:
        server.execute(statement)
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        return


def is_superuser(server: psycopg.Connection) -> bool:
    row = server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def make_database(server: psycopg.Connection, database: str) -> None:
    """Make the database with an order of letters that no upgrade of the machine changes."""
    there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    statement = (
        "ALTER DATABASE {} OWNER TO {}"
        if there
        else "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'"
        " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    )
    names = sql.Identifier(database), sql.Identifier(login(database, "owner"))
    server.execute(sql.SQL(statement).format(*names))


def grant_entrance(server: psycopg.Connection, database: str, *, roles_of: str = "") -> None:
    """Let the three log-ins of this database in and nobody else."""
    name = sql.Identifier(database)
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for who in GROUP_OF:
        role = sql.Identifier(login(roles_of or database, who))
        server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))


def make_schema(inside: psycopg.Connection, database: str) -> None:
    for statement in rights(login(database, "owner")):
        inside.execute(statement)
    for extension in (*EXTENSIONS, *available(inside)):
        inside.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )


def available(inside: psycopg.Connection) -> list[str]:
    rows = inside.execute(
        "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(WHERE_AVAILABLE)]
    )
    return [name for (name,) in rows]


def rights(owner: str) -> Iterator[sql.Composed]:
    """Yield who may do what with the tables that `owner` is going to make."""
    names = {
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(APP),
        "retention": sql.Identifier(RETENTION),
    }
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}, {retention}",
        "{defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "{defaults} GRANT SELECT, DELETE ON TABLES TO {retention}",
        "{defaults} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app}",
        "{defaults} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "{defaults} GRANT EXECUTE ON FUNCTIONS TO {app}, {retention}",
    ):
        text = statement.replace("{defaults}", "ALTER DEFAULT PRIVILEGES FOR ROLE {owner}")
        yield sql.SQL(text).format(**names)
