"""One verification suite for every message service, the fake among them."""

import io
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from smartkampung.notify.adapters import service
from smartkampung.notify.adapters.apprise_service import AppriseService
from smartkampung.notify.adapters.console import Console
from smartkampung.notify.adapters.fake import Fake
from smartkampung.notify.adapters.smtp import Smtp
from smartkampung.notify.ports import Port, Unavailable, Undeliverable

TEXT = "Ada kabar untuk Anda — buka kode."
TO = "+6281234500001"


class MailServer:
    """A real SMTP server on this machine, which can be told to refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusal = ""
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


class WebHook(ThreadingHTTPServer):
    """A message service with a web interface, as apprise speaks to."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), WebHookAnswer)
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class WebHookAnswer(BaseHTTPRequestHandler):
    """Takes whatever is posted."""

    server: WebHook

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.server.bodies.append({"path": self.path, **body})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing on the console."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Rig:
    """A service under test, what reached its other end, and how to cut it off."""

    port: Port
    received: Callable[[], list[str]]
    cut: Callable[[], object] | None


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    server = MailServer()
    server.controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    if not server.controller.loop.is_closed():
        server.controller.stop()


@pytest.fixture
def web_hook() -> Iterator[WebHook]:
    server = WebHook()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["fake", "console", "smtp", "apprise"])
def rig(
    request: pytest.FixtureRequest, mail_server: MailServer, web_hook: WebHook
) -> Rig:
    fake, printed = Fake(), io.StringIO()
    webhook = f"json://127.0.0.1:{web_hook.server_port}/{{to}}"
    return {
        "fake": Rig(
            fake,
            lambda: [sent.text for sent in fake.sent],
            lambda: setattr(fake, "down", True),
        ),
        "console": Rig(Console(printed), lambda: printed.getvalue().splitlines(), None),
        "smtp": Rig(
            Smtp(gateway="sms.example"),
            lambda: [mail.get_content() for mail in mail_server.mails],
            mail_server.controller.stop,
        ),
        "apprise": Rig(
            AppriseService(webhook),
            lambda: [body["message"] for body in web_hook.bodies],
            web_hook.server_close,
        ),
    }[request.param]


def test_a_text_arrives_whole(rig: Rig) -> None:
    rig.port.deliver(to=TO, text=TEXT, key="news/1")
    (text,) = rig.received()
    assert TEXT in text


def test_two_people_get_one_each(rig: Rig) -> None:
    rig.port.deliver(to=TO, text=TEXT, key="news/1")
    rig.port.deliver(to="+6281234500002", text=TEXT, key="news/2")
    assert len(rig.received()) == 2


def test_a_service_that_is_down_says_so_without_the_address(rig: Rig) -> None:
    if rig.cut is None:
        assert isinstance(rig.port, Console)  # a console is never down
        return
    rig.cut()
    with pytest.raises(Unavailable) as raised:
        rig.port.deliver(to=TO, text=TEXT, key="news/1")
    assert TO[-4:] not in str(raised.value)


def test_a_console_shows_only_the_end_of_the_address() -> None:
    printed = io.StringIO()
    Console(printed).deliver(to=TO, text=TEXT, key="k")
    assert printed.getvalue() == f"[message to …0001] {TEXT}\n"


def test_a_phone_goes_through_the_gateway_and_an_address_goes_as_it_is(
    mail_server: MailServer,
) -> None:
    smtp = Smtp(gateway="sms.example")
    smtp.deliver(to=TO, text=TEXT, key="a")
    smtp.deliver(to="wayan@desa.example", text=TEXT, key="b")
    assert [mail["To"] for mail in mail_server.mails] == [
        "6281234500001@sms.example",
        "wayan@desa.example",
    ]


def test_the_same_message_has_the_same_id_so_that_a_second_copy_is_dropped(
    mail_server: MailServer,
) -> None:
    for _ in range(2):
        Smtp(gateway="sms.example").deliver(to=TO, text=TEXT, key="news/1")
    first, second = (mail["Message-ID"] for mail in mail_server.mails)
    assert first == second


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 no such person", Undeliverable),
        ("451 come back later", Unavailable),
        ("421 too busy", Unavailable),
    ],
)
def test_mail_servers_say_whether_to_come_back(
    mail_server: MailServer, answer: str, outcome: type[Exception]
) -> None:
    mail_server.refusal = answer
    with pytest.raises(outcome, match=f"SMTP {answer[:3]}"):
        Smtp(gateway="sms.example").deliver(to=TO, text=TEXT, key="k")


def test_a_phone_without_a_gateway_is_never_deliverable() -> None:
    with pytest.raises(Undeliverable, match="SMARTKAMPUNG_SMS_GATEWAY"):
        Smtp().deliver(to=TO, text=TEXT, key="k")


def test_an_apprise_address_that_is_none_is_never_deliverable() -> None:
    with pytest.raises(Undeliverable):
        AppriseService("nonsense").deliver(to=TO, text=TEXT, key="k")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("console", Console), ("smtp", Smtp), ("apprise", AppriseService), ("fake", Fake)],
)
def test_services_are_chosen_by_name(name: str, kind: type) -> None:
    assert isinstance(service(name), kind)


def test_an_unknown_service_is_named() -> None:
    with pytest.raises(ValueError, match="SMARTKAMPUNG_MESSAGES=pigeon"):
        service("pigeon")
