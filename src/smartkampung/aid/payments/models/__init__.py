"""Tables of payments."""

from smartkampung.aid.payments.models.account_lists import (
    AccountList,
    AccountListPart,
)
from smartkampung.aid.payments.models.accounts import BankAccount
from smartkampung.aid.payments.models.answers import PaymentAnswer, PaymentNotice
from smartkampung.aid.payments.models.batches import Payment, PaymentBatch
from smartkampung.aid.payments.models.recalls import PaymentRecall
from smartkampung.aid.payments.models.work import PaymentWork

__all__ = [
    "AccountList",
    "AccountListPart",
    "BankAccount",
    "Payment",
    "PaymentAnswer",
    "PaymentBatch",
    "PaymentNotice",
    "PaymentRecall",
    "PaymentWork",
]
