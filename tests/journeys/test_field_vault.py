"""What the phone keeps: modules of the field app in a real browser, one by one."""

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from smartkampung.frontline.field import rescue
from smartkampung.frontline.field.kinds import HALF
from smartkampung.web.field.words import WORDS
from tests.journeys.handset import PIN, call

pytestmark = pytest.mark.django_db(transaction=True)
STATIC = Path("src/smartkampung/web/static/field")
ENROLLED: dict[str, Any] = {
    "device": "7e2a4c4e-55f1-4e1c-9a6c-0c8b8f1d2a10",
    "token": "made-up-token",
    "staff": {"id": 1, "name": "Sari Rahayu", "offices": ["RT 007"]},
}
ENTRY: dict[str, Any] = {
    "id": "0b5e5a0e-3d0e-4c43-9f3a-2f6d54d3a001",
    "kind": "aid.field_check",
    "target": "aid.claim:17",
    "title": "Kunjungan",
    "who": "Wayan S.",
    "opened_at": "2026-11-29T08:00:00.000+07:00",
    "saved_at": "2026-11-29T08:01:00.000+07:00",
    "position": None,
    "photos": [],
    "signature": None,
    "body": {"note": "Atap bocor, NIK 3510090101900001", "people": 4, "é": [1, "ü"]},
}
AHEAD = 172_800_123
VAULT = """
const Q = await import('/static/field/queue.js');
const vaults = await m.vaults();
const box = async (pin) => m.unlock(vaults[0].id, pin);
"""


@pytest.fixture
def phone(page: Page) -> Page:
    """Open the app and make a vault, as the page of enrolling does."""
    page.goto("/field/")
    key = rescue.public_key()
    call(page, "vault", "await m.create(v[0], v[1], v[2])", PIN, ENROLLED, key)
    return page


def vault(page: Page, script: str, *values: Any) -> Any:
    """Run a script with the vault module, the queue, and ``box(pin)``."""
    return call(page, "vault", VAULT + script, *values)


