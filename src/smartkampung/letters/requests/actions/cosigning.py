"""The kecamatan signs a letter of a village, too, and gives it a number of its own."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.drawing import Cosigned, render_cosigned
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions.handling import held
from smartkampung.letters.requests.actions.history import (
    MAY,
    locked,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.issuing import issue, keep_file
from smartkampung.letters.requests.actions.numbers import (
    enter,
    give_back,
    next_number,
)
from smartkampung.letters.requests.actions.refusals import CannotStep
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.models.letters import PRINTED
from smartkampung.letters.requests.queries.requests import bars_for, has_read
from smartkampung.letters.requests.queries.villages import rule_of
from smartkampung.letters.requests.rules.steps import Bar, Did, Step
from smartkampung.letters.signing.actions.sign import OpenedPen, unlock
from smartkampung.letters.signing.ports import Laid, Words
from smartkampung.regions.codes import ancestor


def cosign(
    *, request: LetterRequest, by: Actor, passphrase: str, at: datetime
) -> Letter:
    """Add number, name and signature of the kecamatan; raise as ``signing.sign``."""
    _may_cosign(request, by)
    pen = unlock(staff_id=by.staff_id, passphrase=passphrase, at=at)
    with transaction.atomic():
        answer = _cosign(pen, locked(request), by, at)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _cosign(
    pen: OpenedPen, row: LetterRequest, by: Actor, at: datetime
) -> Letter | Refused:
    try:
        _may_cosign(row, by)
        letter = Letter.objects.select_related("entry").get(
            request=row, given_up_at=None
        )
        content = _as_read(letter, row, by)
        # What the village signed by; it need not offer that any more.
        wording = wording_by(row.kind, row.wording_version) or held(row, at)
    except Refused as refusal:
        return refusal
    place, on, before = ancestor(row.village_code, "kecamatan"), day(at), letter.file
    # As the village's: lent under the lock of its series until the letter is there.
    rule = rule_of(place)
    number = next_number(rule, wording, on=on)
    name = Staff.objects.get(pk=by.staff_id).full_name
    said = Cosigned(rule.text(number, wording, on=on), name, pen.nip)
    words = Words(reason=letter.entry.text, laid=_laid(said, letter.language, at))
    try:
        signed = pen.sign(content, region_code=place, at=at, words=words)
    except Refused as refusal:
        give_back(rule, wording, on=on)
        return refusal
    transaction.on_commit(lambda: files.forget(before))
    letter.cosign_entry = enter(rule, wording, number, on=on)
    letter.cosigner_id = by.staff_id
    letter.printed = _printed(letter, said)
    keep_file(letter, signed.pdf, at=at)
    written_down(row, Did.COSIGNED, by=by.username, at=at)
    issue(letter, row, by=by.username, at=at)
    record("letters.cosigned", target=row, by=by.username, region_code=row.village_code)
    return letter


def _laid(said: Cosigned, lang: str, at: datetime) -> Laid:
    with override(lang):
        words = "\n".join(words for _name, words in said.lines() if words)
    return Laid(words, render_cosigned(said, lang=lang, at=at))


def _printed(letter: Letter, said: Cosigned) -> Sealed:
    """Return what stands on the paper now; what the square proves stays as it is."""
    kept = json.loads(letter.printed.open())
    with override(letter.language):
        kept["cosigned"] = [("", words) for _name, words in said.lines() if words]
    return Sealed.of(json.dumps(kept, ensure_ascii=False), PRINTED)


def _as_read(letter: Letter, row: LetterRequest, by: Actor) -> bytes:
    """Return the file that the village signed and the kecamatan read; CannotStep."""
    content = files.read(letter.file)
    print_ = hashlib.sha256(content).digest()
    if print_ != bytes(letter.sha256) or not has_read(by, row, print_.hex()):
        raise CannotStep([Bar.NOT_READ])
    return content


def _may_cosign(row: LetterRequest, by: Actor) -> None:
    require(by, MAY[Step.COSIGN], row)
    bars = bars_for(by, row, Step.COSIGN)
    if bars:
        raise CannotStep(bars)
