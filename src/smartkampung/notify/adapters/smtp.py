"""E-mail through Django's SMTP backend; phones through an e-mail-to-SMS gateway."""

import hashlib
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from smartkampung.notify.ports import Unavailable, Undeliverable

PERMANENT = 500


@dataclass(frozen=True)
class Smtp:
    """Sends to an e-mail address, or to ``<digits>@gateway`` when given a phone."""

    gateway: str = ""

    def deliver(self, *, to: str, text: str, key: str) -> None:
        """Send one e-mail; the same key gives the same Message-ID."""
        address = self._address(to)
        message = EmailMessage(
            subject=_("There is news for you"),
            body=text,
            to=[address],
            headers={"Message-ID": _message_id(key)},
            connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _reason in error.recipients.values()]
            raise _problem(min(codes)) from None
        except smtplib.SMTPResponseException as error:
            raise _problem(error.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(type(error).__name__) from None

    def _address(self, to: str) -> str:
        if "@" in to:
            return to
        if not self.gateway:
            raise Undeliverable("no gateway for phones: set SMARTKAMPUNG_SMS_GATEWAY")
        return f"{to.lstrip('+')}@{self.gateway}"


def _problem(code: int) -> Exception:
    # 4xx asks to come back later; 5xx about one message will not change.
    kind = Undeliverable if code >= PERMANENT else Unavailable
    return kind(f"SMTP {code}")


def _message_id(key: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@smartkampung>"


def from_settings() -> Smtp:
    """Return mail as the operator configured it."""
    return Smtp(gateway=settings.MESSAGES_GATEWAY)


def email_only() -> Smtp:
    """Return the channel of e-mail, which reaches no phone whatever is configured."""
    return Smtp()
