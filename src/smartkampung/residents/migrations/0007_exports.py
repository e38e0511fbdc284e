from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0006_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(db_collation='C', max_length=30)),
                ('format', models.CharField(choices=[('xlsx', 'Workbook'), ('csv', 'Csv'), ('people', 'People')], max_length=6)),
                ('reason', models.CharField(max_length=300)),
                ('people', models.IntegerField()),
                ('large', models.BooleanField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('making', 'Making'), ('ready', 'Ready'), ('refused', 'Refused'), ('expired', 'Expired')], max_length=8)),
                ('asked_by', models.CharField(max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('decided_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('path', models.CharField(blank=True, max_length=80)),
                ('mark', models.CharField(max_length=20, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['region_code', '-asked_at'], name='export_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='export_approved_by_another'), models.CheckConstraint(condition=models.Q(('large', False), ('made_at', None), models.Q(('decided_by', ''), _negated=True), _connector='OR'), name='export_large_needs_approval')],
            },
        ),
    ]
