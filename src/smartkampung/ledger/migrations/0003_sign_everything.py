"""Sign accounts, and what was written before transfers were signed: once, here.

From now on nothing unsigned is ever chained. What came without a signature after the
first seal was not written by the program, and stays unsigned.
"""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from smartkampung.kernel.sealed import blind_index

OLD = r"""
    SELECT t.id, l.position, l.seal_id, l.mac, concat_ws(E'\x1f', t.key, t.kind,
        to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), t.by)
        || coalesce((SELECT string_agg(E'\x1f' || account_id || E'\x1e' || amount, ''
            ORDER BY account_id COLLATE "C", amount)
            FROM ledger_entry WHERE transfer_id = t.id), '')
    FROM ledger_transfer t LEFT JOIN ledger_chainlink l ON l.transfer_number = t.id
    WHERE t.mac IS NULL
        AND (l.seal_id = 1 OR NOT EXISTS (SELECT FROM ledger_seal))
"""
ACCOUNTS = r"""
    SELECT code, concat_ws(E'\x1f', code, commodity,
        CASE WHEN may_go_below_zero THEN 'below zero' ELSE 'never below zero' END)
    FROM ledger_account
"""


def sign_everything(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ACCOUNTS)
        accounts = [
            (blind_index(text, "ledger.account"), code)
            for code, text in cursor.fetchall()
        ]
        if accounts:
            _refuse_a_second_time()
        cursor.executemany("UPDATE ledger_account SET mac = %s WHERE code = %s", accounts)
        cursor.execute(OLD)
        old = [(_signature(row), row[0]) for row in cursor.fetchall()]
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER USER")
        cursor.executemany("UPDATE ledger_transfer SET mac = %s WHERE id = %s", old)
        cursor.execute("ALTER TABLE ledger_transfer ENABLE TRIGGER USER")


def _signature(row):
    """Sign a transfer, unless its link in the first seal says that it was changed."""
    number, position, seal, link, text = row
    mac = blind_index(text, "ledger.transfer")
    if link is None:
        return mac
    says = "\x1f".join([str(position), str(number), str(seal), mac.hex()])
    return mac if bytes(link) == blind_index(says, "ledger.link") else None


def _refuse_a_second_time():
    """Stop who made this migration look undone, to have forged rows signed."""
    kept = Path(settings.HOME) / "checkpoints" / "last-seal.json"
    if kept.exists():
        raise RuntimeError(
            f"This ledger was signed before: {kept} is there. Somebody changed the"
            " database; see docs/how-to/verify.md."
        )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_seals")]
    operations = [
        migrations.AddField(
            model_name="account", name="mac", field=models.BinaryField(null=True)
        ),
        migrations.RunPython(sign_everything, migrations.RunPython.noop),
    ]
