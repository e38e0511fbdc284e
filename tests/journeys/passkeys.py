"""A device with passkeys, played by Chromium's virtual authenticator."""

import re
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """The authenticator of one browser."""

    def __init__(self, page: Page) -> None:
        self.browser: CDPSession = page.context.new_cdp_session(page)
        self.browser.send("WebAuthn.enable")
        added = self.browser.send(
            "WebAuthn.addVirtualAuthenticator", {"options": DEVICE}
        )
        self.id: str = added["authenticatorId"]

    def tell(self, what: str, **details: Any) -> dict[str, Any]:
        """Send a command about this device."""
        answer: dict[str, Any] = self.browser.send(
            f"WebAuthn.{what}", {"authenticatorId": self.id, **details}
        )
        return answer

    def only_key(self) -> dict[str, Any]:
        """Return the one passkey on the device."""
        [key] = self.tell("getCredentials")["credentials"]
        return dict(key)


def add_passkey(page: Page, name: str) -> None:
    """Add a passkey of the browser's device to the account that is signed in."""
    page.goto("/accounts/2fa/passkeys/add/")
    page.fill("input[name=name]", name)
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(re.compile("/add/$"))
