"""The database writes the search text of an offer whenever anything that stands in it changes.

Triggers, because organisations and areas belong to apps that know nothing of the catalogue, and
because whoever writes a new action for offers cannot forget them.
"""

from __future__ import annotations

from django.db import migrations

# Words as they are written, in small letters without accents, without "de" and "het". Which words
# belong together is found out while searching, so that a new synonym needs no new texts.
CONFIGURATION = """
CREATE TEXT SEARCH DICTIONARY omzien_words (TEMPLATE = pg_catalog.simple, STOPWORDS = dutch);
CREATE TEXT SEARCH CONFIGURATION omzien (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION omzien
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
        hword_asciipart, hword_part, hword_numpart
    WITH unaccent, omzien_words;
ALTER TABLE catalogue_offertext ADD CONSTRAINT offer_text_goes_with_its_offer
    FOREIGN KEY (offer_id) REFERENCES catalogue_offer ON DELETE CASCADE;
"""
NO_CONFIGURATION = """
ALTER TABLE catalogue_offertext DROP CONSTRAINT offer_text_goes_with_its_offer;
DROP TEXT SEARCH CONFIGURATION omzien;
DROP TEXT SEARCH DICTIONARY omzien_words;
"""

DAY_MARKS = """
CREATE FUNCTION catalogue_day_marks(line catalogue_scheduleline) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(mark) FROM (
        SELECT (ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[day + 1] AS name,
            CASE WHEN (line).starts_at < '12:00' THEN 'morning'
                WHEN (line).starts_at < '17:00' THEN 'afternoon' ELSE 'evening' END AS half
        FROM unnest(CASE
            WHEN cardinality((line).weekdays) > 0 THEN (line).weekdays::int[]
            WHEN (line).frequency = 'daily' THEN '{0,1,2,3,4,5,6}'::int[]
            WHEN (line).frequency IN ('once', 'weekly')
                THEN ARRAY[extract(isodow FROM (line).first_day)::int - 1]
            ELSE '{}'::int[] END) AS day
    ) AS days, LATERAL (VALUES
        ('day:' || name), ('day:' || name || '-' || half), ('half:' || half)
    ) AS marks (mark)
$$;
"""
WRITE_TEXTS = """
CREATE FUNCTION catalogue_write_texts(changed bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM catalogue_offertext AS text
    USING catalogue_offer AS offer, network_organisation AS organisation
    WHERE text.offer_id = ANY (changed) AND offer.id = text.offer_id
        AND organisation.id = offer.organisation_id
        AND (offer.status <> 'active' OR organisation.ended_on IS NOT NULL);

    INSERT INTO catalogue_offertext (offer_id, words, marks, x, y, check_by, last_day)
    SELECT
        offer.id,
        setweight(to_tsvector('omzien', offer.name), 'A')
        || setweight(to_tsvector('omzien', concat_ws(' ', offer.summary, term.doing)), 'B')
        || setweight(to_tsvector('omzien', concat_ws(' ', offer.for_whom, organisation.name,
            organisation.other_name, term.moments)), 'C')
        || setweight(to_tsvector('omzien', concat_ws(' ', offer.description, offer.booking_note,
            offer.price_note, offer.transport_note, location.name, location.street,
            left(location.postcode, 4), area.name, district.name, term.more)), 'D'),
        array_remove(ARRAY[
            'kind:' || offer.kind,
            'organisation:' || organisation.slug,
            'open:' || offer.open_to,
            CASE WHEN offer.price_cents = 0 THEN 'free' END,
            CASE WHEN offer.transport_offered THEN 'fetched' END,
            CASE WHEN offer.first_time_together THEN 'together' END,
            CASE WHEN offer.at_home THEN 'at-home' END,
            CASE WHEN offer.by_phone THEN 'by-phone' END,
            CASE WHEN location.kind = 'online' THEN 'online' END,
            CASE WHEN location.step_free THEN 'step-free' END,
            CASE WHEN reach.marks IS NULL THEN 'everywhere' END,
            'area:' || area.code,
            'area:' || district.code,
            'area:' || town.code
        ], NULL) || coalesce(term.marks, '{}') || coalesce(reach.marks, '{}')
        || coalesce(schedule.marks, '{}') || coalesce(
            (SELECT array_agg('language:' || code) FROM unnest(offer.languages) AS code), '{}'),
        location.x, location.y, offer.check_by, schedule.last_day
    FROM catalogue_offer AS offer
    JOIN network_organisation AS organisation ON organisation.id = offer.organisation_id
    LEFT JOIN catalogue_location AS location ON location.id = offer.location_id
    LEFT JOIN places_area AS area ON area.id = location.area_id
    LEFT JOIN places_area AS district ON district.id = area.parent_id
    LEFT JOIN places_area AS town ON town.id = district.parent_id
    LEFT JOIN LATERAL (
        SELECT
            string_agg(term.name, ' ') FILTER (WHERE taxonomy IN ('theme', 'interest')) AS doing,
            string_agg(term.name, ' ') FILTER (WHERE taxonomy = 'life-moment') AS moments,
            string_agg(concat_ws(' ', CASE taxonomy WHEN 'dimension' THEN term.name END,
                term.name_en), ' ') AS more,
            array_agg('term:' || term.taxonomy || '/' || term.slug) AS marks
        FROM catalogue_offer_terms AS link JOIN catalogue_term AS term ON term.id = link.term_id
        -- What is for professionals is not for search.
        WHERE link.offer_id = offer.id
            AND term.taxonomy NOT IN ('layer', 'element', 'national-line')
    ) AS term ON true
    LEFT JOIN LATERAL (
        SELECT array_agg('only:' || area.code) AS marks
        FROM catalogue_offer_areas AS link JOIN places_area AS area ON area.id = link.area_id
        WHERE link.offer_id = offer.id
    ) AS reach ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT mark) FILTER (WHERE mark IS NOT NULL) AS marks,
            CASE WHEN bool_and(last IS NOT NULL) THEN max(last) END AS last_day
        FROM (
            SELECT catalogue_day_marks(line) AS days, coalesce(line.until,
                CASE WHEN line.frequency = 'once' THEN line.first_day END) AS last
            FROM catalogue_scheduleline AS line WHERE line.offer_id = offer.id
            UNION ALL
            SELECT NULL, change.new_day FROM catalogue_schedulechange AS change
            WHERE change.offer_id = offer.id AND change.new_day IS NOT NULL
        ) AS moment LEFT JOIN LATERAL unnest(moment.days) AS mark ON true
    ) AS schedule ON true
    WHERE offer.id = ANY (changed) AND offer.status = 'active' AND organisation.ended_on IS NULL
    ON CONFLICT (offer_id) DO UPDATE SET words = excluded.words, marks = excluded.marks,
        x = excluded.x, y = excluded.y, check_by = excluded.check_by,
        last_day = excluded.last_day
    WHERE (catalogue_offertext.*) IS DISTINCT FROM (excluded.*);
$$;
"""

