"""``smartkampung letters`` and ``verify-letter``: the authority, and checks without a line.

``verify-letter`` opens no database and no network: it judges by files that were taken
home from /v/keys/ and /v/revoked/.
"""

import base64
import json
import sys
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from rich.console import Console

from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.letters.requests.actions.holidays import load_holidays
from smartkampung.letters.requests.actions.villages import begin_numbers_of_kecamatan
from smartkampung.letters.signing.actions.authority import (
    distrust_letter_key,
    make_authority,
    new_letter_key,
)
from smartkampung.letters.signing.actions.certificates import revoke_certificate
from smartkampung.letters.signing.checked import TookTooLong
from smartkampung.letters.signing.models import Authority
from smartkampung.letters.signing.offline import (
    Judged,
    Taken,
    is_old,
    judged_pdf,
    judged_text,
)
from smartkampung.letters.signing.queries.certificates import certificate_in_force
from smartkampung.letters.signing.rules import payload as square
from smartkampung.letters.signing.rules import revoked
from smartkampung.letters.signing.rules.verdicts import Verdict
from smartkampung.letters.signing.words import FAULTS, VERDICTS
from smartkampung.regions.queries import regency, region

app = typer.Typer(no_args_is_help=True, help="The authority behind letters.")
# Plain: to the console, ":ab:" in a fingerprint is a picture.
out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
# 1 is trouble with files, 2 a wrong word on the line.
EXIT = {
    Verdict.VALID: 0,
    Verdict.SIGNED: 3,
    Verdict.EXPIRED: 4,
    Verdict.SIGNED_EXPIRED: 4,
    Verdict.REVOKED: 5,
    Verdict.REPLACED: 5,
    Verdict.ALTERED: 6,
    Verdict.NOT_OURS: 6,
    Verdict.UNKNOWN: 6,
    Verdict.NOT_TIED: 6,
    Verdict.UNSIGNED: 6,
    Verdict.NOT_ISSUED: 6,
    Verdict.DISTRUSTED: 7,
}
# Longer names of files are known to no system.
LONGEST_PATH = 200


@app.callback()
def _letters() -> None:
    """Look after the certificate authority of the regency."""


@app.command()
def authority(
    new: Annotated[
        bool, typer.Option("--new", help="Make another; the present one retires.")
    ] = False,
) -> None:
    """Make the authority that issues certificates to officers, and the key of squares."""
    here = regency()
    if here is None:
        raise Trouble(
            "No regency is loaded yet. First run: smartkampung regions load FOLDER"
        )
    if Authority.objects.filter(retired_at=None).exists() and not new:
        raise Trouble(
            "There is an authority already. To make another, add --new: letters signed"
            " before stay good, and officers sign on by their certificates until those expire."
        )
    row = make_authority(regency=here.name, by=f"cli:{getuser()}", at=now())
    root = x509.load_pem_x509_certificate(row.root_pem.encode())
    fingerprint = root.fingerprint(hashes.SHA256()).hex(":")
    out.print(f"The authority of {row.regency} is made. Its root, SHA-256:")
    out.print(fingerprint)
    out.print("Publish this on paper: whoever checks letters compares it.")


@app.command("new-key")
def new_key() -> None:
    """Sign squares by a new key from now on; papers printed before stay good."""
    try:
        row = new_letter_key(by=f"cli:{getuser()}", at=now())
    except Refused as refusal:
        raise Trouble(str(refusal.message)) from None
    out.print(f"Squares are signed by key {row.number} now.")


@app.command("distrust-key")
def distrust_key(number: Annotated[int, typer.Argument(help="Of the key.")]) -> None:
    """Believe no square of a key that was stolen or lost, for good."""
    try:
        distrust_letter_key(number=number, by=f"cli:{getuser()}", at=now())
    except Refused as refusal:
        raise Trouble(str(refusal.message)) from None
    out.print(f"Squares of key {number} prove nothing any more by themselves.")
    out.print("Whoever checks without a network has to take /v/keys/ again.")


@app.command()
def revoke(
    username: Annotated[str, typer.Argument(help="Whose certificate ends.")],
    reason: Annotated[str, typer.Option(help="Why, as the list of events keeps it.")],
) -> None:
    """End the certificate of an officer, now and for good; letters signed before stay."""
    found = certificate_in_force(username)
    if found is None:
        raise Trouble(f"{username} has no certificate in force.")
    if not reason.strip():
        raise Trouble("Say why it ends, with --reason.")
    revoke_certificate(
        certificate=found, reason=reason, by=f"cli:{getuser()}", at=now()
    )
    out.print(f"The certificate of {username} ({found.serial}) is revoked.")


@app.command()
def holidays(
    file: Annotated[Path, typer.Argument(help="CSV: on,kind,id,en; one year.")],
    year: Annotated[int, typer.Option(help="Of which year.")],
    source: Annotated[str, typer.Option(help="Number of the decree.")],
) -> None:
    """Load the public holidays of a year, in place of those that ship with the program."""
    with plain_words(file):
        text = file.read_text(encoding="utf-8-sig")
    try:
        row = load_holidays(
            year=year, text=text, source=source, by=f"cli:{getuser()}", at=now()
        )
    except Refused as refusal:
        raise Trouble(str(refusal.message)) from None
    out.print(f"{len(row.days)} holidays of {year} hold from now on ({row.source}).")


