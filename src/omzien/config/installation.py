"""One installation on this machine: where its folders are. No Django.

`var/` holds all that is not code: the database of an ordinary user, secrets, logs, static files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Installation:
    """Where things lie."""

    var: Path
    secrets: Path
    static: Path

    @property
    def lock(self) -> Path:
        return self.var / "omzien.lock"

    @property
    def log(self) -> Path:
        return self.var / "log"

    def environment(self) -> dict[str, str]:
        """Return the variables by which Django's settings find these folders."""
        return {
            "DJANGO_SETTINGS_MODULE": "omzien.config.settings",
            "OMZIEN_SECRETS_DIR": str(self.secrets),
            "OMZIEN_STATIC_ROOT": str(self.static),
        }

    def make_folders(self) -> None:
        for folder in (self.var, self.static):
            folder.mkdir(parents=True, exist_ok=True)
        self.log.mkdir(mode=0o700, exist_ok=True)


def from_environment() -> Installation:
    var = Path(os.environ.get("OMZIEN_VAR_DIR", PROJECT / "var")).absolute()
    return Installation(
        var=var,
        secrets=Path(os.environ.get("OMZIEN_SECRETS_DIR", var / "secrets")).absolute(),
        static=Path(os.environ.get("OMZIEN_STATIC_ROOT", var / "static")).absolute(),
    )