# A table, what happens to it, and which offers are touched; "changed" is what was written.
OFFERS = "SELECT id FROM changed"
LINKED = "SELECT DISTINCT offer_id FROM changed"
TOUCHED = (
    ("catalogue_offer", ("INSERT", "UPDATE"), OFFERS),
    ("catalogue_offer_terms", ("INSERT", "DELETE"), LINKED),
    ("catalogue_offer_areas", ("INSERT", "DELETE"), LINKED),
    ("catalogue_scheduleline", ("INSERT", "UPDATE", "DELETE"), LINKED),
    ("catalogue_schedulechange", ("INSERT", "UPDATE", "DELETE"), LINKED),
    (
        "catalogue_location",
        ("UPDATE",),
        "SELECT offer.id FROM changed JOIN catalogue_offer AS offer ON location_id = changed.id",
    ),
    (
        "catalogue_term",
        ("UPDATE",),
        "SELECT offer_id FROM changed JOIN catalogue_offer_terms ON term_id = changed.id",
    ),
    (
        "network_organisation",
        ("UPDATE",),
        "SELECT offer.id FROM changed JOIN catalogue_offer AS offer"
        " ON organisation_id = changed.id",
    ),
    # Areas are brought in whole again and again: only what got another name or parent counts.
    (
        "places_area",
        ("UPDATE",),
        "SELECT offer.id FROM changed JOIN former USING (id)"
        " JOIN places_area AS area ON changed.id IN (area.id, area.parent_id)"
        " JOIN catalogue_location AS location ON location.area_id = area.id"
        " JOIN catalogue_offer AS offer ON offer.location_id = location.id"
        " WHERE (changed.name, changed.code, changed.parent_id)"
        " IS DISTINCT FROM (former.name, former.code, former.parent_id)",
    ),
)
TRIGGER = """
CREATE TRIGGER search_text_after_{event_name} AFTER {event} ON {table}
    REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {table}_touches_texts();
"""
# Who brings in many offers with all that belongs to them has the texts written once, at the end:
# the action `writing_texts_once` sets omzien.texts for as long as it lasts.
FUNCTION = """
CREATE FUNCTION {table}_touches_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('omzien.texts', true) IS DISTINCT FROM 'once' THEN
        PERFORM catalogue_write_texts(ARRAY({offers}));
    END IF;
    RETURN NULL;
END $$;
"""
WRITTEN = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "OLD TABLE AS former NEW TABLE AS changed",
    "DELETE": "OLD TABLE AS changed",
}
FILL = "SELECT catalogue_write_texts(ARRAY(SELECT id FROM catalogue_offer));"


def triggers() -> list[tuple[str, str]]:
    """Return the statements that make and remove the triggers."""
    found = []
    for table, events, offers in TOUCHED:
        parts = [FUNCTION.format(table=table, offers=offers)]
        parts += [
            TRIGGER.format(
                table=table, event=event, event_name=event.lower(), tables=WRITTEN[event]
            )
            for event in events
        ]
        found.append(("".join(parts), f"DROP FUNCTION {table}_touches_texts CASCADE"))
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search"),
        ("network", "0001_initial"),
        ("places", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(CONFIGURATION, NO_CONFIGURATION),
        migrations.RunSQL(DAY_MARKS, "DROP FUNCTION catalogue_day_marks"),
        migrations.RunSQL(WRITE_TEXTS, "DROP FUNCTION catalogue_write_texts"),
        *(migrations.RunSQL(make, remove) for make, remove in triggers()),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
