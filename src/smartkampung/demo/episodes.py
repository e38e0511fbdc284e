"""What happened in sixty days of isolation beside the daily looks, set by set.

Checkpoints and check-ins, visits of the three pillars, people who left, alerts with
their clocks and who acknowledged them, case classes, decisions and letters. All of it
is derived in the database from the stays and the looks, as in ``looks``.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from PIL import Image, ImageDraw

from smartkampung.demo.looks import luck
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.isolation.protocol.queries import classes_on
from smartkampung.kernel.clock import day

PASSAGES = f"""
    INSERT INTO isolation_passage (id, stay_id, place, goes_on, by, at)
    SELECT md5(s.id::text || 'gate')::uuid, s.id, r.entry_point, true, 'posko',
        s.present_at - interval '2 hours'
    FROM isolation_stay s JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE s.present_at IS NOT NULL AND r.entry_point <> 'other'
        AND {luck("r.id", "gate")} < 0.85
"""
SCREENINGS = f"""
    INSERT INTO isolation_screening
        (passage_id, stay_id, temperature, spo2, symptoms, test, advice, at)
    SELECT p.id, p.stay_id, round((36.0 + {luck("p.id", "heat")} * 1.2)::numeric, 1),
        round(96 + {luck("p.id", "air")} * 3),
        CASE WHEN tired THEN ARRAY['tired'] ELSE ARRAY[]::text[] END,
        CASE WHEN {luck("p.id", "test")} < 0.6 THEN 'negative' ELSE 'not_done' END,
        CASE WHEN tired THEN 'watch' ELSE 'go_on' END, p.at
    FROM isolation_passage p
    CROSS JOIN LATERAL (SELECT {luck("p.id", "tired")} < 0.04 AS tired) AS how
"""
CHECK_INS = f"""
    INSERT INTO isolation_checkin (stay_id, bed_id, belongings, contact_name,
        contact_phone, consent_by, by, at)
    SELECT s.id, u.bed_id, CASE WHEN {luck("s.id", "bags")} < 0.5 THEN 'Tas pakaian'
        ELSE 'Tas pakaian, telepon genggam' END, s.emergency_contact, r.phone,
        first_value(s.name) OVER (PARTITION BY s.reservation_id ORDER BY s.id),
        'demo', s.present_at
    FROM isolation_stay s JOIN isolation_reservation r ON r.id = s.reservation_id
    LEFT JOIN LATERAL (SELECT bed_id FROM isolation_beduse
        WHERE stay_id = s.id AND live ORDER BY during LIMIT 1) AS u ON true
    WHERE s.present_at IS NOT NULL
"""
DIETS = f"""
    INSERT INTO isolation_eats (stay_id, diet, baby_food, by, at)
    SELECT s.id, CASE WHEN s.born_on > %(today)s::date - 700 THEN 'soft' ELSE
        (ARRAY['soft', 'little_sugar', 'little_salt', 'no_meat', 'no_seafood'])
            [1 + (s.id %% 5)] END, s.born_on > %(today)s::date - 700, 'demo', s.present_at
    FROM isolation_stay s
    WHERE s.present_at IS NOT NULL AND s.born_on IS NOT NULL
        AND ({luck("s.id", "eats")} < 0.08 OR s.born_on > %(today)s::date - 700)
