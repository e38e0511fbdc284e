"""What was given to who may not do it is everybody's, and the database keeps it so."""

from django.db import migrations, models

# Given to an RT or a pillar when it was theirs, too: since 0003 it is of who lets in.
FREE = """
    UPDATE worklist_workitem SET given_to = '', given_by = '', given_until = NULL
    WHERE given_to <> '' AND closed_at IS NULL
        AND permission = 'isolation.arrival_await'
"""

# What waited before 0003 names nobody yet: who asked found it on their own list.
ASKED = """
    SELECT set_config('sk.actor', 'job', true);
    UPDATE worklist_workitem item SET not_by = ARRAY[asked.by]
    FROM (
        SELECT 'voice.broadcast:' || id AS target, by FROM voice_broadcast
        UNION ALL
        SELECT 'residents.correction:' || id, asked_by FROM residents_correction
        UNION ALL
        SELECT 'residents.export:' || id, asked_by FROM residents_export
        UNION ALL
        SELECT 'field.record:' || record.id, username
        FROM field_record record JOIN accounts_staff staff ON staff.id = record.staff_id
    ) asked
    WHERE item.target = asked.target AND item.closed_at IS NULL AND not_by = '{}'
        AND kind IN (
            'voice.approve_broadcast', 'residents.correction',
            'residents.export_approval', 'field.review', 'field.review_health',
            'field.ended', 'field.ended_health'
        )
"""

# Closed work keeps who had it: only where they could not have had it, it says nothing.
BARRED = """
    UPDATE worklist_workitem SET given_to = '', given_by = '', given_until = NULL
    WHERE given_to = ANY(not_by)
"""

UNDO = migrations.RunSQL.noop


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0003_who_may_do_what_waits"),
        ("accounts", "0005_devices"),
        ("field", "0005_a_colleague_corrects_an_answer"),
        ("residents", "0010_person_merged_into"),
        ("voice", "0004_danger_needs_two_and_grounds"),
    ]
    operations = [
        migrations.RunSQL(FREE, UNDO),
        migrations.RunSQL(ASKED, UNDO),
        migrations.RunSQL(BARRED, UNDO),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                name="work_item_given_to_who_may",
                condition=models.Q(given_to="")
                | ~models.Q(not_by__contains=[models.F("given_to")]),
            ),
        ),
    ]
