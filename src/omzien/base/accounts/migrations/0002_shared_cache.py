"""The cache that all processes share: rate limits and codes. Unlogged: fast, empty after a crash."""

from __future__ import annotations

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE shared_cache")]