"""
# Every third day one of the pillars comes by, in turns. Most people do not like photos.
VISITS = f"""
    INSERT INTO isolation_supervisionvisit (id, stay_id, officer_id, role, found,
        safety, note, lat, lng, metres, photo_id, missing, at)
    SELECT md5(s.id::text || 'visit' || turn)::uuid, s.id, g.staff, g.role,
        CASE WHEN chance < 0.03 THEN 'not_opened' ELSE 'present' END,
        CASE WHEN chance > 0.95 THEN ARRAY['food'] WHEN chance > 0.92
            THEN ARRAY['disturbed'] ELSE ARRAY[]::text[] END,
        CASE WHEN chance > 0.95 THEN 'Makan siang belum diantar.'
            WHEN chance > 0.92 THEN 'Tetangga berkunjung; sudah diberi tahu.'
            ELSE '' END,
        h.lat + (chance - 0.5) / 1500, h.lng + (chance - 0.5) / 1500,
        round(abs(chance - 0.5) / 1500 * 157000), photo.id,
        CASE WHEN h.lat IS NULL THEN 'Sinyal tidak ada.'
            WHEN photo.id IS NULL THEN 'Penghuni tidak mau difoto.' ELSE '' END, made
    FROM isolation_stay s JOIN isolation_reservation r ON r.id = s.reservation_id
    LEFT JOIN isolation_house h ON h.id = r.house_id
    CROSS JOIN LATERAL (SELECT turn, ((s.present_at AT TIME ZONE 'Asia/Jakarta')::date
            + turn * 3 - 2)::timestamp AT TIME ZONE 'Asia/Jakarta'
            + interval '8 hours'
            + {luck("s.id + turn", "hour")} * interval '9 hours' AS made,
        {luck("s.id * 10 + turn", "visit")} AS chance
        FROM generate_series(1, 5) AS turn) AS round
    JOIN demo_guard g ON g.region_code = r.region_code
        AND g.role = (%(pillars)s::text[])[1 + (turn + s.id) %% 3]
    LEFT JOIN intake_upload photo ON photo.id = %(photo)s::uuid AND h.id IS NOT NULL
        AND starts_with(r.region_code || '.', %(village)s || '.')
    WHERE s.present_at IS NOT NULL AND made < least(s.ended_at, %(at)s)
"""
LEFT = f"""
    INSERT INTO isolation_departure (stay_id, noticed_at, words, by, at, ended,
        ended_words, ended_by, ended_at)
    SELECT s.id, gone, 'Tidak ada di tempat saat kunjungan sore.', g.username, gone,
        how, words, g.username, known
    FROM isolation_stay s JOIN isolation_reservation r ON r.id = s.reservation_id
    JOIN demo_guard g ON g.region_code = r.region_code AND g.role = 'bhabinkamtibmas'
    CROSS JOIN LATERAL (
        SELECT s.ended_at - interval '26 hours' AS gone, 'not_found' AS how,
            'Sudah dicari di rumah keluarga dan terminal.' AS words,
            s.ended_at - interval '3 hours' AS known
        WHERE s.state = 'lost'
        UNION ALL
        SELECT c.at, 'returned', 'Kembali sendiri; tadi membeli pulsa.',
            c.at + interval '4 hours'
        FROM isolation_check c
        WHERE c.stay_id = s.id AND s.state <> 'lost' AND c.outcome = 'absent'
            AND c.at + interval '4 hours' < least(s.ended_at, %(at)s)
            AND {luck("c.form_id", "left")} < 0.15
    ) AS went
"""
CLASSES = f"""
    INSERT INTO isolation_classing (stay_id, code, onset_on, at, by_id)
    SELECT s.id, %(suspect)s, lower(s.during) + 9,
        (lower(s.during) + 11)::timestamp AT TIME ZONE 'Asia/Jakarta'
            + interval '10 hours', c.officer_id
    FROM isolation_stay s JOIN demo_carer c ON c.stay_id = s.id
    WHERE upper(s.during) - lower(s.during) > 14
        AND lower(s.during) + 12 <= %(today)s AND {luck("s.id", "class")} < 0.5