@app.command("begin-numbers")
def begin_numbers(
    kecamatan: Annotated[str, typer.Argument(help="Its code.")],
    first: Annotated[int, typer.Argument(help="One more than the paper book has.")],
) -> None:
    """Begin this year's numbers of a kecamatan that signs, too, where its book ended."""
    place = region(kecamatan)
    if place is None or place.kind != place.Kind.KECAMATAN:
        raise Trouble(f"{kecamatan} is the code of no kecamatan here.")
    try:
        begin_numbers_of_kecamatan(
            kecamatan_code=place.code, first=first, by=f"cli:{getuser()}", at=now()
        )
    except Refused as refusal:
        raise Trouble(str(refusal.message)) from None
    out.print(f"The next letter that Kecamatan {place.name} signs has number {first}.")


def verify_letter(
    file: Annotated[str, typer.Argument(help="A PDF, the text of a square, or -.")],
    keys: Annotated[
        Path | None, typer.Option(help="Folder with keys.json from /v/keys/.")
    ] = None,
    revoked_list: Annotated[
        Path | None, typer.Option("--revoked", help="The file from /v/revoked/.")
    ] = None,
    lang: Annotated[str, typer.Option(help="id or en.")] = "id",
) -> None:
    """Check a letter without a network. Exit codes: 0 valid, 3 real but whether revoked
    is not known, 4 expired, 5 revoked, 6 altered or not ours, 7 by a key
    that was stolen or lost."""
    taken = _taken(keys or Path(settings.HOME) / "letters", revoked_list)
    with override(lang):
        found = _judged(file, taken)
        _tell(found, taken)
    raise typer.Exit(EXIT[found.verdict])


def _taken(folder: Path, listed: Path | None) -> Taken:
    path = folder / "keys.json"
    with plain_words(path):
        text = path.read_text() if path.exists() else ""
    if not text:
        raise Trouble(
            f"There is no {path}. Take it from the page /v/keys/ of the regency, while"
            " there is a network, and name its folder with --keys."
        )
    try:
        told = json.loads(text)
        public = {int(n): base64.b64decode(key) for n, key in told["keys"].items()}
        distrusted = frozenset(map(int, told.get("distrusted", [])))
        villages = {str(at): str(name) for at, name in told.get("villages", {}).items()}
        roots, outside, clocks = (
            [x509.load_pem_x509_certificate(pem.encode()) for pem in told[name]]
            for name in ("roots", "outside", "clocks")
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Trouble(f"{path} is no file of keys. Take it again.") from None
    trusted = {n: key for n, key in public.items() if n not in distrusted}
    ended = _list(listed or folder / "revoked.json", listed, trusted)
    return Taken(public, roots, ended, outside, clocks, distrusted, villages)


def _list(
    path: Path, asked: Path | None, public: dict[int, bytes]
) -> revoked.RevokedList | None:
    if not path.exists():
        if asked:
            raise Trouble(f"There is no {path}. Take it from the page /v/revoked/.")
        return None
    try:
        return revoked.read(path.read_text(), public.get)
    except revoked.BadList:
        raise Trouble(
            f"{path} was not signed by a key in keys.json, or was changed. Take both again."
        ) from None


def _judged(file: str, taken: Taken) -> Judged:
    if file == "-":
        content = sys.stdin.buffer.read()
    elif square.looks_like(file):
        content = file.encode()
    elif len(file) < LONGEST_PATH and Path(file).is_file():
        content = Path(file).read_bytes()
    else:
        raise Trouble(f"There is no file {file[:60]}, and it is no text of a square.")
    if content.startswith(b"%PDF-"):
        try:
            return judged_pdf(content, taken, on=today())
        except TookTooLong:
            raise Trouble("Reading the file took too long. Try again.") from None
    return judged_text(content.decode(errors="replace"), taken, on=today())


def _tell(found: Judged, taken: Taken) -> None:
    said = VERDICTS[found.verdict]
    out.print(str(said.title), style="bold")
    out.print(str(said.text))
    for each in found.signatures:
        words = str(FAULTS[each.fault]) if each.fault else _("holds")
        who = _plain(f"{each.name}, {each.title}, {each.office}")
        out.print(f"  {_('Signed by')}: {who}: {words}")
    if found.payload:
        told = found.payload
        out.print(f"  {_('Number')}: {_plain(told.number)}")
        out.print(f"  {_('Letter')}: {_plain(_kind(told.kind))}")
        name = taken.villages.get(told.village_code, told.village_code)
        out.print(f"  {_('Village')}: {_plain(name)}")
        out.print(f"  {_('Issued on')}: {long_day(told.issued_on)}")
        if told.valid_until:
            out.print(f"  {_('Holds until')}: {long_day(told.valid_until)}")
    if taken.revoked:
        when = _until(taken.revoked.at)
        out.print(_("The list of revoked letters knows until %(day)s.") % {"day": when})
        if is_old(taken.revoked, on=today()):
            out.print(
                _("That is too long ago: take it again from the page /v/revoked/.")
            )
    for root in taken.roots:
        out.print(f"{_('Compare with the published root')}, SHA-256:")
        out.print(f"  {root.fingerprint(hashes.SHA256()).hex(':')}")


def _plain(text: str) -> str:
    """Return text that moves no cursor: strangers write names of certificates, too."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _kind(code: str) -> str:
    """Return what a kind is called where it is known without a register."""
    known = shipped().get(code)
    return known.kind.title.of(get_language() or "id") if known else code


def _until(at: datetime) -> str:
    return long_day(at)
