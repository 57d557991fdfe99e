"""The standards' own files, which are not copied into the project: where they are on this machine.

OMZIEN_STANDARDS names the folder, with a subfolder for each: `hsds-3.0` (compiled schemas and
`openapi-inlined.json`), `dcat-ap-nl-3.0` and `schema-org` (SHACL shapes), `icalendar` (a corpus).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

WHERE = "OMZIEN_STANDARDS"


def standard(name: str) -> Path:
    """Return a file or folder of the standards; fail with what to do where it is missing."""
    folder = os.environ.get(WHERE, "")
    assert folder, f"Say in {WHERE} in which folder the files of the standards are."
    path = Path(folder) / name
    assert path.exists(), f"There is no {path}: see tests/audit/standards.py."
    return path


def schema_of(name: str) -> Any:  # noqa: ANN401 - JSON of any shape
    return json.loads(standard(name).read_text(encoding="utf-8"))
