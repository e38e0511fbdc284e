"""Sign what was written so far, once, as it stands; from now on every event is signed."""

import json

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

import smartkampung.audit.models
from smartkampung.kernel.sealed import blind_index

OLD = """
    SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        name, by, target_kind, target_id, region_code, detail::text
    FROM audit_event WHERE id > %s ORDER BY id LIMIT 20000
"""


def sign_what_was_written(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        since = 0
        while True:
            cursor.execute(OLD, [since])
            rows = cursor.fetchall()
            if not rows:
                break
            cursor.execute(
                "UPDATE audit_event e SET mac = signed.mac"
                " FROM unnest(%s::bigint[], %s::bytea[]) AS signed (id, mac)"
                " WHERE e.id = signed.id",
                [[row[0] for row in rows], [_signature(row) for row in rows]],
            )
            since = rows[-1][0]
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def _signature(row):
    _number, *fields, detail = row
    text = json.dumps(
        [*fields, json.loads(detail)],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return blind_index(text, "audit.event")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_event_by")]
    operations = [
        migrations.AddField(
            model_name="event",
            name="mac",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="EventSeal",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("events", ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("mac", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("events__len__gt", 0)),
                        name="event_seal_holds_something",
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="event",
            name="act",
            field=models.UUIDField(
                db_default=smartkampung.audit.models.ThisAct(), null=True
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["act"], name="event_act"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eventseal",
            trigger=pgtrigger.compiler.Trigger(
                name="event_seal_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6f85fd3f828cc35a5366b09b240be47be172b55a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_event_seal_append_only_4d0cc",
                    table="audit_eventseal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(sign_what_was_written, migrations.RunPython.noop),
    ]
