import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import ppid.shelf.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DikEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('information', models.TextField()),
                ('unit_code', models.SlugField()),
                ('unit_name', models.CharField(max_length=200)),
                ('legal_basis', models.TextField()),
                ('consequence_if_open', models.TextField()),
                ('consequence_if_closed', models.TextField()),
                ('scope', models.CharField(max_length=40)),
                ('term', models.CharField(max_length=200)),
                ('ends_on', models.DateField(null=True)),
                ('decree_number', models.CharField(max_length=120)),
                ('decree_date', models.DateField()),
                ('adopted_at', models.DateTimeField()),
                ('corrections', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-adopted_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.TextField()),
                ('kind', models.CharField(choices=[('excluded', 'Dikecualikan'), ('withdrawn', 'Dicabut')], max_length=10)),
                ('reason', models.TextField()),
                ('taken_off_at', models.DateTimeField()),
                ('ends_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['-taken_off_at'],
            },
        ),
        migrations.CreateModel(
            name='FormerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('key', models.SlugField(max_length=12)),
                ('taken_out_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('number', 'key'), name='former_address_once')],
            },
        ),
        migrations.CreateModel(
            name='PublishedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=500)),
                ('summary', models.TextField()),
                ('category', models.CharField(choices=[('periodic', 'Berkala'), ('immediate', 'Serta merta'), ('on_demand', 'Setiap saat')], max_length=10)),
                ('unit_code', models.SlugField()),
                ('unit_name', models.CharField(max_length=200)),
                ('responsible', models.CharField(max_length=200)),
                ('made_place', models.CharField(max_length=120)),
                ('made_when', models.CharField(max_length=120)),
                ('made_from', models.DateField(null=True)),
                ('made_to', models.DateField(null=True)),
                ('has_softcopy', models.BooleanField()),
                ('has_hardcopy', models.BooleanField()),
                ('on_request', models.BooleanField(default=False)),
                ('retention', models.CharField(max_length=120)),
                ('published_at', models.DateTimeField()),
                ('passport', models.JSONField()),
                ('sop_slug', models.SlugField(max_length=80)),
                ('sop_number', models.CharField(max_length=120)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='indonesian', weight='A'), '||', django.contrib.postgres.search.SearchVector('summary', config='indonesian', weight='B'), django.contrib.postgres.search.SearchConfig('indonesian')), '||', django.contrib.postgres.search.SearchVector('unit_name', 'responsible', config='indonesian', weight='D'), django.contrib.postgres.search.SearchConfig('indonesian')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='item_search'), models.Index(fields=['-published_at', '-id'], name='item_newest'), models.Index(fields=['category', '-published_at'], name='item_category_newest'), models.Index(fields=['unit_code', '-published_at'], name='item_unit_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', ['periodic', 'immediate', 'on_demand'])), name='item_category_is_public')],
            },
            bases=(ppid.shelf.models.Available, models.Model),
        ),
        migrations.CreateModel(
            name='PublishedSop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('version', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('in_force', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], default='in_force', max_length=10)),
                ('flow', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=250)),
                ('name', models.CharField(max_length=250)),
                ('theme', models.CharField(blank=True, max_length=80)),
                ('unit_code', models.SlugField()),
                ('unit_name', models.CharField(max_length=200)),
                ('number', models.CharField(max_length=120)),
                ('effective', models.CharField(max_length=40)),
                ('in_force_from', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('related', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('steps', models.TextField(blank=True)),
                ('sheet', models.JSONField()),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('pdf_size', models.PositiveBigIntegerField(help_text='bytes')),
                ('approved_at', models.DateTimeField()),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='indonesian', weight='A'), '||', django.contrib.postgres.search.SearchVector('number', 'steps', config='indonesian', weight='B'), django.contrib.postgres.search.SearchConfig('indonesian')), '||', django.contrib.postgres.search.SearchVector('theme', 'unit_name', config='indonesian', weight='D'), django.contrib.postgres.search.SearchConfig('indonesian')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'ordering': ['title', '-version'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='sop_search'), models.Index(fields=['status', 'name', 'id'], name='sop_by_name'), models.Index(fields=['unit_code', 'status', 'name', 'id'], name='sop_by_unit'), models.Index(fields=['theme', 'status', 'name', 'id'], name='sop_by_theme'), models.Index(fields=['in_force_from'], name='sop_in_force_from')],
                'constraints': [models.UniqueConstraint(fields=('slug', 'version'), name='shown_version_once'), models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('slug',), name='one_shown_version_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('status', 'in_force')), models.Q(('ended_on__isnull', False), ('status__in', ['superseded', 'retired'])), _connector='OR'), name='shown_version_ends_with_its_status')],
            },
        ),
        migrations.CreateModel(
            name='PublishedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=12)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=500)),
                ('filename', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publisheditem')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('item', 'position'), name='file_position_once'), models.UniqueConstraint(fields=('item', 'key'), name='file_address_once')],
            },
        ),
        migrations.CreateModel(
            name='PublishedSopFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed', 'Lembar bertanda tangan'), ('f4', 'PDF ukuran F4'), ('archive', 'PDF arsip (PDF/A-3) dengan data lembar'), ('docx', 'Dokumen Word'), ('xlsx', 'Lembar kerja Excel'), ('json', 'Data lembar (JSON)')], max_length=10)),
                ('filename', models.CharField(max_length=40)),
                ('media_type', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publishedsop')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('sop', 'kind'), name='sop_file_kind_once'), models.UniqueConstraint(fields=('sop', 'filename'), name='sop_file_name_once')],
            },
        ),
    ]
