"""A note beside each job, deleted with it."""

import django.db.models.deletion
from django.db import migrations, models

GOES_WITH_ITS_JOB = """
ALTER TABLE kernel_jobnote ADD CONSTRAINT job_note_goes_with_its_job
    FOREIGN KEY (job_id) REFERENCES procrastinate_jobs (id) ON DELETE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0001_extensions"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.CreateModel(
            name="JobNote",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="procrastinate.procrastinatejob",
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.RunSQL(
            GOES_WITH_ITS_JOB,
            "ALTER TABLE kernel_jobnote DROP CONSTRAINT job_note_goes_with_its_job",
        ),
    ]
