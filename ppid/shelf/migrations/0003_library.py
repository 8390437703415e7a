"""The whole library on the shelf: every approved version with its status, its words for the search, and its files."""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ppid.shelf.sheet_names import sheet_name


def fill(apps, schema_editor):
    """Give the sheets that are shown already what they now also say; until now each of them was in force."""
    for sop in apps.get_model("shelf", "PublishedSop").objects.using(schema_editor.connection.alias):
        sop.name = sheet_name(sop.title)
        sop.in_force_from = sop.approved_at.astimezone(datetime.timezone(datetime.timedelta(hours=7))).date()
        sop.steps = "\n".join(row["text"] for row in sop.sheet.get("rows", ()))
        sop.save(update_fields=["name", "in_force_from", "steps"])


def grant(apps, schema_editor):
    quote = schema_editor.quote_name
    schema_editor.execute(f"GRANT SELECT ON {quote('shelf_publishedsopfile')} TO {quote(settings.PORTAL_ROLE)}")


def revoke(apps, schema_editor):
    quote = schema_editor.quote_name
    schema_editor.execute(f"REVOKE SELECT ON {quote('shelf_publishedsopfile')} FROM {quote(settings.PORTAL_ROLE)}")


class Migration(migrations.Migration):

    dependencies = [
        ('shelf', '0002_portal_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedSopFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed', 'Lembar bertanda tangan'), ('f4', 'PDF ukuran F4'), ('archive', 'PDF arsip (PDF/A-3) dengan data lembar'), ('docx', 'Dokumen Word'), ('xlsx', 'Lembar kerja Excel'), ('json', 'Data lembar (JSON)')], max_length=10)),
                ('filename', models.CharField(max_length=40)),
                ('media_type', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='publishedsop',
            options={'ordering': ['title', '-version']},
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='ended_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='in_force_from',
            field=models.DateField(default=datetime.date(2000, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='name',
            field=models.CharField(default='', max_length=250),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='related',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='steps',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='theme',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='publishedsop',
            name='status',
            field=models.CharField(choices=[('in_force', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], default='in_force', max_length=10),
        ),
        migrations.AlterField(
            model_name='publishedsop',
            name='slug',
            field=models.SlugField(max_length=80),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddField(
            model_name='publishedsop',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='indonesian', weight='A'), '||', django.contrib.postgres.search.SearchVector('number', 'steps', config='indonesian', weight='B'), django.contrib.postgres.search.SearchConfig('indonesian')), '||', django.contrib.postgres.search.SearchVector('theme', 'unit_name', config='indonesian', weight='D'), django.contrib.postgres.search.SearchConfig('indonesian')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='publishedsop',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='sop_search'),
        ),
        migrations.AddIndex(
            model_name='publishedsop',
            index=models.Index(fields=['status', 'name', 'id'], name='sop_by_name'),
        ),
        migrations.AddIndex(
            model_name='publishedsop',
            index=models.Index(fields=['unit_code', 'status', 'name', 'id'], name='sop_by_unit'),
        ),
        migrations.AddIndex(
            model_name='publishedsop',
            index=models.Index(fields=['theme', 'status', 'name', 'id'], name='sop_by_theme'),
        ),
        migrations.AddIndex(
            model_name='publishedsop',
            index=models.Index(fields=['in_force_from'], name='sop_in_force_from'),
        ),
        migrations.AddConstraint(
            model_name='publishedsop',
            constraint=models.UniqueConstraint(fields=('slug', 'version'), name='shown_version_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedsop',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('slug',), name='one_shown_version_in_force'),
        ),
        migrations.AddConstraint(
            model_name='publishedsop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('status', 'in_force')), models.Q(('ended_on__isnull', False), ('status__in', ['superseded', 'retired'])), _connector='OR'), name='shown_version_ends_with_its_status'),
        ),
        migrations.AddField(
            model_name='publishedsopfile',
            name='sop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publishedsop'),
        ),
        migrations.AddConstraint(
            model_name='publishedsopfile',
            constraint=models.UniqueConstraint(fields=('sop', 'kind'), name='sop_file_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedsopfile',
            constraint=models.UniqueConstraint(fields=('sop', 'filename'), name='sop_file_name_once'),
        ),
        migrations.RunPython(grant, revoke),
    ]
