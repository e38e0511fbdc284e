"""What an officer can be told about signing."""

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.errors import Refused


class NoAuthority(Refused):
    """The regency has no certificate authority yet."""

    code = "no_authority"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This regency has no certificate authority yet. The operator makes one"
                " with: smartkampung letters authority"
            )
        )


class NoCertificate(Refused):
    """The officer has no certificate in force."""

    code = "no_certificate"

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have no certificate to sign with. Ask for one on the page"
                ' "My certificate".'
            )
        )


class CertificateExpired(Refused):
    """The certificate ended by itself."""

    code = "certificate_expired"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your certificate has expired. Ask for a new one on the page"
                ' "My certificate".'
            )
        )


class OfficeOver(Refused):
    """The certificate names an office that the officer does not hold."""

    code = "office_over"

    def __init__(self) -> None:
        super().__init__(
            _(
                "You do not hold the office any more that your certificate names. Ask for"
                ' one in your present office on the page "My certificate".'
            )
        )


class AnotherOffice(Refused):
    """The certificate is of another place than the letter."""

    code = "another_office"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your certificate is of an office elsewhere: with it you cannot sign this"
                ' letter. Ask for one in this office on the page "My certificate".'
            )
        )


class WrongPassphrase(Refused):
    """The passphrase is another; the try was counted."""

    code = "wrong_passphrase"

    def __init__(self, left: int) -> None:
        super().__init__(
            _("The passphrase is wrong. Tries left before the key is locked: %(left)s.")
            % {"left": left}
        )
        self.left = left


class KeyLocked(Refused):
    """Too many wrong passphrases."""

    code = "key_locked"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your key is locked after five wrong passphrases. Revoke the"
                ' certificate and ask for a new one on the page "My certificate".'
            )
        )


class SigningUnavailable(Refused):
    """No signature can be had now."""

    code = "signing_unavailable"

    def __init__(self, why: str) -> None:
        super().__init__(UNAVAILABLE.get(why, UNAVAILABLE[""]))
        self.why = why


class SigningRefused(Refused):
    """There will be no signature before somebody mends something."""

    code = "signing_refused"

    def __init__(self, why: str) -> None:
        super().__init__(REFUSED.get(why, REFUSED[""]))
        self.why = why

    @property
    def of_the_signer(self) -> bool:
        """Say whether no letter of this signer would be signed, not only this one."""
        return self.why in {"certificate", "not_enrolled"}


UNAVAILABLE = {
    "not_set_up": _(
        "The national certificate service is not set up here: its address or its root"
        " is missing. Tell the operator."
    ),
    "not_safe": _(
        "The address of the national certificate service is not https. Nothing was"
        " sent; tell the operator."
    ),
    "not_looked_at": _(
        "What the signing service sent back could not be looked at. Nothing was kept;"
        " try again later."
    ),
    "": _("The signing service does not answer. Nothing was signed; try again later."),
    "wrong_time": _(
        "The time-stamp service tells another time than this system, or is not the one"
        " that the operator named. Nothing was signed; tell the operator."
    ),
    "no_time_stamp": _(
        "The time-stamp service does not answer. Nothing was signed; try again later."
    ),
}
REFUSED = {
    "": _("The signing service refused. Nothing was signed; tell the operator."),
    "certificate": _(
        "Your certificate is not accepted: it was revoked, or has expired. Ask for a"
        " new one."
    ),
    "not_enrolled": _(
        "The national certificate service does not know you. Enrol there first."
    ),
    "another_signature": _(
        "What the service sent back is not your signature on this letter. Nothing was"
        " kept; tell the operator."
    ),
    "not_a_pdf": _("This file cannot be signed: it is damaged, or no PDF."),
    "no_room": _(
        "This paper has no room for the name and number of the kecamatan: it was signed"
        " before papers had. Give it back, so that the village signs it anew."
    ),
    "signed_often_enough": _("This file carries all the signatures it may."),
}
