"""Messages out, who wants none of them, and what became of them."""

from smartkampung.notify.actions.opting import opt_in, opt_out
from smartkampung.notify.actions.receipts import ReceiptState, take_receipt
from smartkampung.notify.actions.sending import (
    deliver,
    end_silence,
    send,
    silence,
    stop_about,
)

__all__ = [
    "ReceiptState",
    "deliver",
    "end_silence",
    "opt_in",
    "opt_out",
    "send",
    "silence",
    "stop_about",
    "take_receipt",
]
