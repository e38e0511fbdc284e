"""Append-only double entry for rupiah and for goods."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Account(models.Model):
    """Where money or goods are. ``balance`` is kept by ``ledger.actions.transfer``.

    Promise kept by the database: an account that may not go below zero does not
    (``account_never_below_zero``). Amounts are whole units of the commodity
    (``IDR`` or an item code). ``mac`` signs everything but the balance.
    """

    code = models.CharField(max_length=80, primary_key=True)
    commodity = models.CharField(max_length=20)
    may_go_below_zero = models.BooleanField(default=False)
    balance = models.BigIntegerField(default=0)
    mac = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_never_below_zero",
                condition=Q(may_go_below_zero=True) | Q(balance__gte=0),
            )
        ]


_append_only = pgtrigger.Update | pgtrigger.Delete


class Transfer(models.Model):
    """One movement, done once: the key is unique (``transfer_done_once``).

    ``mac`` signs key, kind, time, writer and entries with a key that is not in the
    database. What was written before transfers were signed, migration 0003 signed once.
    """

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    mac = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="transfer_done_once")
        ]
        triggers = [
            pgtrigger.Protect(name="transfer_append_only", operation=_append_only)
        ]


class Entry(models.Model):
    """One side of a transfer.

    Promises kept by the database: the entries of a transfer sum to zero for each
    commodity (deferred trigger ``entries_sum_to_zero``), and are never changed or
    deleted (``entry_append_only``).
    """

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="entry_moves_something", condition=~Q(amount=0))
        ]
        triggers = [
            pgtrigger.Protect(name="entry_append_only", operation=_append_only),
            pgtrigger.Trigger(
                name="entries_sum_to_zero",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM ledger_entry e JOIN ledger_account a
                            ON a.code = e.account_id
                        WHERE e.transfer_id = NEW.transfer_id
                        GROUP BY a.commodity HAVING sum(e.amount) <> 0
                    ) THEN
                        RAISE EXCEPTION 'entries of transfer % do not sum to zero',
                            NEW.transfer_id
                            USING ERRCODE = 'check_violation',
                                CONSTRAINT = 'entries_sum_to_zero';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class Seal(models.Model):
    """The end of one stretch of the chain of transfers; each signs the one before.

    Numbers and positions have no gaps. Promises kept by the database: a seal is never
    changed or deleted (``seal_append_only``) and holds at least one transfer
    (``seal_holds_something``).
    """

    number = models.PositiveIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seal_holds_something", condition=Q(last__gte=F("first"))
            )
        ]
        triggers = [pgtrigger.Protect(name="seal_append_only", operation=_append_only)]


class ChainLink(models.Model):
    """The place of one transfer in the chain, signed.

    Not a foreign key, so that a transfer that vanished is missed. Promises kept by the
    database: a transfer stands in the chain once (``chain_link_once``), for good
    (``chain_link_append_only``).
    """

    position = models.BigIntegerField(primary_key=True)
    transfer_number = models.BigIntegerField()
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="links")
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer_number"], name="chain_link_once")
        ]
        triggers = [
            pgtrigger.Protect(name="chain_link_append_only", operation=_append_only)
        ]