def test_the_phone_and_the_server_reckon_the_same_hash(page: Page) -> None:
    page.goto("/field/")
    hashed = {
        key: ENTRY[key]
        for key in ("kind", "target", "opened_at", "body", "photos", "signature")
    }
    plain = json.dumps(
        hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    ours = hashlib.sha256(plain.encode()).hexdigest()
    assert call(page, "queue", "return m.hashOf(v[0])", ENTRY) == ours


def test_a_wrong_pin_waits_longer_and_erases_nothing(phone: Page) -> None:
    tried = """
    const waits = [];
    for (let n = 0; n < 5; n++)
      await box('000000').catch((error) => waits.push(error.seconds));
    return waits;
    """
    waits = vault(phone, tried)
    assert waits[:3] == [0, 0, 30]
    # Too early is not even tried, whoever asks, and also after the next start.
    assert all(0 < seconds <= 30 for seconds in waits[3:])
    phone.reload()
    right = "return box(v[0]).then(() => 0, (error) => error.seconds)"
    assert vault(phone, right, PIN) > 0
    later = "await m.mark(vaults[0].id, {wait: 0}); const b = await box(v[0]); return (await b.kept('person')).token"
    assert vault(phone, later, PIN) == "made-up-token"


def test_the_key_cannot_be_read_and_the_pin_can_be_changed(phone: Page) -> None:
    script = """
    const {key} = await box(v[0]);
    const read = await crypto.subtle.exportKey('raw', key).then(() => 'read', () => 'kept');
    await m.changePin(vaults[0].id, v[0], '739104');
    const old = await box(v[0]).then(() => 'opened', () => 'shut');
    await box('739104');
    return [key.extractable, read, old];
    """
    assert vault(phone, script, PIN) == [False, "kept", "shut"]


def test_a_queued_form_never_changes_and_leaves_only_by_its_receipt(
    phone: Page,
) -> None:
    script = """
    const b = await box(v[0]), {STORES} = await import('/static/field/layout.js');
    const entry = v[1];
    await Q.saveDraft(b, entry);
    Q.saveDraft(b, {...entry, body: {note: 'a'}});
    Q.saveDraft(b, {...entry, body: {note: 'ab'}});
    await Q.submit(b, {...entry, body: {note: 'abc'}});
    const late = await Q.saveDraft(b, entry).then(() => 'written', (error) => error.constructor.name);
    const twice = await Q.submit(b, entry).then(() => 'written', (error) => error.constructor.name);
    const [{entry: kept}] = await Q.records(b, 'queued');
    await Q.settle(b, kept, {state: 'done'});
    const after = (await Q.records(b))[0];
    return [late, twice, kept.body.note, after.state, 'body' in after.entry];
    """
    found = vault(phone, script, PIN, ENTRY)
    assert found == ["AlreadyQueued", "AlreadyQueued", "abc", "sent", False]


def test_two_people_share_a_phone_and_read_nothing_of_each_other(phone: Page) -> None:
    key = rescue.public_key()
    other = {**ENROLLED, "staff": {"id": 2, "name": "Budi", "offices": []}}
    script = """
    const mine = await box(v[0]);
    await Q.submit(mine, v[3]);
    const his = await m.create('918273', v[1], v[2]);
    const swapped = await m.unlock(his.id, v[0]).then(() => 'opened', () => 'shut');
    const rows = (await Q.records(his)).length;
    await m.erase(his.id);
    return [swapped, rows, (await Q.records(mine)).length, (await m.vaults()).length];
    """
    assert vault(phone, script, PIN, other, key, ENTRY) == ["shut", 0, 1, 1]


def test_after_fourteen_days_the_list_goes_and_the_queue_stays(phone: Page) -> None:
    script = """
    const S = await import('/static/field/state.js'), b = await box(v[0]);
    const day = 24 * 3600 * 1000, kept = [];
    await b.keep('caseload', {items: []});
    await Q.submit(b, v[1]);
    for (const days of [13, 15]) {
      await m.mark(b.id, {contact: Date.now() - days * day});
      await S.dropOld();
      kept.push(Boolean(await b.kept('caseload')));
    }
    return [...kept, (await Q.records(b, 'queued')).length];
    """
    assert vault(phone, script, PIN, ENTRY) == [True, False, 1]


def test_a_rescue_file_opens_on_the_server_and_nowhere_else(phone: Page) -> None:
    script = """
    const b = await box(v[0]), P = await import('/static/field/photos.js');
    const R = await import('/static/field/rescue.js');
    const photo = await P.add(b, v[1].id, new Blob(['picture'], {type: 'image/jpeg'}));
    await Q.submit(b, {...v[1], photos: [photo]});
    await Q.saveDraft(b, {...v[1], id: 'draft-1'});
    await b.keep('clock', {ahead: v[2]});
    return (await R.rescueFile(b.id)).text();
    """
    file = vault(phone, script, PIN, ENTRY, AHEAD)
    assert "Wayan" not in file
    assert "3510090101900001" not in file
    found = rescue.read(file.encode())
    assert found.token == ENROLLED["token"]
    assert [row["body"] for row in found.queued] == [ENTRY["body"]]
    assert [row["id"] for row in found.drafts] == ["draft-1"]
    assert list(found.photos.values()) == [b"picture"]
    assert found.ahead == timedelta(milliseconds=AHEAD)
    with pytest.raises(rescue.NotARescueFile):
        rescue.read(file.encode()[:-9])
    # What says whether it was finished, and the clock, lie inside the boxes.
    assert not {"queued", "draft", str(AHEAD)} & set(re.findall(r"[\w-]+", file))


def test_a_phone_that_never_met_the_server_tells_no_time(phone: Page) -> None:
    script = """
    const R = await import('/static/field/rescue.js');
    return (await R.rescueFile(vaults[0].id)).text();
    """
    assert rescue.read(vault(phone, script).encode()).ahead is None


def test_half_a_form_is_sent_as_half_a_form(phone: Page) -> None:
    script = """
    const b = await box(v[0]);
    await Q.saveDraft(b, v[1]);
    await Q.submitHalf(b, v[1]);
    const [{entry}] = await Q.records(b, 'queued');
    return [entry.id, entry.kind];
    """
    kept = vault(phone, script, PIN, ENTRY)
    assert kept == [ENTRY["id"], f"{HALF}{ENTRY['kind']}"]


def test_a_photo_that_was_refused_is_left_and_not_sent_again(phone: Page) -> None:
    script = """
    const b = await box(v[0]), P = await import('/static/field/photos.js');
    const S = await import('/static/field/store.js');
    for (const id of ['a', 'b']) await P.add(b, id, new Blob(['x'], {type: 'image/jpeg'}));
    const [first] = await S.all('photos', b.id);
    await P.note(first, {refused: '422'});
    return [(await P.unsent(b)).length, (await P.left(b)).length];
    """
    assert vault(phone, script, PIN) == [1, 2]


def test_names_of_what_was_sent_go_after_fourteen_days_without_a_pin(
    phone: Page,
) -> None:
    script = """
    const S = await import('/static/field/state.js'), b = await box(v[0]);
    const T = await import('/static/field/store.js'), day = 24 * 3600 * 1000, left = [];
    await Q.submit(b, v[1]);
    await Q.submit(b, {...v[1], id: 'waits'});
    const [{entry}] = await Q.records(b, 'queued');
    await Q.settle(b, entry, {state: 'done'});
    for (const days of [13, 15]) {
      const rows = await T.all('records', b.id);
      const old = rows.map((row) => ({...row, at: Date.now() - days * day}));
      await T.change(['records'], (at) => old.forEach((row) => at.records.put(row)));
      await S.dropOld();
      left.push((await T.all('records', b.id)).map(({state}) => state).sort());
    }
    return left;
    """
    left = vault(phone, script, PIN, ENTRY)
    assert left == [["queued", "sent"], ["queued"]]


def test_a_pin_is_no_row_and_no_refrain(page: Page) -> None:
    page.goto("/field/")
    script = "return v[0].map((pin) => m.isGood(pin))"
    weak = ["12345", "123456", "987654", "111111", "121212", "123123", "12341234"]
    good = [PIN, "739104", "121213", "1212123"]
    tried = call(page, "pin", script, [*weak, *good])
    assert tried == [False] * len(weak) + [True] * len(good)


def broken_by(phone: Page, poison: set[str]) -> tuple[list[str], list[int]]:
    """Let some forms break the server; return what it takes, and how much came at once."""

    def answer(route: Route) -> None:
        sent = [
            form["id"] for form in json.loads(route.request.post_data or "")["records"]
        ]
        sizes.append(len(sent))
        if poison & set(sent):
            return route.fulfill(status=500, body="<h1>500</h1>")
        taken.extend(sent)
        return route.fulfill(json={"receipts": []})

    taken: list[str] = []
    sizes: list[int] = []
    phone.route("**/api/v1/field/records", answer)
    phone.route("**/api/v1/field/caseload", lambda route: route.fulfill(status=403))
    return taken, sizes


QUEUED = """
const b = await box(v[0]), Y = await import('/static/field/sync.js');
for (const id of v[2]) await Q.submit(b, {...v[1], id});
"""


def test_a_form_that_breaks_the_server_keeps_no_other_one(phone: Page) -> None:
    taken, _sizes = broken_by(phone, {"poison"})
    script = QUEUED + "return (await Y.sync(b)).stuck;"
    assert vault(phone, script, PIN, ENTRY, ["one", "poison", "two"]) == 3
    assert sorted(taken) == ["one", "two"]


def test_forms_that_break_the_server_go_last_the_next_time(phone: Page) -> None:
    poison = {"bad-1", "bad-2", "bad-3"}
    taken, _sizes = broken_by(phone, poison)
    script = QUEUED + "for (let n = 0; n < 3; n++) await Y.sync(b); return 0;"
    vault(phone, script, PIN, ENTRY, [*sorted(poison), "one", "two"])
    assert {"one", "two"} == set(taken)


def test_a_server_that_is_down_is_not_asked_a_hundred_times(phone: Page) -> None:
    forms = [f"form-{number}" for number in range(50)]
    _taken, sizes = broken_by(phone, set(forms))
    script = QUEUED + "await Y.sync(b); return (await Y.sync(b)).stuck;"
    assert vault(phone, script, PIN, ENTRY, forms) == len(forms)
    assert sizes == [50, 25, 13, 7, 4, 2, 1, 1, 1, 1], "the second time but twice"


def test_every_key_has_words_and_every_word_a_key() -> None:
    code = "\n".join(path.read_text() for path in STATIC.glob("*.js"))
    said = set(re.findall(r"""(?:say|tell)\("([a-z_]+)["]""", code))
    assert not said - set(WORDS)
    assert not [key for key in WORDS if f'"{key}"' not in code and not _made(key, code)]


def _made(key: str, code: str) -> bool:
    """Say whether a key is put together from a prefix and a state."""
    return any(
        f"say(`{key[: at + 1]}${{" in code
        for at, letter in enumerate(key)
        if letter == "_"
    )