"""
DECISIONS = """
    INSERT INTO isolation_exitdecision (stay_id, verdict, reason, until, at, by_id)
    SELECT s.id, verdict, why, until, made, c.officer_id
    FROM isolation_stay s JOIN demo_carer c ON c.stay_id = s.id
    CROSS JOIN LATERAL (
        SELECT 'lost' AS verdict, 'Tidak ditemukan setelah dicari satu hari.' AS why,
            NULL::date AS until, s.ended_at AS made WHERE s.state = 'lost'
        UNION ALL
        SELECT 'hospital', 'Demam tinggi dan sesak; dirujuk dengan ambulans.', NULL,
            s.ended_at WHERE s.state = 'hospital'
        UNION ALL
        SELECT 'extend', 'Masih batuk dan demam; dipantau tujuh hari lagi.',
            upper(s.during), (lower(s.during) + 12)::timestamp
                AT TIME ZONE 'Asia/Jakarta' + interval '10 hours'
        WHERE upper(s.during) - lower(s.during) > 14
            AND lower(s.during) + 13 <= %(today)s
            AND NOT EXISTS (SELECT FROM isolation_classing k WHERE k.stay_id = s.id)
    ) AS decided
"""
LETTERS = """
    INSERT INTO isolation_dischargeletter
        (stay_id, since, until, issued_at, issued_by_id)
    SELECT s.id, lower(s.during), upper(s.during), s.ended_at, c.officer_id
    FROM isolation_stay s JOIN demo_carer c ON c.stay_id = s.id
    WHERE s.state = 'released'
"""
CARED = """
    CREATE TEMP TABLE demo_carer ON COMMIT DROP AS
    SELECT DISTINCT ON (o.stay_id) o.stay_id, o.officer_id, u.username
    FROM isolation_obligation o JOIN accounts_staff u ON u.id = o.officer_id
    ORDER BY o.stay_id, o.due_on DESC;
    ANALYZE demo_carer
"""
TOLD = """
    INSERT INTO isolation_outgoing (stay_id, state, queued_at, queued_by, tries,
        answered_at, fingerprint, trouble)
    SELECT s.id, CASE WHEN refused THEN 'refused' ELSE 'sent' END,
        s.ended_at, 'fhir', 1, s.ended_at + interval '17 hours',
        sha256(s.id::text::bytea), CASE WHEN refused THEN 'http_422' ELSE '' END
    FROM isolation_stay s
    CROSS JOIN LATERAL (SELECT s.id %% 29 = 0 AS refused) AS answer
    WHERE s.state = 'released' AND s.ended_at > %(at)s - interval '8 days'
        AND s.ended_at + interval '17 hours' < %(at)s
    UNION ALL
    SELECT s.id, 'waiting', s.ended_at, 'fhir', 2, NULL, NULL, 'http_503'
    FROM isolation_stay s
    WHERE s.state = 'released' AND s.ended_at + interval '17 hours' >= %(at)s
"""


def tell_episodes(*, at: datetime, village: str) -> None:
    """Tell everything but the alerts; visits in one village have a photo.

    Needs the looks and ``demo_guard``. Leaves ``demo_carer``, until the end of the
    transaction: who last owed a look at each.
    """
    codes = {one.code for one in classes_on(day(at))}
    values: Mapping[str, Any] = {
        "at": at,
        "today": day(at),
        "village": village,
        "photo": keep_photo(file=_door(), region_code=village, at=at).pk,
        "pillars": ["babinsa", "bhabinkamtibmas", "village_head"],
        "suspect": "suspect" if "suspect" in codes else "odp",
    }
    came = (CARED, PASSAGES, SCREENINGS, CHECK_INS, DIETS, VISITS, LEFT)
    with connection.cursor() as cursor:
        for statement in (*came, CLASSES, DECISIONS, LETTERS, TOLD):
            cursor.execute(statement, values)


def _door() -> io.BytesIO:
    """Draw the door of a house, to be seen as the photo of a visit."""
    wall = Image.new("RGB", (800, 600), "#d9ddd5")
    pen = ImageDraw.Draw(wall)
    pen.rectangle((300, 150, 500, 560), fill="#8a5a00", outline="#14201f", width=6)
    pen.ellipse((460, 350, 480, 370), fill="#f2c15c")
    pen.text((40, 30), "FOTO CONTOH", fill="#14201f", font_size=32)
    out = io.BytesIO()
    wall.save(out, "JPEG")
    out.seek(0)
    out.name = "pintu.jpg"
    return out
