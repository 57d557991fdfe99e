"""Proof of erasure is read by the application, written by retention, and changed by nobody."""

from __future__ import annotations

from django.db import migrations

GUARD = """
REVOKE ALL ON privacy_erasureproof FROM omzien_app, omzien_retention;
GRANT SELECT ON privacy_erasureproof TO omzien_app;
GRANT SELECT, INSERT ON privacy_erasureproof TO omzien_retention;
CREATE TRIGGER erasure_proof_append_only BEFORE UPDATE OR DELETE ON privacy_erasureproof
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER erasure_proof_no_truncate BEFORE TRUNCATE ON privacy_erasureproof
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_declared_and_proven"), ("journal", "0002_months")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
