import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppid.shelf.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('page', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('read', 'Isinya dapat dicari'), ('scanned', 'Hasil pindai, teksnya belum terbaca'), ('unreadable', 'Isinya tidak dapat dibaca')], max_length=10)),
                ('why', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='DutyFill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty_code', models.SlugField()),
                ('unit_code', models.SlugField()),
                ('period', models.CharField(blank=True, max_length=6)),
                ('number', models.CharField(max_length=20)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, size=None)),
            ],
            options={
                'ordering': ['duty_code', 'unit_code', '-period', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DutyScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('unit_code', models.SlugField(blank=True)),
                ('unit_name', models.CharField(max_length=200)),
                ('taken_on', models.DateField()),
                ('rubric', models.PositiveSmallIntegerField()),
                ('points', models.DecimalField(decimal_places=2, max_digits=7)),
                ('out_of', models.PositiveIntegerField()),
                ('counts', models.JSONField()),
                ('cells', models.JSONField()),
            ],
            options={
                'ordering': ['year', 'quarter', 'unit_name'],
            },
        ),
        migrations.CreateModel(
            name='DutyWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty_code', models.SlugField()),
                ('unit_code', models.SlugField()),
                ('period', models.CharField(blank=True, max_length=6)),
                ('kind', models.CharField(choices=[('nil', 'Nihil'), ('not_required', 'Tidak wajib'), ('worked_on', 'Dikerjakan')], max_length=12)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('held_by', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['duty_code', 'unit_code', '-period', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=12)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=500)),
                ('filename', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FamilyWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('word', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=120, unique=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
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
        ),
        migrations.CreateModel(
            name='ItemCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(max_length=10)),
                ('unit_code', models.SlugField()),
                ('year', models.PositiveSmallIntegerField()),
                ('n', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='KnownBytes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('item', 'Informasi'), ('announcement', 'Lembar pengumuman'), ('sop', 'Lembar SOP'), ('annex', 'Lampiran daftar')], max_length=12)),
                ('number', models.CharField(max_length=80)),
                ('edition', models.PositiveIntegerField()),
                ('published_at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=40)),
                ('unit_name', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, choices=[('replaced', 'Digantikan'), ('withdrawn', 'Dicabut'), ('wrongly_published', 'Salah terbit'), ('excluded', 'Dikecualikan'), ('covered', 'Dicetak ulang karena sebuah barisnya ditutup atau diralat')], max_length=20)),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LeadTimeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(max_length=10)),
                ('unit_code', models.SlugField()),
                ('days', models.PositiveSmallIntegerField()),
                ('n', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('position', models.PositiveBigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='MonthCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('category', models.CharField(max_length=10)),
                ('n', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='MonthlyDownloads',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('kind', models.CharField(max_length=10)),
                ('n', models.PositiveBigIntegerField()),
            ],
            options={
                'ordering': ['-month', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='PagePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_sha256', models.CharField(max_length=64)),
                ('page', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveSmallIntegerField(help_text='pixels')),
                ('height', models.PositiveSmallIntegerField(help_text='pixels')),
            ],
            options={
                'ordering': ['file_sha256', 'page'],
            },
        ),
        migrations.CreateModel(
            name='PublishedAnnex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
            ],
            options={
                'ordering': ['edition', 'part'],
            },
        ),
        migrations.CreateModel(
            name='PublishedAnnouncement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('text', models.CharField(max_length=200)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('published_at', models.DateTimeField()),
                ('ends_on', models.DateField(db_index=True)),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('urgent_since', models.DateTimeField(null=True)),
                ('first_published_at', models.DateTimeField(null=True)),
                ('follow_from', models.PositiveSmallIntegerField(null=True)),
                ('follow_to', models.PositiveSmallIntegerField(null=True)),
                ('follow_by', models.DateTimeField(null=True)),
                ('followed_at', models.DateTimeField(null=True)),
                ('number', models.CharField(max_length=20)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(max_length=500)),
                ('summary', models.TextField()),
                ('category', models.CharField(choices=[('periodic', 'Berkala'), ('immediate', 'Serta merta'), ('on_demand', 'Setiap saat')], max_length=10)),
                ('unit_code', models.SlugField(db_index=False)),
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
                ('passport', models.JSONField()),
                ('sop_slug', models.SlugField(max_length=80)),
                ('sop_number', models.CharField(max_length=120)),
                ('sop_version', models.PositiveSmallIntegerField(null=True)),
                ('sop_title', models.CharField(blank=True, max_length=250)),
                ('sop_unit', models.CharField(blank=True, max_length=200)),
                ('corrections', models.JSONField(default=list)),
                ('ended_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number', '-edition'],
            },
            bases=(ppid.shelf.models.Available, models.Model),
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
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('urgent_since', models.DateTimeField(null=True)),
                ('first_published_at', models.DateTimeField(null=True)),
                ('follow_from', models.PositiveSmallIntegerField(null=True)),
                ('follow_to', models.PositiveSmallIntegerField(null=True)),
                ('follow_by', models.DateTimeField(null=True)),
                ('followed_at', models.DateTimeField(null=True)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(max_length=500)),
                ('summary', models.TextField()),
                ('category', models.CharField(choices=[('periodic', 'Berkala'), ('immediate', 'Serta merta'), ('on_demand', 'Setiap saat')], max_length=10)),
                ('unit_code', models.SlugField(db_index=False)),
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
                ('passport', models.JSONField()),
                ('sop_slug', models.SlugField(max_length=80)),
                ('sop_number', models.CharField(max_length=120)),
                ('sop_version', models.PositiveSmallIntegerField(null=True)),
                ('sop_title', models.CharField(blank=True, max_length=250)),
                ('sop_unit', models.CharField(blank=True, max_length=200)),
                ('corrections', models.JSONField(default=list)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('written_at', models.DateTimeField()),
                ('rhythm', models.PositiveSmallIntegerField(null=True)),
                ('renew_by', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('lead_days', models.PositiveSmallIntegerField(null=True)),
            ],
            bases=(ppid.shelf.models.Available, models.Model),
        ),
        migrations.CreateModel(
            name='PublishedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('edition', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['slug', '-edition'],
            },
        ),
        migrations.CreateModel(
            name='PublishedRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=3)),
                ('number', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('as_of', models.DateField()),
                ('decree_number', models.CharField(max_length=120)),
                ('decree_date', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('size', models.PositiveIntegerField()),
                ('origin', models.TextField(blank=True)),
                ('signatory', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['register', '-as_of', '-number'],
            },
        ),
        migrations.CreateModel(
            name='PublishedRegisterRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=40)),
                ('unit_code', models.CharField(blank=True, max_length=50)),
                ('values', models.JSONField()),
                ('covered', models.CharField(blank=True, choices=[('excluded', 'Dikecualikan sesudah edisi ini ditetapkan'), ('wrongly_published', 'Salah terbit'), ('corrected', 'Diralat')], max_length=20)),
                ('covered_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['edition', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PublishedSop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('version', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('in_force', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], default='in_force', max_length=10)),
                ('flow', models.CharField(blank=True, max_length=20)),
                ('is_master', models.BooleanField(default=False)),
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
            ],
            options={
                'ordering': ['title', '-version'],
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
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReadFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('rows', models.PositiveIntegerField(null=True)),
                ('sheet', models.CharField(blank=True, max_length=200)),
                ('table', models.JSONField(default=list)),
                ('is_cut', models.BooleanField(default=False)),
                ('why_not', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('item', 'Informasi'), ('page', 'Isi dokumen'), ('dik', 'Daftar Informasi Dikecualikan'), ('sop', 'SOP'), ('tombstone', 'Tidak lagi tersedia')], max_length=10)),
                ('key', models.CharField(max_length=120)),
                ('number', models.CharField(blank=True, max_length=20)),
                ('file_key', models.SlugField(blank=True, db_index=False, max_length=12)),
                ('filename', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('page', models.PositiveIntegerField(null=True)),
                ('title', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('unit_code', models.SlugField(db_index=False)),
                ('unit_name', models.CharField(max_length=200)),
                ('category', models.CharField(blank=True, max_length=10)),
                ('formats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('day', models.DateField()),
                ('open_since', models.DateField(null=True)),
                ('is_current', models.BooleanField(default=True)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('digest', models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60, unique=True)),
                ('entries', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ShelfEdition',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ShelfUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=60)),
                ('everyday_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('successor_code', models.SlugField(blank=True)),
                ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('hours', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='ShortAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('item', 'Informasi'), ('announcement', 'Lembar pengumuman'), ('sop', 'Lembar SOP'), ('annex', 'Lampiran daftar')], max_length=12)),
                ('number', models.CharField(max_length=80)),
                ('edition', models.PositiveIntegerField()),
                ('published_at', models.DateTimeField()),
                ('code', models.CharField(max_length=10, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ShownDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='kode')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('category', models.CharField(max_length=10, verbose_name='jenis informasi')),
                ('group', models.CharField(blank=True, max_length=60, verbose_name='kelompok')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('scope', models.CharField(choices=[('city', 'kota saja'), ('all', 'kota dan setiap unit'), ('some', 'unit tertentu')], max_length=4, verbose_name='untuk siapa')),
                ('unit_codes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, default=list, size=None, verbose_name='unit')),
                ('rhythm', models.CharField(choices=[('yearly', 'setiap tahun'), ('half_yearly', 'setiap semester'), ('on_change', 'setiap berubah'), ('per_event', 'setiap kejadian'), ('per_package', 'setiap paket pengadaan'), ('at_once', 'tanpa penundaan'), ('always', 'selalu tersedia')], max_length=11, verbose_name='irama')),
                ('looks_back', models.BooleanField(default=False, verbose_name='tentang tahun yang sudah lewat')),
                ('due_months', models.PositiveSmallIntegerField(default=3, verbose_name='jatuh tempo (bulan)')),
                ('max_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='umur terlama (bulan)')),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='bagian')),
                ('nil_possible', models.BooleanField(default=False, verbose_name='boleh nihil')),
                ('law', models.CharField(blank=True, max_length=500, verbose_name='dasar hukum')),
                ('seen_in', models.CharField(blank=True, max_length=300, verbose_name='terlihat di')),
                ('confidence', models.CharField(choices=[('2021-langsung', 'pasalnya disebut dalam naskah tentang Perki 1/2021'), ('2021-turunan', 'dari aturan atau kuesioner yang menyalin Perki 1/2021'), ('2010-salinan', 'dari salinan Perki 1/2010'), ('situs-ppid', 'hanya terlihat pada situs PPID'), ('umum', 'pengetahuan umum, belum terlihat pada sumber')], max_length=14, verbose_name='tingkat keyakinan')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='keterangan')),
                ('itself', models.CharField(blank=True, choices=[('dip', 'edisi DIP yang memuat unit itu'), ('dik', 'edisi DIK yang memuat unit itu'), ('periodic', 'semua kewajiban berkala unit itu terpenuhi'), ('sop', 'SOP yang berlaku untuk mengumumkan dan mengecualikan')], max_length=8, verbose_name='terisi sendiri oleh')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('ended_because', models.CharField(blank=True, max_length=500, verbose_name='alasan')),
                ('law_confirmed_on', models.DateField(null=True)),
                ('part_keys', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, size=None)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='SitemapPart',
            fields=[
                ('part', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['part'],
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
                ('why', models.CharField(blank=True, choices=[('wrongly_published', 'Salah terbit'), ('replaced', 'Digantikan informasi lain'), ('withdrawn', 'Ditarik')], max_length=20)),
                ('successor', models.CharField(blank=True, db_index=True, max_length=20)),
                ('dik', models.CharField(blank=True, max_length=20)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('reopened_on', models.DateField(null=True)),
                ('reopened_because', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-taken_off_at'],
            },
        ),
        migrations.CreateModel(
            name='WordFamily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='BoardSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('edition', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='announcement_bytes')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='announcement_is_named_by_its_hash')],
            },
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('drawn', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('as_of', models.DateField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['kind', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['dip', 'dik', 'reopened', 'sop', 'dump'])), name='bundle_is_of_a_known_kind'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', False)), fields=('kind',), name='one_finished_bundle_of_a_kind'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('kind',), name='one_bundle_of_a_kind_in_the_making')],
            },
        ),
        migrations.CreateModel(
            name='BundlePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.PositiveIntegerField()),
                ('filename', models.CharField(max_length=80)),
                ('media_type', models.CharField(max_length=80)),
                ('rows', models.PositiveIntegerField()),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), size=None)),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='shelf.bundle')),
            ],
            options={
                'ordering': ['bundle', 'part'],
            },
        ),
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
                ('continues', models.CharField(blank=True, max_length=20)),
                ('open_part', models.CharField(blank=True, db_index=True, max_length=20)),
                ('reopened_on', models.DateField(null=True)),
                ('reopened_because', models.TextField(blank=True)),
                ('item_number', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'ordering': ['-adopted_at', '-pk'],
                'indexes': [models.Index(fields=['-adopted_at', '-id'], name='dik_newest'), models.Index(fields=['unit_name', 'number'], name='dik_by_unit_name'), models.Index(fields=['ends_on', 'number'], name='dik_by_end'), models.Index(fields=['decree_date', 'number'], name='dik_by_decree')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('item_number', ''), ('reopened_because', ''), ('reopened_on__isnull', True)), models.Q(('reopened_on__isnull', False), models.Q(('reopened_because', ''), _negated=True), models.Q(('item_number', ''), _negated=True)), _connector='OR'), name='reopened_for_a_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dikentry',
            trigger=pgtrigger.compiler.Trigger(name='found_no_more', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'dik' AND key = OLD.number; RETURN NULL;", hash='25484e93d0403e1460cae2577ab7749c9a2df2b0', operation='DELETE', pgid='pgtrigger_found_no_more_3eb4b', table='shelf_dikentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dikentry',
            trigger=pgtrigger.compiler.Trigger(name='nothing_found_once_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'dik'; RETURN NULL;", hash='0f747c69bea65bcd7ba381cb0138e286cb8712d4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_nothing_found_once_emptied_64889', table='shelf_dikentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dikentry',
            trigger=pgtrigger.compiler.Trigger(name='found_as_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF ROW(OLD.number, OLD.information, OLD.legal_basis, OLD.consequence_if_open, OLD.consequence_if_closed, OLD.unit_name, OLD.decree_number, OLD.reopened_because, OLD.item_number) IS DISTINCT FROM ROW(NEW.number, NEW.information, NEW.legal_basis, NEW.consequence_if_open, NEW.consequence_if_closed, NEW.unit_name, NEW.decree_number, NEW.reopened_because, NEW.item_number) THEN\n                DELETE FROM shelf_searchentry WHERE kind = 'dik' AND key = OLD.number;\n            END IF;\n            UPDATE shelf_searchentry SET (unit_code, day, open_since) = ROW(NEW.unit_code, NEW.decree_date, COALESCE(NEW.reopened_on, NEW.ends_on + 1)),\n                words = ts_delete(words, '=' || unit_code) || ('''=' || NEW.unit_code || '''')::tsvector\n            WHERE kind IN ('dik') AND key = OLD.number AND ROW(unit_code, day, open_since) IS DISTINCT FROM ROW(NEW.unit_code, NEW.decree_date, COALESCE(NEW.reopened_on, NEW.ends_on + 1));\n            RETURN NULL;\n        ", hash='ceb5d53a5271374c0a8ced5df04d0ac77bba1dab', operation='UPDATE', pgid='pgtrigger_found_as_it_is_9af55', table='shelf_dikentry', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ReopenedEntry',
            fields=[
            ],
            options={
                'ordering': ['-reopened_on', '-pk'],
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('shelf.dikentry',),
        ),
        migrations.AddConstraint(
            model_name='documentpage',
            constraint=models.UniqueConstraint(fields=('sha256', 'page'), name='text_of_a_page_once'),
        ),
        migrations.AddConstraint(
            model_name='documenttext',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'read'), models.Q(models.Q(('state', 'read'), _negated=True), models.Q(('why', ''), _negated=True)), _connector='OR'), name='what_cannot_be_read_says_why'),
        ),
        migrations.AddIndex(
            model_name='dutyfill',
            index=models.Index(fields=['unit_code', 'duty_code'], name='fill_by_unit'),
        ),
        migrations.AddIndex(
            model_name='dutyfill',
            index=models.Index(fields=['number'], name='fill_by_item'),
        ),
        migrations.AddConstraint(
            model_name='dutyfill',
            constraint=models.UniqueConstraint(fields=('duty_code', 'unit_code', 'period', 'number'), name='a_cell_has_an_item_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyfill',
            trigger=pgtrigger.compiler.Trigger(name='a_cell_has_no_more_items', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    (SELECT count(*) FROM shelf_dutyfill WHERE duty_code = NEW.duty_code\n                     AND unit_code = NEW.unit_code AND period = NEW.period) >= 50\n                 THEN RAISE EXCEPTION 'so many items fill this duty already'; END IF; RETURN COALESCE(NEW, OLD);", hash='cfc20daf51f1e29fb121e4e9927b23f889e06197', operation='INSERT', pgid='pgtrigger_a_cell_has_no_more_items_1c889', table='shelf_dutyfill', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyfill',
            trigger=pgtrigger.compiler.Trigger(name='a_fill_comes_and_goes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5166bc673b8042edc0008079db6ab4b3c6277c20', operation='UPDATE', pgid='pgtrigger_a_fill_comes_and_goes_cba12', table='shelf_dutyfill', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='dutyscore',
            constraint=models.UniqueConstraint(fields=('year', 'quarter', 'unit_code'), name='a_quarter_is_scored_once'),
        ),
        migrations.AddConstraint(
            model_name='dutyscore',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4)), ('taken_on__year', models.F('year'))), name='a_score_is_of_its_quarter'),
        ),
        migrations.AddConstraint(
            model_name='dutyscore',
            constraint=models.CheckConstraint(condition=models.Q(('points__lte', models.F('out_of'))), name='a_score_is_out_of_what_counts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyscore',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c301c917708df7b33db79559f304cf2f9c57fd6', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_0542d', table='shelf_dutyscore', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyscore',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='6ed3f41192cab0844ccd171770cdcd436e3944b1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_82940', table='shelf_dutyscore', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='dutyword',
            index=models.Index(fields=['unit_code'], name='duty_word_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='dutyword',
            constraint=models.UniqueConstraint(fields=('duty_code', 'unit_code', 'period', 'kind'), name='said_once_of_a_cell'),
        ),
        migrations.AddConstraint(
            model_name='dutyword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['nil', 'not_required']), models.Q(('reason', ''), _negated=True)), models.Q(('held_by', ''), ('kind', 'worked_on'), ('reason', '')), _connector='OR'), name='a_statement_has_its_reason_and_work_has_none'),
        ),
        migrations.AddConstraint(
            model_name='formerfile',
            constraint=models.UniqueConstraint(fields=('number', 'key'), name='former_address_once'),
        ),
        migrations.AddConstraint(
            model_name='itemcount',
            constraint=models.UniqueConstraint(fields=('category', 'unit_code', 'year'), name='items_are_counted_once'),
        ),
        migrations.AddIndex(
            model_name='knownbytes',
            index=models.Index(fields=['sha256'], name='known_bytes_by_hash'),
        ),
        migrations.AddIndex(
            model_name='knownbytes',
            index=models.Index(fields=['kind', 'number', 'edition'], name='known_bytes_by_thing'),
        ),
        migrations.AddConstraint(
            model_name='knownbytes',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='known_bytes_are_named_by_their_hash'),
        ),
        migrations.AddConstraint(
            model_name='knownbytes',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['item', 'announcement', 'sop', 'annex'])), name='known_bytes_are_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='knownbytes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('why', '')), models.Q(('ended_at__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='known_bytes_end_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='knownbytes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why__in', ['excluded', 'wrongly_published']), _negated=True), ('unit_name', ''), _connector='OR'), name='no_unit_of_what_may_not_be_named'),
        ),
        migrations.AddConstraint(
            model_name='knownbytes',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('kind', 'number', 'edition', 'key', 'sha256'), name='known_bytes_once_while_they_are_current'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knownbytes',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='4143dd2e8e9d6b2dd047b1f30db27321facfefae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9419c', table='shelf_knownbytes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knownbytes',
            trigger=pgtrigger.compiler.Trigger(name='known_for_ever', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='71f2ad9c2cbc351e2f56b5ddb96180f8547d4b80', operation='DELETE', pgid='pgtrigger_known_for_ever_c84d2', table='shelf_knownbytes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knownbytes',
            trigger=pgtrigger.compiler.Trigger(name='known_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."key" IS DISTINCT FROM (NEW."key"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='31b40c57cfd3d0b1c5a2f07b87ed6a23dde3c9f0', operation='UPDATE', pgid='pgtrigger_known_as_it_was_b8f94', table='shelf_knownbytes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='knownbytes',
            trigger=pgtrigger.compiler.Trigger(name='known_bytes_only_end', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.ended_at IS NULL\n                    OR NEW.ended_at IS DISTINCT FROM COALESCE(OLD.ended_at, NEW.ended_at)\n                    OR NEW.unit_name NOT IN (OLD.unit_name, '')\n                    OR (OLD.why IN ('excluded', 'wrongly_published') AND NEW.why NOT IN ('excluded', OLD.why))\n                 THEN RAISE EXCEPTION 'what is known of public bytes changes by their end alone'; END IF; RETURN COALESCE(NEW, OLD);", hash='1c574b4af1120fedeb05a2b4495d18955ea05648', operation='UPDATE', pgid='pgtrigger_known_bytes_only_end_8ec97', table='shelf_knownbytes', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='leadtimecount',
            constraint=models.UniqueConstraint(fields=('category', 'unit_code', 'days'), name='lead_times_are_counted_once'),
        ),
        migrations.AddConstraint(
            model_name='leadtimecount',
            constraint=models.CheckConstraint(condition=models.Q(('days__lte', 366)), name='lead_times_end_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='ledgermark',
            constraint=models.CheckConstraint(condition=models.Q(('hash__regex', '^[0-9a-f]{64}$')), name='mark_is_a_hash'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgermark',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c57d4a4ea60d71a89e276369a61606dbbbb2721', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_40701', table='shelf_ledgermark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgermark',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='b69a07b873833872587ab11f31e3b99c97ee7de1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fe207', table='shelf_ledgermark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgermark',
            trigger=pgtrigger.compiler.Trigger(name='marks_go_on', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM shelf_ledgermark WHERE day >= NEW.day OR position > NEW.position) THEN RAISE EXCEPTION 'a mark comes after the one before, and the ledgers only grow'; END IF; RETURN COALESCE(NEW, OLD);", hash='6db882e29103b1c39631dc802a63ee6234f988a6', operation='INSERT', pgid='pgtrigger_marks_go_on_c06f4', table='shelf_ledgermark', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='monthcount',
            constraint=models.UniqueConstraint(fields=('month', 'category'), name='items_of_a_month_are_counted_once'),
        ),
        migrations.AddConstraint(
            model_name='monthcount',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='counted_months_begin_with_their_first_day'),
        ),
        migrations.AddConstraint(
            model_name='monthlydownloads',
            constraint=models.UniqueConstraint(fields=('month', 'kind'), name='downloads_of_a_month_once'),
        ),
        migrations.AddConstraint(
            model_name='monthlydownloads',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='downloads_begin_with_their_month'),
        ),
        migrations.AddIndex(
            model_name='pagepicture',
            index=models.Index(fields=['sha256'], name='page_picture_bytes'),
        ),
        migrations.AddConstraint(
            model_name='pagepicture',
            constraint=models.UniqueConstraint(fields=('file_sha256', 'page'), name='picture_of_a_page_once'),
        ),
        migrations.AddConstraint(
            model_name='pagepicture',
            constraint=models.CheckConstraint(condition=models.Q(('file_sha256__regex', '^[0-9a-f]{64}$'), ('sha256__regex', '^[0-9a-f]{64}$')), name='picture_is_named_by_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='pagepicture',
            constraint=models.CheckConstraint(condition=models.Q(('height__gte', 1), ('page__gte', 1), ('width__gte', 1)), name='picture_of_a_page_has_a_size'),
        ),
        migrations.AddConstraint(
            model_name='pagepicture',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.F('file_sha256')), _negated=True), name='picture_is_not_its_file'),
        ),
        migrations.AddConstraint(
            model_name='publishedannouncement',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='shown_announcement_says_something'),
        ),
        migrations.AddConstraint(
            model_name='publishedannouncement',
            constraint=models.CheckConstraint(condition=models.Q(('link', ''), models.Q(('link__startswith', '/'), models.Q(('link__startswith', '//'), _negated=True)), _connector='OR'), name='shown_announcement_stays_in_the_portal'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedannouncement',
            trigger=pgtrigger.compiler.Trigger(name='shown_announcement_stays_or_goes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='81a63c254e5b466264c8edcd7e163f3731df4f42', operation='UPDATE', pgid='pgtrigger_shown_announcement_stays_or_goes_2cfd4', table='shelf_publishedannouncement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishededition',
            constraint=models.UniqueConstraint(fields=('number', 'edition'), name='edition_once'),
        ),
        migrations.AddField(
            model_name='editionfile',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publishededition'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishededition',
            trigger=pgtrigger.compiler.Trigger(name='edition_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='55647e987ca2dd0192ce36c338daa26348225fd9', operation='UPDATE', pgid='pgtrigger_edition_stays_as_it_was_277f0', table='shelf_publishededition', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['-published_at', '-id'], name='item_newest'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['category', '-published_at'], name='item_category_newest'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['unit_code', '-published_at'], name='item_unit_newest'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['unit_code', 'category', '-published_at'], name='item_unit_category_newest'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(condition=models.Q(('renew_by__isnull', False)), fields=['renew_by', 'number'], name='item_renewal'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(condition=models.Q(('follow_by__isnull', False)), fields=['follow_by'], name='item_follows'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['unit_name', 'number'], name='item_by_unit_name'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['title', 'number'], name='item_by_title'),
        ),
        migrations.AddIndex(
            model_name='publisheditem',
            index=models.Index(fields=['written_at', 'number'], name='item_changed'),
        ),
        migrations.AddConstraint(
            model_name='publisheditem',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['periodic', 'immediate', 'on_demand'])), name='item_category_is_public'),
        ),
        migrations.AddConstraint(
            model_name='publisheditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category', 'periodic'), ('renew_by__isnull', False), ('rhythm__isnull', False), ('rhythm__range', (1, 6))), models.Q(models.Q(('category', 'periodic'), _negated=True), ('confirmed_on__isnull', True), ('renew_by__isnull', True), ('rhythm__isnull', True)), _connector='OR'), name='what_is_periodic_has_a_rhythm_and_nothing_else_is_ever_late'),
        ),
        migrations.AddConstraint(
            model_name='publisheditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_published_at__isnull', True), ('follow_by__isnull', True), ('follow_from__isnull', True), ('followed_at__isnull', True)), models.Q(('first_published_at__isnull', False), models.Q(('follow_by__isnull', True), ('follow_by__gt', models.F('first_published_at')), _connector='OR')), _connector='OR'), name='what_follows_was_announced_first'),
        ),
        migrations.AddField(
            model_name='publishedfile',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publisheditem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='found_no_more', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind IN ('item', 'page') AND number = OLD.number; RETURN NULL;", hash='ec47eb2d98321aa9e91e7d38e1da42ce9b8d6312', operation='DELETE', pgid='pgtrigger_found_no_more_b83ef', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='nothing_found_once_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind IN ('item', 'page'); RETURN NULL;", hash='28490eedcd3a065909b02c47dd55ee820eec4f06', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_nothing_found_once_emptied_6debe', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='found_as_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF ROW(OLD.number, OLD.title, OLD.summary, OLD.unit_name, OLD.responsible) IS DISTINCT FROM ROW(NEW.number, NEW.title, NEW.summary, NEW.unit_name, NEW.responsible) THEN\n                DELETE FROM shelf_searchentry WHERE kind = 'item' AND number = OLD.number;\n            END IF;\n            UPDATE shelf_searchentry SET (unit_code, category, day) = ROW(NEW.unit_code, NEW.category, (NEW.published_at AT TIME ZONE 'Asia/Pontianak')::date),\n                words = ts_delete(words, '=' || unit_code) || ('''=' || NEW.unit_code || '''')::tsvector\n            WHERE kind IN ('item', 'page') AND number = OLD.number AND ROW(unit_code, category, day) IS DISTINCT FROM ROW(NEW.unit_code, NEW.category, (NEW.published_at AT TIME ZONE 'Asia/Pontianak')::date);\n            RETURN NULL;\n        ", hash='5736291c387b4975df6d753df99f81ebcc55dd8b', operation='UPDATE', pgid='pgtrigger_found_as_it_is_35acf', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='says_when_its_rows_follow', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.first_published_at IS NOT NULL AND NEW.follow_by IS NULL)', constraint='CONSTRAINT', func="IF \n        EXISTS (\n            SELECT 1 FROM shelf_publisheditem\n            WHERE id = NEW.id AND first_published_at IS NOT NULL AND follow_by IS NULL\n        )\n     THEN RAISE EXCEPTION 'what was announced first says until when its rows follow'; END IF; RETURN COALESCE(NEW, OLD);", hash='dee1c661bad8e209a57287c068d61916ebff1ccc', operation='INSERT OR UPDATE', pgid='pgtrigger_says_when_its_rows_follow_6416c', table='shelf_publisheditem', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='items_that_come_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_itemcount AS counted (category, unit_code, year, n)\n        SELECT category, unit_code, year, sum(one) FROM (SELECT category, unit_code, extract(year FROM published_at AT TIME ZONE 'Asia/Pontianak')::int AS year, 1 AS one FROM came) each\n        GROUP BY category, unit_code, year HAVING sum(one) <> 0\n        ORDER BY category, unit_code, year\n        ON CONFLICT (category, unit_code, year) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_itemcount WHERE n = 0;\n        RETURN NULL;\n    ", hash='bb61fd3f204c99b6c0979ae91d6b86c9f9972f2f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_items_that_come_are_counted_1cb62', referencing='REFERENCING NEW TABLE AS came ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='items_that_go_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_itemcount AS counted (category, unit_code, year, n)\n        SELECT category, unit_code, year, sum(one) FROM (SELECT category, unit_code, extract(year FROM published_at AT TIME ZONE 'Asia/Pontianak')::int AS year, -1 AS one FROM went) each\n        GROUP BY category, unit_code, year HAVING sum(one) <> 0\n        ORDER BY category, unit_code, year\n        ON CONFLICT (category, unit_code, year) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_itemcount WHERE n = 0;\n        RETURN NULL;\n    ", hash='1ace4d8c56ac0728d0e98ada7021142e27420890', level='STATEMENT', operation='DELETE', pgid='pgtrigger_items_that_go_are_counted_57a07', referencing='REFERENCING OLD TABLE AS went ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='items_that_change_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_itemcount AS counted (category, unit_code, year, n)\n        SELECT category, unit_code, year, sum(one) FROM (SELECT category, unit_code, extract(year FROM published_at AT TIME ZONE 'Asia/Pontianak')::int AS year, 1 AS one FROM came UNION ALL SELECT category, unit_code, extract(year FROM published_at AT TIME ZONE 'Asia/Pontianak')::int AS year, -1 AS one FROM went) each\n        GROUP BY category, unit_code, year HAVING sum(one) <> 0\n        ORDER BY category, unit_code, year\n        ON CONFLICT (category, unit_code, year) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_itemcount WHERE n = 0;\n        RETURN NULL;\n    ", hash='dce71f91bfdb02e0f41a82a59222073d5403015d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_items_that_change_are_counted_64ebd', referencing='REFERENCING OLD TABLE AS went  NEW TABLE AS came ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='no_items_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM shelf_itemcount; RETURN NULL;', hash='5d3cb5b3158ac51a61f39e5397cc14bf0685e27b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_items_are_counted_120bf', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='publications_that_come_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_monthcount AS counted (month, category, n)\n        SELECT month, category, sum(one) FROM (SELECT date_trunc('month', published_at AT TIME ZONE 'Asia/Pontianak')::date AS month, category AS category, 1 AS one FROM came WHERE true) each\n        GROUP BY month, category HAVING sum(one) <> 0\n        ORDER BY month, category\n        ON CONFLICT (month, category) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_monthcount WHERE n = 0;\n    \n        INSERT INTO shelf_leadtimecount AS counted (category, unit_code, days, n)\n        SELECT category, unit_code, days, sum(one) FROM (SELECT category AS category, unit_code AS unit_code, LEAST(lead_days, 366) AS days, 1 AS one FROM came WHERE lead_days IS NOT NULL) each\n        GROUP BY category, unit_code, days HAVING sum(one) <> 0\n        ORDER BY category, unit_code, days\n        ON CONFLICT (category, unit_code, days) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_leadtimecount WHERE n = 0;\n     RETURN NULL;", hash='bbc8c08cac06accf9a14b3280d649d24ad5648ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_publications_that_come_are_counted_488d2', referencing='REFERENCING NEW TABLE AS came ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='publications_that_go_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_monthcount AS counted (month, category, n)\n        SELECT month, category, sum(one) FROM (SELECT date_trunc('month', published_at AT TIME ZONE 'Asia/Pontianak')::date AS month, category AS category, -1 AS one FROM went WHERE true) each\n        GROUP BY month, category HAVING sum(one) <> 0\n        ORDER BY month, category\n        ON CONFLICT (month, category) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_monthcount WHERE n = 0;\n    \n        INSERT INTO shelf_leadtimecount AS counted (category, unit_code, days, n)\n        SELECT category, unit_code, days, sum(one) FROM (SELECT category AS category, unit_code AS unit_code, LEAST(lead_days, 366) AS days, -1 AS one FROM went WHERE lead_days IS NOT NULL) each\n        GROUP BY category, unit_code, days HAVING sum(one) <> 0\n        ORDER BY category, unit_code, days\n        ON CONFLICT (category, unit_code, days) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_leadtimecount WHERE n = 0;\n     RETURN NULL;", hash='f21b6df1228a587987108065c570603336a710f3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_publications_that_go_are_counted_c0931', referencing='REFERENCING OLD TABLE AS went ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='publications_that_change_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_monthcount AS counted (month, category, n)\n        SELECT month, category, sum(one) FROM (SELECT date_trunc('month', published_at AT TIME ZONE 'Asia/Pontianak')::date AS month, category AS category, 1 AS one FROM came WHERE true UNION ALL SELECT date_trunc('month', published_at AT TIME ZONE 'Asia/Pontianak')::date AS month, category AS category, -1 AS one FROM went WHERE true) each\n        GROUP BY month, category HAVING sum(one) <> 0\n        ORDER BY month, category\n        ON CONFLICT (month, category) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_monthcount WHERE n = 0;\n    \n        INSERT INTO shelf_leadtimecount AS counted (category, unit_code, days, n)\n        SELECT category, unit_code, days, sum(one) FROM (SELECT category AS category, unit_code AS unit_code, LEAST(lead_days, 366) AS days, 1 AS one FROM came WHERE lead_days IS NOT NULL UNION ALL SELECT category AS category, unit_code AS unit_code, LEAST(lead_days, 366) AS days, -1 AS one FROM went WHERE lead_days IS NOT NULL) each\n        GROUP BY category, unit_code, days HAVING sum(one) <> 0\n        ORDER BY category, unit_code, days\n        ON CONFLICT (category, unit_code, days) DO UPDATE SET n = counted.n + EXCLUDED.n;\n        DELETE FROM shelf_leadtimecount WHERE n = 0;\n     RETURN NULL;", hash='600a79db42f1ad9e73106a7fe3520ef90a151991', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_publications_that_change_are_counted_210cc', referencing='REFERENCING OLD TABLE AS went  NEW TABLE AS came ', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='no_publications_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM shelf_monthcount; DELETE FROM shelf_leadtimecount;  RETURN NULL;', hash='76042d255faf76724183d19c882c078c103a1582', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_publications_are_counted_c8170', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='keeps_the_map', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO shelf_sitemappart AS map (part, changed_at)\n        VALUES (COALESCE(NEW.id, OLD.id) / 25000, now())\n        ON CONFLICT (part) DO UPDATE SET changed_at = EXCLUDED.changed_at\n        WHERE map.changed_at <> EXCLUDED.changed_at;\n        RETURN NULL;\n    ', hash='376f6c1024c27a7611bba06f7ebee994a0233947', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keeps_the_map_5b61e', table='shelf_publisheditem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='edition_means_one_thing', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    EXISTS (\n                        SELECT 1 FROM shelf_publishededition WHERE number = NEW.number AND edition >= NEW.edition\n                    )\n                 THEN RAISE EXCEPTION 'the number of an edition never comes twice'; END IF; RETURN COALESCE(NEW, OLD);", hash='83785594ecaedd0c9e16ae683fb604bedb72900b', operation='INSERT OR UPDATE', pgid='pgtrigger_edition_means_one_thing_3ea2e', table='shelf_publisheditem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='item_is_confirmed_with_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on"))', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM flows_stillright confirmation\n                    JOIN flows_case c ON c.id = confirmation.case_id\n                    JOIN information_information item ON item.id = c.information_id\n                    WHERE item.number = NEW.number AND confirmation.confirmed_on = NEW.confirmed_on\n                      AND confirmation.renew_by = NEW.renew_by\n                )\n             THEN RAISE EXCEPTION 'an item is confirmed to be still right with its row of the ledger only'; END IF; RETURN COALESCE(NEW, OLD);", hash='62ca7db0bd5001676247d7cb41a4c5e6d823fdad', operation='UPDATE', pgid='pgtrigger_item_is_confirmed_with_its_row_7ad4f', table='shelf_publisheditem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisheditem',
            trigger=pgtrigger.compiler.Trigger(name='item_is_shown_with_the_row_that_published_it', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                EXISTS (SELECT 1 FROM information_information WHERE number = NEW.number) AND NOT EXISTS (\n                    SELECT 1 FROM flows_steprecord record\n                    JOIN flows_case c ON c.id = record.case_id\n                    JOIN information_information information ON information.id = c.information_id\n                    WHERE information.number = NEW.number\n                      AND (record.kind = 'step' AND record.to_state = 'published'\n                           OR record.kind IN ('first', 'takeover'))\n                )\n             THEN RAISE EXCEPTION 'an item stands on the shelf only with the ledger row that published it'; END IF; RETURN COALESCE(NEW, OLD);", hash='10077a7c4dbb964bd0f9c0bef35702f63449b428', operation='INSERT', pgid='pgtrigger_item_is_shown_with_the_row_that_published_it_0ef25', table='shelf_publisheditem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishedpage',
            constraint=models.UniqueConstraint(fields=('slug', 'edition'), name='shown_page_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedpage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), ('edition__gte', 1)), name='shown_page_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedpage',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ad92b4ab92f2d9510f45ebd3fdf3ea48c48b5a88', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_e68fb', table='shelf_publishedpage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedpage',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='b89f8524473e49717a217ceeb10e000a71131b8c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9e8f9', table='shelf_publishedpage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedpage',
            trigger=pgtrigger.compiler.Trigger(name='shown_editions_follow', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.edition <> 1 + (\n                        SELECT COALESCE(max(edition), 0) FROM shelf_publishedpage WHERE slug = NEW.slug\n                    )\n                 THEN RAISE EXCEPTION 'the editions of a page follow one another'; END IF; RETURN COALESCE(NEW, OLD);", hash='907cea10d55c73bbb4e639fff9250e03edd6b116', operation='INSERT', pgid='pgtrigger_shown_editions_follow_aabe5', table='shelf_publishedpage', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishedregister',
            constraint=models.UniqueConstraint(fields=('register', 'number'), name='shown_register_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedregister',
            constraint=models.CheckConstraint(condition=models.Q(('register__in', ['dip', 'dik'])), name='shown_register_is_known'),
        ),
        migrations.AddField(
            model_name='publishedannex',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='annexes', to='shelf.publishedregister'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedregister',
            trigger=pgtrigger.compiler.Trigger(name='shown_register_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a86733fd772ff2e9d40dd15ef4ae447f898f14eb', operation='UPDATE', pgid='pgtrigger_shown_register_stays_8fc07', table='shelf_publishedregister', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='publishedregisterrow',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='shelf.publishedregister'),
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
        migrations.AddIndex(
            model_name='publishedsop',
            index=models.Index(fields=['unit_name', 'name', 'id'], name='sop_by_unit_name'),
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
        pgtrigger.migrations.AddTrigger(
            model_name='publishedsop',
            trigger=pgtrigger.compiler.Trigger(name='found_no_more', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'sop' AND key = OLD.slug || ':' || OLD.version; RETURN NULL;", hash='3eb2d306cb488dec2780ae1d2279f9d95d566bf9', operation='DELETE', pgid='pgtrigger_found_no_more_d9bb6', table='shelf_publishedsop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedsop',
            trigger=pgtrigger.compiler.Trigger(name='nothing_found_once_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'sop'; RETURN NULL;", hash='c892306b1adadff6fbb6da5a736c06e6f4fe1291', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_nothing_found_once_emptied_534f0', table='shelf_publishedsop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedsop',
            trigger=pgtrigger.compiler.Trigger(name='found_as_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF ROW(OLD.slug, OLD.version, OLD.title, OLD.number, OLD.steps, OLD.theme, OLD.unit_name) IS DISTINCT FROM ROW(NEW.slug, NEW.version, NEW.title, NEW.number, NEW.steps, NEW.theme, NEW.unit_name) THEN\n                DELETE FROM shelf_searchentry WHERE kind = 'sop' AND key = OLD.slug || ':' || OLD.version;\n            END IF;\n            UPDATE shelf_searchentry SET (unit_code, day, is_current) = ROW(NEW.unit_code, NEW.in_force_from, NEW.status = 'in_force'),\n                words = ts_delete(words, '=' || unit_code) || ('''=' || NEW.unit_code || '''')::tsvector\n            WHERE kind IN ('sop') AND key = OLD.slug || ':' || OLD.version AND ROW(unit_code, day, is_current) IS DISTINCT FROM ROW(NEW.unit_code, NEW.in_force_from, NEW.status = 'in_force');\n            RETURN NULL;\n        ", hash='bda1259b2a45047be3bc4ea84505319c6bad076b', operation='UPDATE', pgid='pgtrigger_found_as_it_is_36a3b', table='shelf_publishedsop', when='AFTER')),
        ),
        migrations.AddField(
            model_name='publishedsopfile',
            name='sop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='shelf.publishedsop'),
        ),
        migrations.AddConstraint(
            model_name='readfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='read_file_is_named_by_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='readfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pages__isnull', False), ('rows__isnull', True), ('table', []), ('why_not', '')), models.Q(('pages__isnull', True), ('rows__isnull', False), ('why_not', '')), models.Q(('pages__isnull', True), ('rows__isnull', True), ('table', []), models.Q(('why_not', ''), _negated=True)), _connector='OR'), name='read_file_has_pages_or_rows_or_says_why_not'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='entry_words'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['-day', '-id'], name='entry_newest'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['number', 'file_key'], name='entry_of_item'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='found_once'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'page'), ('page__isnull', False), models.Q(('sha256', ''), _negated=True), models.Q(('file_key', ''), _negated=True)), models.Q(models.Q(('kind', 'page'), _negated=True), ('file_key', ''), ('page__isnull', True), ('sha256', '')), _connector='OR'), name='a_page_of_a_document_says_where_it_stands'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchentry',
            trigger=pgtrigger.compiler.Trigger(name='its_words_are_known', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_searchword AS known (word, entries)\n        SELECT word, n FROM (\n    SELECT word, count(*) AS n\n    FROM written, unnest(tsvector_to_array(ts_filter(words, '{a,b}'))) AS word\n    WHERE kind <> 'page' AND word ~ '^[^0-9=]{4,40}$'\n    GROUP BY word\n) new_words ORDER BY word\n        ON CONFLICT (word) DO UPDATE SET entries = known.entries + EXCLUDED.entries;\n        RETURN NULL;\n    ", hash='f20258bab6ab5f6bd1a8cf97b72f6843511fa527', level='STATEMENT', operation='INSERT', pgid='pgtrigger_its_words_are_known_5f44b', referencing='REFERENCING NEW TABLE AS written ', table='shelf_searchentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchentry',
            trigger=pgtrigger.compiler.Trigger(name='its_words_are_forgotten', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        WITH gone_words AS (\n    SELECT word, count(*) AS n\n    FROM gone, unnest(tsvector_to_array(ts_filter(words, '{a,b}'))) AS word\n    WHERE kind <> 'page' AND word ~ '^[^0-9=]{4,40}$'\n    GROUP BY word\n), last AS (\n            DELETE FROM shelf_searchword known USING gone_words\n            WHERE known.word = gone_words.word AND known.entries <= gone_words.n\n        )\n        UPDATE shelf_searchword known SET entries = known.entries - gone_words.n FROM gone_words\n        WHERE known.word = gone_words.word AND known.entries > gone_words.n;\n        RETURN NULL;\n    ", hash='cd164d6659e838f560e944094804bc0516d5e984', level='STATEMENT', operation='DELETE', pgid='pgtrigger_its_words_are_forgotten_b560d', referencing='REFERENCING OLD TABLE AS gone ', table='shelf_searchentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchentry',
            trigger=pgtrigger.compiler.Trigger(name='no_entry_no_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM shelf_searchword; RETURN NULL;', hash='cc7fefceaff3f3e5f6e46344470197237e15cd87', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_entry_no_words_a37d0', table='shelf_searchentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchentry',
            trigger=pgtrigger.compiler.Trigger(name='entry_is_written_anew', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "kind", "key", "number", "page", "title", "text", "digest" rows from % table\', TG_TABLE_NAME;', hash='08f0de7d3177d0f6a447d184ed7dc65edf8272ce', operation='UPDATE OF "kind", "key", "number", "page", "title", "text", "digest"', pgid='pgtrigger_entry_is_written_anew_6d64d', table='shelf_searchentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchentry',
            trigger=pgtrigger.compiler.Trigger(name='its_words_change_with_its_unit', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.words IS DISTINCT FROM OLD.words AND NEW.unit_code = OLD.unit_code THEN RAISE EXCEPTION 'an entry is written anew, not changed'; END IF; RETURN COALESCE(NEW, OLD);", hash='d181b6da415f62f39639a43b309e5a8ea4dadec5', operation='UPDATE', pgid='pgtrigger_its_words_change_with_its_unit_8ef81', table='shelf_searchentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='searchword',
            constraint=models.CheckConstraint(condition=models.Q(('entries__gte', 1)), name='known_words_stand_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='shelfedition',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_counter_of_editions'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shelfedition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='06ae13efc5ad5d94dc21c84cbe969fe8039cf112', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_df926', table='shelf_shelfedition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shelfedition',
            trigger=pgtrigger.compiler.Trigger(name='editions_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'DELETE' OR NEW.number <= OLD.number THEN RAISE EXCEPTION 'the shelf counts its editions up, and never forgets them'; END IF; RETURN COALESCE(NEW, OLD);", hash='4e161f325bf47c694c45d6f6166680e1ec249443', operation='UPDATE OR DELETE', pgid='pgtrigger_editions_only_grow_1c672', table='shelf_shelfedition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='shelfunit',
            constraint=models.CheckConstraint(condition=models.Q(('successor_code', models.F('code')), _negated=True), name='no_shown_unit_succeeds_itself'),
        ),
        migrations.AddConstraint(
            model_name='shortaddress',
            constraint=models.UniqueConstraint(fields=('kind', 'number', 'edition'), name='short_address_once'),
        ),
        migrations.AddConstraint(
            model_name='shortaddress',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z2-7]{10}$')), name='short_address_can_be_typed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shortaddress',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6cf8292bf09999d72d52813b8ae115592ab177dd', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_1c441', table='shelf_shortaddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shortaddress',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8ca92c3e2bded0f6669b8020eb7959e37294e417', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2f754', table='shelf_shortaddress', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='shownduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('law', ''), ('law_confirmed_on__isnull', True)), models.Q(models.Q(('law', ''), _negated=True), ('law_confirmed_on__isnull', False)), _connector='OR'), name='an_article_is_shown_once_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='shownduty',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['periodic', 'immediate', 'on_demand'])), name='shown_duty_is_of_a_class'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shownduty',
            trigger=pgtrigger.compiler.Trigger(name='duty_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5fb748c20c37add1bc5c2d37b3267c6dd1b27096', operation='DELETE', pgid='pgtrigger_duty_is_kept_f5c3a', table='shelf_shownduty', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shownduty',
            trigger=pgtrigger.compiler.Trigger(name='duty_keeps_its_code', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c9d2ca9159b0969acd7d15e6f220e6225c2edebf', operation='UPDATE', pgid='pgtrigger_duty_keeps_its_code_41b44', table='shelf_shownduty', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shownduty',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='9583f5e9a1e7e8dc081e6eeb073c078de80c5268', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f7390', table='shelf_shownduty', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(fields=['taken_off_at', 'number'], name='tombstone_since'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'excluded'), ('why', '')), models.Q(('kind', 'withdrawn'), ('why__in', ['wrongly_published', 'replaced', 'withdrawn'])), _connector='OR'), name='tombstone_of_what_was_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', 'replaced'), models.Q(('successor', ''), _negated=True), models.Q(('successor', models.F('number')), _negated=True)), models.Q(models.Q(('why', 'replaced'), _negated=True), ('successor', '')), _connector='OR'), name='tombstone_names_what_replaced_it'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'excluded'), ('dik', ''), _connector='OR'), name='only_the_tombstone_of_what_is_excluded_names_a_dik_entry'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='found_no_more', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'tombstone' AND key = OLD.number; RETURN NULL;", hash='ec369bccb6a03a6acc384a589ba3bc53adf75a2c', operation='DELETE', pgid='pgtrigger_found_no_more_3a432', table='shelf_tombstone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='nothing_found_once_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'tombstone'; RETURN NULL;", hash='7f3f33abb2c6b1bd210bcbc0d12bcd5fed2a07ff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_nothing_found_once_emptied_163bf', table='shelf_tombstone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='found_as_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind = 'tombstone' AND key = OLD.number; RETURN NULL;", hash='e4e859d614d4f57705de76d6d2a44c9ce44b06cd', operation='UPDATE', pgid='pgtrigger_found_as_it_is_abb03', table='shelf_tombstone', when='AFTER')),
        ),
        migrations.AddField(
            model_name='familyword',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='shelf.wordfamily'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordfamily',
            trigger=pgtrigger.compiler.Trigger(name='never_left_alone', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (SELECT 1 FROM shelf_wordfamily WHERE id = NEW.id)\n            AND (SELECT count(*) FROM shelf_familyword WHERE family_id = NEW.id) < 2\n         THEN RAISE EXCEPTION 'a family of words has two at least'; END IF; RETURN COALESCE(NEW, OLD);", hash='060b6e9ad4da3b0ae28695969d3ed88c2ad48778', operation='INSERT', pgid='pgtrigger_never_left_alone_d43de', table='shelf_wordfamily', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='bundlepart',
            constraint=models.UniqueConstraint(fields=('bundle', 'part'), name='bundle_part_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bundlepart',
            trigger=pgtrigger.compiler.Trigger(name='bundle_part_stays_or_goes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8b114d76564bbb68375004155a07d59c196c83d3', operation='UPDATE', pgid='pgtrigger_bundle_part_stays_or_goes_fc7e8', table='shelf_bundlepart', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='editionfile',
            index=models.Index(fields=['sha256'], name='edition_file_bytes'),
        ),
        migrations.AddConstraint(
            model_name='editionfile',
            constraint=models.UniqueConstraint(fields=('item', 'position'), name='edition_file_position_once'),
        ),
        migrations.AddConstraint(
            model_name='editionfile',
            constraint=models.UniqueConstraint(fields=('item', 'key'), name='edition_file_address_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionfile',
            trigger=pgtrigger.compiler.Trigger(name='file_of_an_edition_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e6cdd74833d3d55f3cf30d36a646017084f065ad', operation='UPDATE', pgid='pgtrigger_file_of_an_edition_stays_d71f8', table='shelf_editionfile', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='publishedfile',
            index=models.Index(fields=['sha256'], name='file_bytes'),
        ),
        migrations.AddConstraint(
            model_name='publishedfile',
            constraint=models.UniqueConstraint(fields=('item', 'position'), name='file_position_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedfile',
            constraint=models.UniqueConstraint(fields=('item', 'key'), name='file_address_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedfile',
            trigger=pgtrigger.compiler.Trigger(name='found_no_more', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            DELETE FROM shelf_searchentry e USING shelf_publisheditem i WHERE \n    e.kind IN ('item', 'page') AND e.number = i.number AND i.id = OLD.item_id AND e.file_key IN ('', OLD.key)\n;\n            RETURN NULL;\n        ", hash='c520b4a1521e9bfe66a9d9cae88bb298c4014c58', operation='DELETE OR UPDATE', pgid='pgtrigger_found_no_more_1b7ac', table='shelf_publishedfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedfile',
            trigger=pgtrigger.compiler.Trigger(name='its_text_goes', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n            IF NOT EXISTS (SELECT 1 FROM shelf_publishedfile WHERE sha256 = OLD.sha256) THEN\n                DELETE FROM shelf_documentpage WHERE sha256 = OLD.sha256; DELETE FROM shelf_documenttext WHERE sha256 = OLD.sha256;\n            END IF;\n            RETURN NULL;\n        ', hash='082f3527aef524c3b393ea88d04a7a18deebc287', operation='DELETE OR UPDATE', pgid='pgtrigger_its_text_goes_69e9f', table='shelf_publishedfile', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedfile',
            trigger=pgtrigger.compiler.Trigger(name='nothing_found_once_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="DELETE FROM shelf_searchentry WHERE kind IN ('item', 'page'); DELETE FROM shelf_documentpage; DELETE FROM shelf_documenttext; RETURN NULL;", hash='123f129824531afd89754a5b6923b16c682a40e0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_nothing_found_once_emptied_0dc9e', table='shelf_publishedfile', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publishedannex',
            constraint=models.UniqueConstraint(fields=('edition', 'part'), name='annex_part_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedannex',
            trigger=pgtrigger.compiler.Trigger(name='annex_stays_or_goes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0bc599c31f43b2e02c09fa07bfdc3b52987d028f', operation='UPDATE', pgid='pgtrigger_annex_stays_or_goes_2e104', table='shelf_publishedannex', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='publishedregisterrow',
            index=models.Index(fields=['key'], name='shown_register_row_by_key'),
        ),
        migrations.AddIndex(
            model_name='publishedregisterrow',
            index=models.Index(fields=['edition', 'unit_code', 'position'], name='shown_register_row_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='publishedregisterrow',
            constraint=models.UniqueConstraint(fields=('edition', 'position'), name='shown_register_row_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='publishedregisterrow',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='shown_register_row_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedregisterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('covered', ''), ('covered_on__isnull', True)), models.Q(('covered__in', ['excluded', 'wrongly_published', 'corrected']), ('covered_on__isnull', False)), _connector='OR'), name='covered_row_says_why_and_since_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedregisterrow',
            trigger=pgtrigger.compiler.Trigger(name='shown_row_stays_unless_covered', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."covered" = \'\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='72ef2a245fcd7c0f11698db2560fc440a8b276ac', operation='UPDATE', pgid='pgtrigger_shown_row_stays_unless_covered_36af5', table='shelf_publishedregisterrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedregisterrow',
            trigger=pgtrigger.compiler.Trigger(name='shown_row_keeps_its_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."edition_id" IS DISTINCT FROM (NEW."edition_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."key" IS DISTINCT FROM (NEW."key"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='535bdc1726aa5420cb3ce70ffd7b4003ea8d7948', operation='UPDATE', pgid='pgtrigger_shown_row_keeps_its_key_226b5', table='shelf_publishedregisterrow', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishedsopfile',
            constraint=models.UniqueConstraint(fields=('sop', 'kind'), name='sop_file_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedsopfile',
            constraint=models.UniqueConstraint(fields=('sop', 'filename'), name='sop_file_name_once'),
        ),
        migrations.AddConstraint(
            model_name='familyword',
            constraint=models.UniqueConstraint(fields=('family', 'position'), name='place_in_a_family_once'),
        ),
        migrations.AddConstraint(
            model_name='familyword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('word', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='a_family_has_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='familyword',
            trigger=pgtrigger.compiler.Trigger(name='never_left_alone', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (SELECT 1 FROM shelf_wordfamily WHERE id = OLD.family_id)\n            AND (SELECT count(*) FROM shelf_familyword WHERE family_id = OLD.family_id) < 2\n         THEN RAISE EXCEPTION 'a family of words has two at least'; END IF; RETURN COALESCE(NEW, OLD);", hash='b945c4baae21199477e464d16e6c6591c88b3c98', operation='DELETE OR UPDATE', pgid='pgtrigger_never_left_alone_28356', table='shelf_familyword', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shownduty',
            trigger=pgtrigger.compiler.Trigger(name='a_part_keeps_its_key', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    (SELECT count(DISTINCT key) FROM unnest(NEW.part_keys) key) <> cardinality(NEW.part_keys)\n                    OR TG_OP = 'UPDATE' AND NOT OLD.part_keys <@ NEW.part_keys\n                 THEN RAISE EXCEPTION 'the key of a part is given once, and stays'; END IF; RETURN COALESCE(NEW, OLD);", hash='a772295b8aa646e5a5986f706a5ef930f8b5faa9', operation='INSERT OR UPDATE', pgid='pgtrigger_a_part_keeps_its_key_8b5fb', table='shelf_shownduty', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='shownduty',
            constraint=models.CheckConstraint(condition=models.Q(('part_keys__len', models.F('parts__len'))), name='each_part_has_a_key'),
        ),
        migrations.CreateModel(
            name='HeldFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('since', models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedfile',
            trigger=pgtrigger.compiler.Trigger(name='what_is_held_or_waits_stays_off_the_shelf', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF to_regclass('scanning_filescan') IS NOT NULL THEN\n                IF EXISTS (\n                    SELECT 1 FROM scanning_filescan WHERE sha256 = NEW.sha256 AND state IN ('waiting', 'found')\n                ) THEN\n                    RAISE EXCEPTION 'what the scanner found something in, or has not seen yet, is not published';\n                END IF;\n            END IF;\n            RETURN NEW;\n        ", hash='c36ad7f6bf9719b6b13e5e66fe446864cf407d40', operation='INSERT', pgid='pgtrigger_what_is_held_or_waits_stays_off_the_shelf_2a200', table='shelf_publishedfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='heldfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='held_sha256_is_hex'),
        ),
    ]
