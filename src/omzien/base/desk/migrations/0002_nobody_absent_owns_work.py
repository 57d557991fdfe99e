"""What the database itself refuses: work in the hands of somebody who is away or has left."""

from __future__ import annotations

from django.db import migrations

MAKE = """
-- Only somebody who may log in can be on duty …
ALTER TABLE accounts_user
    ADD CONSTRAINT accounts_user_id_and_is_active UNIQUE (id, is_active);
ALTER TABLE desk_onduty
    ADD CONSTRAINT on_duty_is_somebody_who_may_log_in
    FOREIGN KEY (user_id, may_log_in) REFERENCES accounts_user (id, is_active)
    DEFERRABLE INITIALLY DEFERRED;

-- … so a closed account goes off duty by itself, and cannot be closed while it owns work.
CREATE FUNCTION desk_go_off_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM desk_onduty WHERE user_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_go_off_duty AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION desk_go_off_duty();

-- Nobody is on duty and away at once; looked at when the transaction ends.
CREATE FUNCTION desk_here_or_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM desk_onduty WHERE user_id = NEW.user_id) AND EXISTS (
        SELECT FROM desk_absence
        WHERE user_id = NEW.user_id AND started_at IS NOT NULL AND ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'on duty and away at once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_here_and_away';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER desk_here_or_away AFTER INSERT OR UPDATE ON desk_onduty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION desk_here_or_away();
CREATE CONSTRAINT TRIGGER desk_here_or_away AFTER INSERT OR UPDATE ON desk_absence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION desk_here_or_away();
"""

DROP = """
DROP TRIGGER desk_here_or_away ON desk_absence;
DROP TRIGGER desk_here_or_away ON desk_onduty;
DROP FUNCTION desk_here_or_away();
DROP TRIGGER desk_go_off_duty ON accounts_user;
DROP FUNCTION desk_go_off_duty();
ALTER TABLE desk_onduty DROP CONSTRAINT on_duty_is_somebody_who_may_log_in;
ALTER TABLE accounts_user DROP CONSTRAINT accounts_user_id_and_is_active;
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, DROP)]
