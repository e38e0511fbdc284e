"""News of a month: announced, read, answered, told to phones, and one taken back."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import PHONE, OfficerPhone, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission
from smartkampung.demo.cast import KECAMATAN, VILLAGE
from smartkampung.demo.places import REGENCY
from smartkampung.frontline.voice.actions.announcing import Said, announce, withdraw
from smartkampung.frontline.voice.actions.broadcasting import APPROVE
from smartkampung.frontline.voice.actions.reading import (
    acknowledge,
    do_task,
    mark_read,
)
from smartkampung.frontline.voice.models import Allowance, Announcement, Broadcast
from smartkampung.frontline.voice.queries.announcements import own_task
from smartkampung.frontline.voice.queries.broadcasts import about
from smartkampung.frontline.voice.queries.counting import context_of, count
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.frontline.voice.rules.broadcasting import (
    WITH_A_DAY,
    Danger,
    State,
    Wording,
    cap_of,
)
from smartkampung.kernel.clock import day, end_of_day, telling
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.worklist.actions import open_work

RT = f"{VILLAGE}.001.001"
# Three of five families of the kecamatan said yes to news about their village.
AGREE = """
    INSERT INTO residents_consentchange (family_id, purpose, given, at, by)
    SELECT id, 'area_news', true, %(at)s, 'demo' FROM residents_family
    WHERE region_code LIKE %(inside)s AND phone IS NOT NULL AND id %% 5 < 3
"""
# As the worker would have left it: most arrived, some phones are gone.
TOLD = """
    INSERT INTO notify_message (key, address, template, context, language, wish, about,
        by_day, state, channel, refused_by, parts, cost, tries, queued_at, sent_at,
        delivered_at, error)
    SELECT DISTINCT ON (f.phone_index) %(about)s || ':' || encode(f.phone_index, 'hex'),
        f.phone, %(wording)s, %(context)s::jsonb, f.language,
        'area_news:family:' || f.id, %(about)s, true,
        CASE WHEN f.id %% 17 = 0 THEN 'failed' WHEN f.id %% 9 = 0 THEN 'sent'
            ELSE 'delivered' END,
        'console', '{}', %(parts)s, %(each)s, 1, %(at)s, %(at)s,
        CASE WHEN f.id %% 17 > 0 AND f.id %% 9 > 0 THEN %(at)s::timestamptz END,
        CASE WHEN f.id %% 17 = 0 THEN 'not delivered' ELSE '' END
    FROM residents_family f
    JOIN residents_consentchange c ON c.family_id = f.id AND c.purpose = 'area_news'
    WHERE f.region_code LIKE %(inside)s AND f.phone_index IS NOT NULL
    ORDER BY f.phone_index, f.id
