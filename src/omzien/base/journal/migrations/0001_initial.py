"""The journal's table: partitioned by month, append-only for everybody but retention."""

from __future__ import annotations

from django.db import migrations, models

MAKE_TABLE = """
CREATE TABLE journal_entry (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    actor_key uuid NOT NULL,
    actor_role varchar(40) NOT NULL,
    verb varchar(80) NOT NULL,
    subject_type varchar(80) NOT NULL,
    subject_key uuid,
    reason varchar(60) NOT NULL,
    PRIMARY KEY (id, at),
    -- A code, such as visits.no_answer: no room for a name or a sentence.
    CONSTRAINT reason_is_a_code CHECK (reason ~ '^[a-z0-9_.:-]*$'),
    CONSTRAINT verb_is_a_code CHECK (verb ~ '^[a-z0-9_.]+$')
) PARTITION BY RANGE (at);
CREATE INDEX journal_entry_subject ON journal_entry (subject_key, at);
CREATE INDEX journal_entry_actor ON journal_entry (actor_key, at);
-- What has no month yet still finds a place; the nightly job makes months ahead.
CREATE TABLE journal_entry_default PARTITION OF journal_entry DEFAULT;

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

DO $$ BEGIN
    REVOKE ALL ON journal_entry, journal_entry_default FROM omzien_app, omzien_retention;
    GRANT SELECT, INSERT ON journal_entry TO omzien_app;
    GRANT SELECT, INSERT ON journal_entry TO omzien_retention;
END $$;
"""

DROP_TABLE = "DROP TABLE journal_entry; DROP FUNCTION journal_refuse();"


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("actor_key", models.UUIDField(verbose_name="by")),
                ("actor_role", models.CharField(max_length=40, verbose_name="in the role of")),
                ("verb", models.CharField(max_length=80, verbose_name="what")),
                (
                    "subject_type",
                    models.CharField(blank=True, max_length=80, verbose_name="kind of record"),
                ),
                ("subject_key", models.UUIDField(null=True, verbose_name="record")),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="why")),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "db_table": "journal_entry",
                "managed": False,
            },
        ),
        migrations.RunSQL(MAKE_TABLE, DROP_TABLE),
    ]
