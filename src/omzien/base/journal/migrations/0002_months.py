"""Months of the journal: the application may add one, only retention may drop one past its term.

Both are functions that act with the owner's rights, because neither log-in owns the table.
"""

from __future__ import annotations

from django.db import migrations, models

MAKE_MONTH = """
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_entry_default
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE FUNCTION journal_make_month(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first timestamp := date_trunc('month', month::timestamp);
    begins timestamptz := first AT TIME ZONE 'UTC';
    ends timestamptz := (first + interval '1 month') AT TIME ZONE 'UTC';
    name text := 'journal_entry_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass('public.' || name) IS NOT NULL THEN RETURN false; END IF;
    LOCK TABLE public.journal_entry IN ACCESS EXCLUSIVE MODE;
    IF to_regclass('public.' || name) IS NOT NULL THEN RETURN false; END IF;
    -- Entries that came before their month was made move into it.
    ALTER TABLE public.journal_entry DETACH PARTITION public.journal_entry_default;
    EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.journal_entry FOR VALUES FROM (%L) TO (%L)',
        name, begins, ends);
    -- A new table would give the application every right.
    EXECUTE format(
        'REVOKE ALL ON public.%I FROM PUBLIC, omzien_app, omzien_retention', name);
    EXECUTE format(
        'CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.%I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION public.journal_refuse()', name);
    INSERT INTO public.journal_entry OVERRIDING SYSTEM VALUE
        SELECT * FROM public.journal_entry_default WHERE at >= begins AND at < ends;
    DELETE FROM public.journal_entry_default WHERE at >= begins AND at < ends;
    ALTER TABLE public.journal_entry ATTACH PARTITION public.journal_entry_default DEFAULT;
    RETURN true;
END $$;

CREATE FUNCTION journal_drop_month(month date, OUT entries bigint, OUT digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first timestamp := date_trunc('month', month::timestamp);
    ends timestamptz := (first + interval '1 month') AT TIME ZONE 'UTC';
    name text := 'journal_entry_' || to_char(first, 'YYYY_MM');
BEGIN
    -- The term stands here and not in the call: nobody can ask for an earlier end.
    IF ends > now() - interval '1825 days' THEN
        RAISE EXCEPTION 'this month of the journal is within its term'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    LOCK TABLE public.journal_entry IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
        'SELECT count(*), encode(sha256(convert_to('
        'coalesce(string_agg(entry::text, E''\\n'' ORDER BY id), ''''), ''UTF8'')), ''hex'')'
        ' FROM public.%I AS entry', name) INTO entries, digest;
    EXECUTE format('DROP TABLE public.%I', name);
END $$;

REVOKE ALL ON FUNCTION journal_make_month(date) FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_drop_month(date) FROM PUBLIC, omzien_app;
GRANT EXECUTE ON FUNCTION journal_make_month(date) TO omzien_app, omzien_retention;
GRANT EXECUTE ON FUNCTION journal_drop_month(date) TO omzien_retention;
"""

DROP_MONTH = """
DROP FUNCTION journal_make_month(date);
DROP FUNCTION journal_drop_month(date);
DROP TRIGGER journal_no_truncate ON journal_entry_default;
"""

# Proof is read by the application, written by retention, and changed by nobody.
GUARD_PROOF = """
REVOKE ALL ON journal_monthproof FROM omzien_app, omzien_retention;
GRANT SELECT ON journal_monthproof TO omzien_app;
GRANT SELECT, INSERT ON journal_monthproof TO omzien_retention;
CREATE TRIGGER journal_proof_append_only BEFORE UPDATE OR DELETE ON journal_monthproof
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_proof_no_truncate BEFORE TRUNCATE ON journal_monthproof
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="MonthProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(unique=True, verbose_name="month")),
                ("entries", models.PositiveBigIntegerField(verbose_name="entries")),
                ("digest", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("dropped_at", models.DateTimeField(verbose_name="erased on")),
                ("signature", models.CharField(max_length=64, unique=True, verbose_name="signature")),
            ],
            options={
                "verbose_name": "proof of an erased month",
                "verbose_name_plural": "proofs of erased months",
                "ordering": ["id"],
            },
        ),
        migrations.RunSQL(MAKE_MONTH, DROP_MONTH),
        migrations.RunSQL(GUARD_PROOF, migrations.RunSQL.noop),
    ]