"""
# Officers with a phone: proven, or written down by somebody else.
PHONES = (
    *(("camat", 1, True), ("kasi", 2, True), ("kades", 3, True), ("rt", 4, True)),
    *(("sari", 5, True), ("rw", 6, False)),
)
MASKS = Said(
    title="Masker untuk kunjungan rumah",
    body="Setiap kunjungan ke rumah warga memakai masker. Masker bisa diambil di"
    " Puskesmas pada jam kerja.\n\nTetap jaga jarak saat berbicara di depan pintu.",
    region_code=REGENCY["code"],
    asks=Ask.ACKNOWLEDGE,
)
MEETING = Said(
    title="Rapat koordinasi bansos, Rabu pukul 09.00",
    body="Rapat di aula kecamatan. Bawa daftar penerima yang belum diantar.",
    region_code=KECAMATAN,
    roles=("village_head", "village_officer"),
    asks=Ask.ACKNOWLEDGE,
)
WRONG = Said(
    title="Kantor kecamatan tutup hari Kamis",
    body="Pelayanan tatap muka tidak ada hari Kamis.",
    region_code=KECAMATAN,
    public=True,
)
CLOSED = Said(
    title="Kantor kecamatan tutup hari Jumat",
    body="Pelayanan tatap muka tidak ada hari Jumat karena penyemprotan. Layanan"
    " lewat halaman ini tetap berjalan.",
    region_code=KECAMATAN,
    public=True,
)
POST = Said(
    title="Pos kesehatan keliling di balai desa",
    body="Tenaga Puskesmas memeriksa tekanan darah dan gula darah, gratis, untuk semua"
    " warga. Buka pukul 08.00 sampai 11.00.\n\nDatang menurut RT agar tidak berkerumun.",
    region_code=VILLAGE,
    public=True,
)
WATER = Said(
    title="Air sumur keruh setelah hujan",
    body="Rebus air sampai mendidih sebelum diminum. Air bersih bisa diambil di balai"
    " desa sampai sumur jernih lagi.",
    region_code=KECAMATAN,
    public=True,
    danger=Danger.WATER,
)


def tell_announcements(*, at: datetime) -> None:
    """Tell a month of news; the latest waits for its readers, one message for a yes."""
    with connection.cursor() as cursor:
        told: dict[str, Any] = {
            "at": at - timedelta(days=40),
            "inside": f"{KECAMATAN}%",
        }
        cursor.execute(AGREE, told)
    _phones(at=at - timedelta(days=40))
    camat, head = _actor("camat", at), _actor("kades", at)
    masks = _say(MASKS, _actor("dinkes", at), at - timedelta(days=12))
    for name in ("camat", "kades", "sari", "rw", "ratna", "babinsa"):
        _answer(masks, name, at - timedelta(days=11))
    meeting = _say(MEETING, camat, at - timedelta(days=2))
    _answer(meeting, "sari", at - timedelta(days=1))
    wrong = _say(WRONG, camat, at - timedelta(days=6))
    with telling(at - timedelta(days=5)):
        withdraw(
            announcement=wrong,
            reason="Harinya keliru: bukan Kamis, tetapi Jumat.",
            by=camat,
            at=at - timedelta(days=5),
        )
    _say(CLOSED, camat, at - timedelta(days=5))
    _asked(at, camat)
    post = _say(POST, head, at - timedelta(days=4))
    _told_to_phones(post, head, at - timedelta(days=3))
    water = _say(WATER, camat, at - timedelta(minutes=30))
    _waits_for_a_yes(water, camat, at - timedelta(minutes=20))


def _phones(*, at: datetime) -> None:
    """Let some officers have a phone, one of them only to call; others have none."""
    for username, last, proven in PHONES:
        number = f"+6284999011{last:03}"
        OfficerPhone.objects.create(
            staff=Staff.objects.get(username=username),
            number=Sealed.of(number, PHONE),
            number_index=blind_index(number, PHONE),
            proven_at=at if proven else None,
            wants=proven,
            written_by=username if proven else "kades",
            written_at=at,
        )


def _actor(username: str, at: datetime) -> Actor:
    return actor_for(Staff.objects.get(username=username), on=day(at))


def _say(said: Said, by: Actor, at: datetime) -> Announcement:
    with telling(at):
        return announce(said=said, by=by, at=at)


def _answer(row: Announcement, username: str, at: datetime) -> None:
    by = _actor(username, at)
    mark_read(announcement=row, by=by, at=at)
    acknowledge(announcement=row, by=by, at=at)


def _asked(at: datetime, camat: Actor) -> None:
    """Ask heads of RT, RW and village to do something; one of them did."""
    said = Said(
        title="Tempel poster nomor pengaduan",
        body="Ambil poster di kantor desa. Tempel di pos ronda dan warung yang ramai,"
        " lalu catat di sini di mana saja.",
        region_code=KECAMATAN,
        roles=("village_head", "rw_head", "rt_head"),
        asks=Ask.ACT,
        due_on=day(at) + timedelta(days=2),
    )
    row = _say(said, camat, at - timedelta(days=1))
    rw = _actor("rw", at)
    task = own_task(rw, row)
    if task is not None:
        with telling(at - timedelta(hours=3)):
            do_task(
                task=task,
                note="Sudah ditempel di tiga pos ronda.",
                by=rw,
                at=at - timedelta(hours=3),
            )


def _counted(
    row: Announcement, wording: Wording, region: str, by: Actor, at: datetime
) -> Broadcast:
    """Return a broadcast as it is counted; where it stands is said by the caller."""
    on = day(at) + timedelta(days=1) if wording in WITH_A_DAY else None
    counted = count(
        wording=wording, region_code=region, announcement_id=row.pk, due_on=on
    )
    return Broadcast(
        announcement=row,
        wording=wording,
        region_code=region,
        due_on=on,
        purse=region if region == KECAMATAN else VILLAGE,
        families=counted.families,
        parts=counted.parts,
        cost=counted.cost,
        large=False,
        by=by.username,
        at=at,
    )


def _waits_for_a_yes(row: Announcement, by: Actor, at: datetime) -> None:
    """Let a warning wait for a colleague, however few live in a small demo."""
    asked = _counted(row, Wording.WATER, KECAMATAN, by, at)
    asked.large, asked.state = True, State.WAITING
    asked.grounds = "Petugas Puskesmas mengambil contoh air pagi ini; hasilnya keruh."
    asked.save()
    with telling(at):
        open_work(
            kind=APPROVE,
            target=asked,
            permission=Permission.BROADCAST_APPROVE,
            region_code=KECAMATAN,
            due_at=end_of_day(day(at)),
            not_by=[by.username],
            urgent=True,
        )


def _told_to_phones(row: Announcement, by: Actor, at: datetime) -> None:
    """Write a broadcast that went out, with what became of its messages."""
    sent = _counted(row, Wording.HEALTH_POST, RT, by, at)
    sent.state = State.SENT
    sent.save()
    each = sent.parts * settings.MESSAGE_PRICES["sms"]
    names = context_of(
        region_code=RT, announcement_id=row.pk, due_on=sent.due_on, language="id"
    )
    told: dict[str, Any] = {"about": about(sent), "wording": Wording.HEALTH_POST}
    told |= {"at": at, "parts": sent.parts, "each": each, "inside": f"{RT}%"}
    with connection.cursor() as cursor:
        cursor.execute(TOLD, told | {"context": json.dumps(names)})
        sent.families, sent.cost = cursor.rowcount, cursor.rowcount * each
    sent.save(update_fields=["families", "cost"])
    month = day(at).replace(day=1)
    Allowance.objects.create(
        purse=VILLAGE, month=month, cap=cap_of("village"), spent=sent.cost
    )
