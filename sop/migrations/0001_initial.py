import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Performer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan kolom')),
                ('label', models.CharField(max_length=200, verbose_name='pelaksana')),
            ],
            options={
                'verbose_name': 'pelaksana',
                'ordering': ['version', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PerformerRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('performer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_links', to='sop.performer')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.role')),
            ],
        ),
        migrations.AddField(
            model_name='performer',
            name='roles',
            field=models.ManyToManyField(related_name='performers', through='sop.PerformerRole', to='organisation.role', verbose_name='peran'),
        ),
        migrations.CreateModel(
            name='Sop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='alamat')),
                ('title', models.CharField(max_length=250, verbose_name='nama SOP')),
                ('flow', models.CharField(blank=True, choices=[('publication', 'Pengumuman informasi publik'), ('exclusion', 'Pengecualian informasi')], max_length=20, verbose_name='alur yang dijalankan')),
                ('is_master', models.BooleanField(default=False, verbose_name='lembar induk')),
                ('theme', models.CharField(blank=True, max_length=80, verbose_name='tema')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sops', to='organisation.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'SOP',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.CharField(blank=True, choices=[('publication', 'Pengumuman informasi publik'), ('exclusion', 'Pengecualian informasi')], max_length=20, verbose_name='alur yang dijalankan')),
                ('is_master', models.BooleanField(default=False, verbose_name='lembar induk')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('why', models.TextField(blank=True, verbose_name='alasan')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bindings', to='sop.sop')),
            ],
            options={
                'verbose_name': 'riwayat pengikatan',
                'ordering': ['sop', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SopPassedOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_name', models.CharField(max_length=200, verbose_name='nama asal')),
                ('to_name', models.CharField(max_length=200, verbose_name='nama penerus')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('because', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='dari')),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='sop.sop')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='kepada')),
            ],
            options={
                'verbose_name': 'SOP yang diteruskan',
                'ordering': ['sop', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SopVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('state', django_fsm.FSMField(choices=[('draft', 'Draf'), ('in_review', 'Ditinjau'), ('approved', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], default='draft', max_length=12, protected=True, verbose_name='keadaan')),
                ('title', models.CharField(max_length=250, verbose_name='nama SOP')),
                ('heading', models.CharField(blank=True, max_length=20, verbose_name='nomor urut judul')),
                ('letterhead', models.TextField(verbose_name='kop')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='nomor SOP')),
                ('created', models.CharField(blank=True, max_length=40, verbose_name='tanggal pembuatan')),
                ('revised', models.CharField(blank=True, max_length=40, verbose_name='tanggal revisi')),
                ('effective', models.CharField(blank=True, max_length=40, verbose_name='tanggal efektif')),
                ('signatory', models.TextField(blank=True, verbose_name='disahkan oleh')),
                ('legal_bases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='dasar hukum')),
                ('qualifications', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='kualifikasi pelaksana')),
                ('related', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='keterkaitan')),
                ('equipment', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='peralatan/perlengkapan')),
                ('warnings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='peringatan')),
                ('records', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='pencatatan dan pendataan')),
                ('captions', models.JSONField(blank=True, default=dict, verbose_name='judul kotak yang tercetak lain')),
                ('origin', models.CharField(choices=[('written', 'Disusun di portal ini'), ('drawing', 'Dibaca dari gambar alir naskah'), ('text', 'Dibaca dari teks naskah, tanpa gambar alir')], default='written', max_length=8, verbose_name='asal pembagian langkah')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='penafsiran dikonfirmasi pada')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='disetujui pada')),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf_size', models.PositiveBigIntegerField(blank=True, help_text='bytes', null=True)),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='berlaku sejak')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='ditinjau lagi paling lambat')),
                ('runs', models.CharField(blank=True, choices=[('publication', 'Pengumuman informasi publik'), ('exclusion', 'Pengecualian informasi')], max_length=20, verbose_name='disetujui untuk menjalankan')),
                ('unit_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='nama perangkat daerah')),
                ('moves', models.PositiveIntegerField(default=0, verbose_name='jumlah gerak')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='suntingan ke-')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='terakhir disunting pada')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('begun_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='sop.sop')),
            ],
            options={
                'verbose_name': 'versi SOP',
                'ordering': ['sop', '-version'],
            },
        ),
        migrations.CreateModel(
            name='SignedSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'lembar bertanda tangan',
            },
        ),
        migrations.CreateModel(
            name='SheetReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='ditinjau pada')),
                ('review_on', models.DateField(verbose_name='ditinjau lagi paling lambat')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'tinjauan berkala',
                'ordering': ['version', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='performer',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='performers', to='sop.sopversion'),
        ),
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=255, verbose_name='nama berkas')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('place', models.PositiveSmallIntegerField(verbose_name='SOP ke-')),
                ('kept_at', models.DateTimeField(verbose_name='disimpan pada')),
                ('kept_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'berkas yang diimpor',
            },
        ),
        migrations.CreateModel(
            name='ImportDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='isian')),
                ('sentence', models.TextField(verbose_name='keraguan')),
                ('text', models.TextField(blank=True, verbose_name='teks tanpa tempat')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='diselesaikan pada')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'keraguan impor',
                'ordering': ['version', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DraftEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(verbose_name='suntingan ke-')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('changes', models.JSONField(verbose_name='perubahan')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'suntingan draf',
                'ordering': ['version', 'revision'],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('text', models.TextField(verbose_name='aktivitas')),
                ('kind', models.CharField(choices=[('start', 'Mulai'), ('process', 'Proses'), ('decision', 'Keputusan'), ('end', 'Selesai')], default='process', max_length=10, verbose_name='bentuk')),
                ('requirement', models.TextField(blank=True, verbose_name='kelengkapan')),
                ('duration_text', models.CharField(blank=True, max_length=60, verbose_name='waktu, seperti tercetak')),
                ('duration_value', models.PositiveIntegerField(blank=True, null=True, verbose_name='waktu')),
                ('duration_unit', models.CharField(blank=True, choices=[('minute', 'menit'), ('hour', 'jam'), ('day', 'hari'), ('working_day', 'hari kerja'), ('week', 'minggu'), ('month', 'bulan')], max_length=12, verbose_name='satuan waktu')),
                ('output', models.TextField(blank=True, verbose_name='output')),
                ('note', models.TextField(blank=True, verbose_name='keterangan')),
                ('if_yes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bila ya, ke nomor')),
                ('if_no', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bila tidak, ke nomor')),
                ('return_is_addition', models.BooleanField(default=False, verbose_name='jalan kembali adalah tambahan portal')),
                ('carries', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='langkah hukum yang dibawa')),
                ('last_performer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.performer', verbose_name='bersama sampai pelaksana')),
                ('performer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='sop.performer', verbose_name='pelaksana')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'aktivitas',
                'verbose_name_plural': 'aktivitas',
                'ordering': ['version', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='dibaca pada')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'tanda sudah membaca',
                'ordering': ['version', 'at'],
            },
        ),
        migrations.CreateModel(
            name='StateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='urutan')),
                ('from_state', models.CharField(choices=[('draft', 'Draf'), ('in_review', 'Ditinjau'), ('approved', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], max_length=12)),
                ('to_state', models.CharField(choices=[('draft', 'Draf'), ('in_review', 'Ditinjau'), ('approved', 'Berlaku'), ('superseded', 'Digantikan'), ('retired', 'Dicabut')], max_length=12)),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('why', models.TextField(blank=True, verbose_name='alasan')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='sop.sopversion')),
            ],
            options={
                'verbose_name': 'riwayat versi',
                'ordering': ['version', 'sequence'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('uu', 'Undang-Undang'), ('pp', 'Peraturan Pemerintah'), ('perpres', 'Peraturan Presiden'), ('permen', 'Peraturan Menteri'), ('perki', 'Peraturan Komisi Informasi'), ('perda', 'Peraturan Daerah'), ('perwal', 'Peraturan Wali Kota'), ('other', 'Lainnya')], max_length=10, verbose_name='jenis')),
                ('number', models.CharField(max_length=40, verbose_name='nomor')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('title', models.CharField(max_length=400, verbose_name='tentang')),
                ('status', models.CharField(choices=[('in_force', 'Berlaku'), ('amended', 'Berlaku dengan perubahan'), ('revoked', 'Dicabut')], default='in_force', max_length=10, verbose_name='keadaan')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='sop.legalbasis', verbose_name='digantikan oleh')),
            ],
            options={
                'verbose_name': 'dasar hukum',
                'ordering': ['kind', '-year', 'number'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'number', 'year', 'title'), name='legal_basis_once', violation_error_code='number', violation_error_message='Dasar hukum ini sudah tercatat.'), models.CheckConstraint(condition=models.Q(('replaced_by', models.F('pk')), _negated=True), name='not_replaced_by_itself')],
            },
        ),
        migrations.CreateModel(
            name='NumberingPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(max_length=100, verbose_name='pola nomor')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sop_numbering', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'pola nomor SOP',
                'constraints': [models.CheckConstraint(condition=models.Q(('pattern__contains', '{nomor}')), name='pattern_has_a_running_number', violation_error_code='pattern', violation_error_message='Pola nomor harus memuat {nomor}.')],
            },
        ),
        migrations.AddConstraint(
            model_name='performerrole',
            constraint=models.UniqueConstraint(fields=('performer', 'role'), name='performer_role_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='performerrole',
            trigger=pgtrigger.compiler.Trigger(name='role_of_approved_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n            TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = (SELECT version_id FROM sop_performer WHERE id = OLD.performer_id) AND state <> 'draft')\n            OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = (SELECT version_id FROM sop_performer WHERE id = NEW.performer_id) AND state <> 'draft')\n         THEN RAISE EXCEPTION 'an approved SOP version never changes'; END IF; RETURN COALESCE(NEW, OLD);", hash='371f44cc9a38f8c6371dd3086c80c38caefb7e59', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_role_of_approved_version_stays_d49cd', table='sop_performerrole', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='performerrole',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='3ce9060f2d670cf33c5061ca80a9e18f320ffd6a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c2d0f', table='sop_performerrole', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sop',
            constraint=models.UniqueConstraint(condition=models.Q(('flow', ''), _negated=True), fields=('flow', 'unit'), name='flow_follows_one_sop_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='sop',
            constraint=models.UniqueConstraint(condition=models.Q(('is_master', True)), fields=('flow',), name='flow_has_one_master'),
        ),
        migrations.AddConstraint(
            model_name='sop',
            constraint=models.CheckConstraint(condition=models.Q(('is_master', False), models.Q(('flow', ''), _negated=True), _connector='OR'), name='master_runs_a_flow'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sop',
            trigger=pgtrigger.compiler.Trigger(name='sop_is_bound_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."flow" IS DISTINCT FROM (NEW."flow") OR OLD."is_master" IS DISTINCT FROM (NEW."is_master"))', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM (SELECT * FROM sop_binding WHERE sop_id = OLD.id ORDER BY id DESC LIMIT 1) newest\n                        WHERE newest.flow = NEW.flow AND newest.is_master = NEW.is_master\n                    )\n                 THEN RAISE EXCEPTION 'an SOP is bound with its row of the ledger only'; END IF; RETURN COALESCE(NEW, OLD);", hash='1d0a5fa72ed6055ee8766d6dee52af9820babe1f', operation='UPDATE', pgid='pgtrigger_sop_is_bound_with_its_ledger_b336e', table='sop_sop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sop',
            trigger=pgtrigger.compiler.Trigger(name='passes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func="IF \n            NOT EXISTS (\n                SELECT 1 FROM (SELECT * FROM sop_soppassedon WHERE sop_id = OLD.id ORDER BY id DESC LIMIT 1) newest\n                WHERE newest.from_unit_id = OLD.unit_id AND newest.to_unit_id = NEW.unit_id\n            )\n         THEN RAISE EXCEPTION 'what belongs to a unit passes on with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='8394d09302282ebe736a49aa8bf25f02de83108a', operation='UPDATE', pgid='pgtrigger_passes_with_its_ledger_ccbb5', table='sop_sop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sop',
            trigger=pgtrigger.compiler.Trigger(name='belongs_to_an_open_unit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (\n                SELECT 1 FROM sop_sop here JOIN organisation_unit unit ON unit.id = here.unit_id\n                WHERE here.id = NEW.id AND NOT unit.is_active AND TRUE\n            )\n         THEN RAISE EXCEPTION 'nothing begins at a unit that has closed'; END IF; RETURN COALESCE(NEW, OLD);", hash='f2f4833460315ae95d6fb9d91c0c2b3d0d38a962', operation='INSERT', pgid='pgtrigger_belongs_to_an_open_unit_1afe2', table='sop_sop', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sop',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='4bd5caa6ca19b4f91c5685bb656b429c7d176fd9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_db077', table='sop_sop', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='binding',
            constraint=models.CheckConstraint(condition=models.Q(('is_master', False), models.Q(('flow', ''), _negated=True), _connector='OR'), name='bound_master_runs_a_flow'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='binding_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5e39a7a4d70ede03af6f82b9a4dac08ec30d0f65', operation='UPDATE', pgid='pgtrigger_binding_stays_62ec9', table='sop_binding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='a9247561ffce9f1d147331287d78329e3819cd15', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_d8fed', referencing='REFERENCING NEW TABLE AS written ', table='sop_binding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='row_leaves_with_a_link', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'gone' FROM gone ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='69996b696836d8035bfc5d2891dfc7e693c34b51', level='STATEMENT', operation='DELETE', pgid='pgtrigger_row_leaves_with_a_link_8c840', referencing='REFERENCING OLD TABLE AS gone ', table='sop_binding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='binding_goes_with_its_sop', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM sop_sop WHERE id = OLD.sop_id) THEN RAISE EXCEPTION 'a binding goes with its whole SOP only'; END IF; RETURN COALESCE(NEW, OLD);", hash='73ea709b5482dfa4b16adf09bcdb3233bfec2205', operation='DELETE', pgid='pgtrigger_binding_goes_with_its_sop_135dd', table='sop_binding', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='binding_binds_its_sop', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    EXISTS (\n                        SELECT 1 FROM sop_sop sop\n                        JOIN LATERAL (\n                            SELECT * FROM sop_binding WHERE sop_id = sop.id ORDER BY id DESC LIMIT 1\n                        ) newest ON TRUE\n                        WHERE sop.id = NEW.sop_id AND (newest.flow, newest.is_master) <> (sop.flow, sop.is_master)\n                    )\n                 THEN RAISE EXCEPTION 'a binding without its SOP'; END IF; RETURN COALESCE(NEW, OLD);", hash='c25d7aa88c238ff27c1efc41cdd6fd3e4891125d', operation='INSERT', pgid='pgtrigger_binding_binds_its_sop_d385f', table='sop_binding', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='binding',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='4bbe7b3f0d1e48bee7442c1ab06c0eb8f6594532', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_86ab2', table='sop_binding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='soppassedon',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2617252a51d319b0eb2727b9fbb77057a7a1da5', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_bff83', table='sop_soppassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='soppassedon',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='800c0f4d68a65348db7fc1d2b92544fc196d5900', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_10bfd', referencing='REFERENCING NEW TABLE AS written ', table='sop_soppassedon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='soppassedon',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='d1a1ad478921144938c3737d2dd68c9171c80d00', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d309f', table='sop_soppassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='soppassedon',
            trigger=pgtrigger.compiler.Trigger(name='passes_from_a_closed_unit', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM organisation_unit\n                    WHERE id = NEW.from_unit_id AND NOT is_active AND successor_id = NEW.to_unit_id\n                ) OR NOT EXISTS (SELECT 1 FROM sop_sop WHERE id = NEW.sop_id AND unit_id = NEW.from_unit_id)\n             THEN RAISE EXCEPTION 'what belongs to a unit passes to its successor as it closes'; END IF; RETURN COALESCE(NEW, OLD);", hash='c1dcc05ef987e0104b5b2fa0e21c5b6db0e83014', operation='INSERT', pgid='pgtrigger_passes_from_a_closed_unit_32940', table='sop_soppassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='soppassedon',
            trigger=pgtrigger.compiler.Trigger(name='line_passes_what_it_names', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                (SELECT unit_id FROM sop_sop WHERE id = NEW.sop_id) IS DISTINCT FROM (\n                    SELECT to_unit_id FROM sop_soppassedon WHERE sop_id = NEW.sop_id ORDER BY id DESC LIMIT 1\n                )\n             THEN RAISE EXCEPTION 'a line of the ledger without what passes'; END IF; RETURN COALESCE(NEW, OLD);", hash='e0ee6399b2da784972731f72a4c1290b779df191', operation='INSERT', pgid='pgtrigger_line_passes_what_it_names_f8617', table='sop_soppassedon', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='sopversion',
            constraint=models.UniqueConstraint(fields=('sop', 'version'), name='sop_version_once'),
        ),
        migrations.AddConstraint(
            model_name='sopversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'in_review'])), fields=('sop',), name='one_draft_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='sopversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('origin', 'written'), _negated=True)), _connector='OR'), name='only_what_was_read_is_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='sopversion',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ('written', 'drawing', 'text'))), name='origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sopversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review']), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('in_force_from__isnull', False), ('pdf_size__gt', 0), ('pdf_size__isnull', False), ('review_on__isnull', False), models.Q(('pdf_sha256', ''), _negated=True)), _connector='OR'), name='approved_version_is_complete'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='version_states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:in_review,in_review:draft,in_review:approved,approved:superseded,approved:retired}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='49ec0cc51462990462c57f9018ed32f0c4b6c3c5', operation='UPDATE', pgid='pgtrigger_version_states_6f4b2', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='who_began_it_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."begun_by_id" IS DISTINCT FROM (NEW."begun_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c2c4f33ecf700fa9db67e0abfa09a7b8f9a6e6e1', operation='UPDATE', pgid='pgtrigger_who_began_it_stays_3273e', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='a_row_keeps_the_name_of_its_day', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'in_review' AND NEW.state = 'approved')", func='\n            SELECT name INTO NEW.unit_name FROM organisation_unit WHERE id = (SELECT unit_id FROM sop_sop WHERE id = NEW.sop_id);\n            RETURN NEW;\n        ', hash='dea1c5dd0af6c12c2157f92bdb9c94f8050c93f6', operation='UPDATE', pgid='pgtrigger_a_row_keeps_the_name_of_its_day_a7e8b', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='version_starts_as_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."moves" = 0 AND NEW."revision" = 0 AND NEW."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='8ce494754fdef5d0ec7f98a8447987606536d3f0', operation='INSERT', pgid='pgtrigger_version_starts_as_draft_5849f', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='version_walks_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."moves" IS DISTINCT FROM (NEW."moves") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF \n                    NEW.moves <> OLD.moves + 1 OR NOT EXISTS (\n                        SELECT 1 FROM sop_statechange\n                        WHERE version_id = OLD.id AND sequence = NEW.moves\n                          AND from_state = OLD.state AND to_state = NEW.state\n                          AND (NEW.state <> 'approved' OR actor_id = NEW.approved_by_id)\n                    )\n                 THEN RAISE EXCEPTION 'an SOP version moves with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='055ffe40d026576be0bd3e4ec01d9ef0027568e1', operation='UPDATE', pgid='pgtrigger_version_walks_with_its_ledger_52b70', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='draft_changes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."begun_by_id" IS DISTINCT FROM (NEW."begun_by_id") OR OLD."captions" IS DISTINCT FROM (NEW."captions") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."effective" IS DISTINCT FROM (NEW."effective") OR OLD."equipment" IS DISTINCT FROM (NEW."equipment") OR OLD."heading" IS DISTINCT FROM (NEW."heading") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."legal_bases" IS DISTINCT FROM (NEW."legal_bases") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."qualifications" IS DISTINCT FROM (NEW."qualifications") OR OLD."records" IS DISTINCT FROM (NEW."records") OR OLD."related" IS DISTINCT FROM (NEW."related") OR OLD."revised" IS DISTINCT FROM (NEW."revised") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."signatory" IS DISTINCT FROM (NEW."signatory") OR OLD."sop_id" IS DISTINCT FROM (NEW."sop_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."warnings" IS DISTINCT FROM (NEW."warnings"))', func="IF \n                    NEW.revision <> OLD.revision + 1 OR NOT EXISTS (\n                        SELECT 1 FROM sop_draftedit\n                        WHERE version_id = OLD.id AND revision = NEW.revision AND actor_id = NEW.changed_by_id\n                    )\n                 THEN RAISE EXCEPTION 'a draft changes with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='21c8d5e021045d319a7cfeb59e1651b9251e0108', operation='UPDATE', pgid='pgtrigger_draft_changes_with_its_ledger_87134', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='next_look_comes_with_a_review', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."review_on" IS DISTINCT FROM (NEW."review_on"))', func="IF \n                    NOT (OLD.state = 'in_review' AND NEW.state = 'approved') AND NEW.review_on IS DISTINCT FROM (\n                        SELECT review_on FROM sop_sheetreview WHERE version_id = OLD.id ORDER BY id DESC LIMIT 1\n                    )\n                 THEN RAISE EXCEPTION 'the next look at an SOP version moves with a review only'; END IF; RETURN COALESCE(NEW, OLD);", hash='92878673ff5fff484a376a0bfaadd637c7a62018', operation='UPDATE', pgid='pgtrigger_next_look_comes_with_a_review_66c31', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='approved_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."begun_by_id" IS DISTINCT FROM (NEW."begun_by_id") OR OLD."captions" IS DISTINCT FROM (NEW."captions") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."effective" IS DISTINCT FROM (NEW."effective") OR OLD."equipment" IS DISTINCT FROM (NEW."equipment") OR OLD."heading" IS DISTINCT FROM (NEW."heading") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."legal_bases" IS DISTINCT FROM (NEW."legal_bases") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."qualifications" IS DISTINCT FROM (NEW."qualifications") OR OLD."records" IS DISTINCT FROM (NEW."records") OR OLD."related" IS DISTINCT FROM (NEW."related") OR OLD."revised" IS DISTINCT FROM (NEW."revised") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."signatory" IS DISTINCT FROM (NEW."signatory") OR OLD."sop_id" IS DISTINCT FROM (NEW."sop_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."warnings" IS DISTINCT FROM (NEW."warnings"))', func="IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'an approved SOP version never changes'; END IF; RETURN COALESCE(NEW, OLD);", hash='6dd9d712ddce7f08edaf9c934571c0fccb6a9da7', operation='UPDATE', pgid='pgtrigger_approved_version_stays_31749', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='approval_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."in_force_from" IS DISTINCT FROM (NEW."in_force_from") OR OLD."pdf_sha256" IS DISTINCT FROM (NEW."pdf_sha256") OR OLD."pdf_size" IS DISTINCT FROM (NEW."pdf_size") OR OLD."runs" IS DISTINCT FROM (NEW."runs") OR OLD."unit_name" IS DISTINCT FROM (NEW."unit_name"))', func="IF OLD.state <> 'in_review' OR NEW.state <> 'approved' THEN RAISE EXCEPTION 'the approval of an SOP version never changes'; END IF; RETURN COALESCE(NEW, OLD);", hash='5c9c6e9e0d1a96d330485b71ec435f14fcd9f333', operation='UPDATE', pgid='pgtrigger_approval_stays_553bf', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='approved_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.approved_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.approved_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'approved');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='b138591462e3bc4aa0930504fb8c411cac5e5c01', operation='INSERT OR UPDATE', pgid='pgtrigger_approved_enters_the_chain_ee032', table='sop_sopversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='approved_version_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4c083be45a339897a95e941b020bc7d1f70874b0', operation='DELETE', pgid='pgtrigger_approved_version_is_kept_a759e', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='2a75539d3aaf8983a563d4cef87225c812a45baf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_ad8ef', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sopversion',
            trigger=pgtrigger.compiler.Trigger(name='approved_to_run_a_flow_it_carries_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'approved\' AND OLD."state" = \'in_review\')', func="\n                IF NEW.runs <> (SELECT flow FROM sop_sop WHERE id = NEW.sop_id) THEN\n                    RAISE EXCEPTION 'a version runs the flow that its SOP is bound to';\n                END IF;\n                IF NEW.runs <> '' AND NOT EXISTS (\n                    WITH RECURSIVE sheet AS (\n                        SELECT *, ARRAY(\n                            SELECT target::int FROM unnest(CASE kind\n                                WHEN 'end' THEN NULL WHEN 'decision' THEN ARRAY[if_yes, if_no] ELSE ARRAY[below]\n                            END) target WHERE target > number\n                        ) AS forward\n                        FROM (\n                            SELECT *, lead(number) OVER (ORDER BY number) AS below\n                            FROM sop_activity WHERE version_id = NEW.id\n                        ) activity\n                    ), way(number, done) AS (\n                        SELECT min(number)::int, 0 FROM sheet\n                        UNION\n                        SELECT target, done + cardinality(carries)\n                        FROM way JOIN sheet USING (number), unnest(forward) target\n                    ), bearing AS (\n                        SELECT step, mine.id, mine.position\n                        FROM sheet, unnest(carries) step, sop_performer one, sop_performer other, sop_performer mine\n                        WHERE one.id = performer_id AND other.id = COALESCE(last_performer_id, performer_id)\n                          AND mine.version_id = NEW.id AND mine.position BETWEEN one.position AND other.position\n                    )\n                    SELECT 1 FROM (VALUES ('exclusion', 5, 3, 4), ('publication', 7, 3, 4)) AS shape(flow, steps, prepares, decides)\n                    WHERE flow = NEW.runs AND EXISTS (TABLE sheet) AND NOT EXISTS (\n                        SELECT 1 FROM way JOIN sheet USING (number)\n                        WHERE carries::int[] <> ARRAY(SELECT generate_series(done + 1, done + cardinality(carries)))\n                           OR forward = '{}' AND done + cardinality(carries) <> steps\n                    ) AND NOT EXISTS (\n                        SELECT 1 FROM bearing one, bearing other\n                        WHERE one.step = prepares AND other.step = decides AND (one.id = other.id OR EXISTS (\n                            SELECT 1 FROM sop_performerrole mine JOIN sop_performerrole theirs USING (role_id)\n                            WHERE mine.performer_id = one.id AND theirs.performer_id = other.id\n                        ))\n                    )\n                ) THEN\n                    RAISE EXCEPTION 'a sheet that runs a flow carries each of its lawful steps once and in order';\n                END IF;\n                RETURN NEW;\n            ", hash='1cc83285ff357b069f04eced15b7d8fe29ce06f8', operation='UPDATE', pgid='pgtrigger_approved_to_run_a_flow_it_carries_it_9c9d3', table='sop_sopversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedsheet',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.uploaded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='d65e66f6a20109e573ec05c31cc6ac1981d9937a', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_8060e', table='sop_signedsheet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedsheet',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='93233979ecd9359560e75bbfdc23ec92c09210b9', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_ed984', table='sop_signedsheet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedsheet',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='bfe6475c789d5f99c2a67202f0ba575a49c97407', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_a5f29', referencing='REFERENCING NEW TABLE AS written ', table='sop_signedsheet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedsheet',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='d7793bb2a998ac6b6980176b9afd4023b96daccd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_98116', table='sop_signedsheet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedsheet',
            trigger=pgtrigger.compiler.Trigger(name='signed_sheet_of_an_approved_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (SELECT state FROM sop_sopversion WHERE id = NEW.version_id) NOT IN ('approved', 'superseded', 'retired') THEN RAISE EXCEPTION 'only an approved SOP version is signed, reviewed and read'; END IF; RETURN COALESCE(NEW, OLD);", hash='77e441397bbba5d47d358af11a9119550b44555a', operation='INSERT', pgid='pgtrigger_signed_sheet_of_an_approved_version_8badd', table='sop_signedsheet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='310079bd0552e56cc492ad04c3187f229657afb9', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_23513', table='sop_sheetreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='391ccc4573b04f53080d59942597e976b3aafb4a', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_2eee2', table='sop_sheetreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='da255be34d5cedaff0f96c570e07f885e63ca60f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_c349b', referencing='REFERENCING NEW TABLE AS written ', table='sop_sheetreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='93113cf3b92ff5cbe51e89fa3de13bdb115f62d8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1307c', table='sop_sheetreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='review_of_an_approved_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (SELECT state FROM sop_sopversion WHERE id = NEW.version_id) NOT IN ('approved') THEN RAISE EXCEPTION 'only an approved SOP version is signed, reviewed and read'; END IF; RETURN COALESCE(NEW, OLD);", hash='d5cbf13d8a77a813f664bd2720680ec3693ee4ef', operation='INSERT', pgid='pgtrigger_review_of_an_approved_version_c67c1', table='sop_sheetreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetreview',
            trigger=pgtrigger.compiler.Trigger(name='review_moves_the_next_look', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM sop_sopversion version\n                        WHERE version.id = NEW.version_id AND version.review_on = (\n                            SELECT review_on FROM sop_sheetreview WHERE version_id = version.id ORDER BY id DESC LIMIT 1\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'a review without its next look'; END IF; RETURN COALESCE(NEW, OLD);", hash='33e2ac970f106cf3156188fc24802c00ed470602', operation='INSERT', pgid='pgtrigger_review_moves_the_next_look_b2688', table='sop_sheetreview', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='performer',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='performer_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='performer',
            trigger=pgtrigger.compiler.Trigger(name='performer_of_approved_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n            TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id AND state <> 'draft')\n            OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND state <> 'draft')\n         THEN RAISE EXCEPTION 'an approved SOP version never changes'; END IF; RETURN COALESCE(NEW, OLD);", hash='83a24cd49d604bea1696d439413ddd397c9a42ba', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_performer_of_approved_version_stays_2005d', table='sop_performer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='performer',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='79665fb95d131aef0c9a138af90fec38e3750ff0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fa454', table='sop_performer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedfile',
            trigger=pgtrigger.compiler.Trigger(name='imported_file_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0fca48bb35374899df8ae5dc4b63a3caa58ae923', operation='UPDATE', pgid='pgtrigger_imported_file_stays_a07f9', table='sop_importedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedfile',
            trigger=pgtrigger.compiler.Trigger(name='imported_file_goes_with_its_draft', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id) THEN RAISE EXCEPTION 'this goes with its whole draft only'; END IF; RETURN COALESCE(NEW, OLD);", hash='98038d34dc5d94bea9f9247975904dcca098649c', operation='DELETE', pgid='pgtrigger_imported_file_goes_with_its_draft_7e6a4', table='sop_importedfile', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='f2ee1a100909334098b5f413f4c53fb7d0c60953', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a2403', table='sop_importedfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='importdoubt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='doubt_is_settled_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importdoubt',
            trigger=pgtrigger.compiler.Trigger(name='doubt_begins_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.settled_at IS NOT NULL\n                    OR (SELECT state FROM sop_sopversion WHERE id = NEW.version_id) <> 'draft'\n                 THEN RAISE EXCEPTION 'a doubt begins open, in a draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='71e5ce0abe49894a0dd434e7e34baa911733662d', operation='INSERT', pgid='pgtrigger_doubt_begins_open_86b8d', table='sop_importdoubt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importdoubt',
            trigger=pgtrigger.compiler.Trigger(name='doubt_is_settled_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL\n                    OR (NEW.id, NEW.version_id, NEW.key, NEW.sentence, NEW.text)\n                        IS DISTINCT FROM (OLD.id, OLD.version_id, OLD.key, OLD.sentence, OLD.text)\n                    OR NOT EXISTS (\n                        SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND state = 'draft'\n                    )\n                 THEN RAISE EXCEPTION 'a doubt is settled once, in its draft, and says what it said'; END IF; RETURN COALESCE(NEW, OLD);", hash='e0ef0282cc00fdd5c63321d0f34e23f433932a06', operation='UPDATE', pgid='pgtrigger_doubt_is_settled_once_edb99', table='sop_importdoubt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importdoubt',
            trigger=pgtrigger.compiler.Trigger(name='doubt_is_settled_in_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM sop_draftedit\n                        WHERE version_id = NEW.version_id AND actor_id = NEW.settled_by_id AND at = NEW.settled_at\n                    )\n                 THEN RAISE EXCEPTION 'a doubt is settled by an edit of its draft only'; END IF; RETURN COALESCE(NEW, OLD);", hash='b49ec0e97f9787937bf83935c553260b6112a427', operation='UPDATE', pgid='pgtrigger_doubt_is_settled_in_the_ledger_27155', table='sop_importdoubt', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importdoubt',
            trigger=pgtrigger.compiler.Trigger(name='doubt_goes_with_its_draft', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id) THEN RAISE EXCEPTION 'this goes with its whole draft only'; END IF; RETURN COALESCE(NEW, OLD);", hash='c557d0dcedcbb09cb785c4971471c78b0967a946', operation='DELETE', pgid='pgtrigger_doubt_goes_with_its_draft_18bb3', table='sop_importdoubt', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importdoubt',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='65f1f18b421f3c01fb0467f50357aab5872dfa60', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_41390', table='sop_importdoubt', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='draftedit',
            constraint=models.UniqueConstraint(fields=('version', 'revision'), name='edit_counted_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='4c9daf3e47f9af416aed7defea7267e76cac340d', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_90c71', table='sop_draftedit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='draft_edit_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0edaa4bce19bef0c6f9ddef62956a5eae0bc371c', operation='UPDATE', pgid='pgtrigger_draft_edit_stays_4470c', table='sop_draftedit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='5b9df60d5677bd8cfd0a8e3d9acf80e8680088b4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_510a0', referencing='REFERENCING NEW TABLE AS written ', table='sop_draftedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='row_leaves_with_a_link', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'gone' FROM gone ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='90c5a4de102d870c16ba0f083ec2ee0aa59067a1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_row_leaves_with_a_link_7c547', referencing='REFERENCING OLD TABLE AS gone ', table='sop_draftedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='edit_follows_the_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM sop_sopversion\n                        WHERE id = NEW.version_id AND state = 'draft' AND revision = NEW.revision - 1\n                    )\n                 THEN RAISE EXCEPTION 'an edit starts where its draft stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='c3d0c249c2ec89b56b24b482e0c39d50f837e422', operation='INSERT', pgid='pgtrigger_edit_follows_the_draft_55dea', table='sop_draftedit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='edit_changes_its_draft', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND revision < NEW.revision) THEN RAISE EXCEPTION 'an edit without its draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='8a6daa4d5d4ba51556f5cf2fd5e8cfa1d18ed6ed', operation='INSERT', pgid='pgtrigger_edit_changes_its_draft_a1afa', table='sop_draftedit', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='edit_goes_with_its_draft', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id) THEN RAISE EXCEPTION 'this goes with its whole draft only'; END IF; RETURN COALESCE(NEW, OLD);", hash='9a14843c47023748a5213bc20e4362065fb0fa55', operation='DELETE', pgid='pgtrigger_edit_goes_with_its_draft_42f38', table='sop_draftedit', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftedit',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='3e7dab172afcea789cd239712982a19c99d57f6b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0f77c', table='sop_draftedit', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='activity_number_once'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'decision'), models.Q(('if_no__isnull', True), ('if_yes__isnull', True)), _connector='OR'), name='only_decisions_have_exits'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('if_yes__isnull', True), models.Q(('if_yes', models.F('number')), _negated=True), _connector='OR'), models.Q(('if_no__isnull', True), models.Q(('if_no', models.F('number')), _negated=True), _connector='OR')), name='exit_leads_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('carries__contained_by', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])), name='carries_lawful_steps'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('duration_unit', ''), ('duration_value__isnull', True)), models.Q(('duration_unit__in', ['minute', 'hour', 'day', 'working_day', 'week', 'month']), ('duration_value__gt', 0), ('duration_value__isnull', False), ('duration_value__lte', 1000)), _connector='OR'), name='duration_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='activity_of_approved_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n            TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id AND state <> 'draft')\n            OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND state <> 'draft')\n         THEN RAISE EXCEPTION 'an approved SOP version never changes'; END IF; RETURN COALESCE(NEW, OLD);", hash='91d23ff5e01273e2793bb8161fa6d13caba018f2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_activity_of_approved_version_stays_8eb90', table='sop_activity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='carried_once_and_in_order', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.carries <> ARRAY(SELECT DISTINCT n FROM unnest(NEW.carries) n ORDER BY n) THEN RAISE EXCEPTION 'a row carries each lawful step once, in their order'; END IF; RETURN COALESCE(NEW, OLD);", hash='d5735d6c328079a2bce20a7cc2b50d7af5392a1a', operation='INSERT OR UPDATE', pgid='pgtrigger_carried_once_and_in_order_2fcdc', table='sop_activity', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5d6e18bad54cab8f50ffd9b33a48911fb1bd38ca', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6b61b', table='sop_activity', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('version', 'user'), name='acknowledged_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1dd2ccb11a72eef53a9113481ed7eb62be3e9783', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_3e39a', table='sop_acknowledgement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='0ef58cdce2345860f3588a5cdaffd8aeb872da16', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_978e7', referencing='REFERENCING NEW TABLE AS written ', table='sop_acknowledgement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='0d32cbbcb72cc510241056b9d3a88d14c0807fed', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_754b9', table='sop_acknowledgement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='read_when_approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (SELECT state FROM sop_sopversion WHERE id = NEW.version_id) NOT IN ('approved') THEN RAISE EXCEPTION 'only an approved SOP version is signed, reviewed and read'; END IF; RETURN COALESCE(NEW, OLD);", hash='0ae40691271c273cc439ec86d30815dd2835f33d', operation='INSERT', pgid='pgtrigger_read_when_approved_814b6', table='sop_acknowledgement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statechange',
            constraint=models.UniqueConstraint(fields=('version', 'sequence'), name='version_ledger_row_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='039ba7f870ef27c94ca0d6406a19d6b094a82c84', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_061a6', table='sop_statechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f5aa478e812ce9e779bbdae42fb7f3d255ae6a2', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_95b0f', table='sop_statechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='99cbc9bde3afac6226ee1a5d1aaad47cbcfd4770', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_445f2', referencing='REFERENCING NEW TABLE AS written ', table='sop_statechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5906a0ec25b53557cc3dfe691964695e173e0cd1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9c5c3', table='sop_statechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='ledger_follows_the_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM sop_sopversion\n                        WHERE id = NEW.version_id AND state = NEW.from_state AND moves = NEW.sequence - 1\n                    ) THEN\n                        RAISE EXCEPTION 'a ledger row starts where its version stands';\n                    END IF;\n                    IF NEW.to_state = 'approved' AND (\n                        EXISTS (\n                            SELECT 1 FROM sop_draftedit\n                            WHERE version_id = NEW.version_id AND actor_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                        ) OR EXISTS (\n                            SELECT 1 FROM sop_sopversion JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n                                ON hand.id IN (begun_by_id, confirmed_by_id)\n                            WHERE sop_sopversion.id = NEW.version_id\n                        ) OR EXISTS (\n                            SELECT 1 FROM sop_importedfile\n                            WHERE version_id = NEW.version_id AND kept_by_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'nobody approves what they worked on';\n                    END IF;\n                    IF NEW.to_state = 'approved' AND (\n                        SELECT actor_id FROM sop_statechange\n                        WHERE version_id = NEW.version_id AND to_state = 'in_review' ORDER BY sequence DESC LIMIT 1\n                    ) IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) THEN\n                        RAISE EXCEPTION 'nobody approves what they handed in';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9be90fc06f9d4ee31276a6b041d728714d946aff', operation='INSERT', pgid='pgtrigger_ledger_follows_the_version_813f6', table='sop_statechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='ledger_row_moves_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND moves >= NEW.sequence\n                    )\n                 THEN RAISE EXCEPTION 'a ledger row without its move'; END IF; RETURN COALESCE(NEW, OLD);", hash='9849a6dbb3d79543b73b92f702afbdeb9003a72e', operation='INSERT', pgid='pgtrigger_ledger_row_moves_its_version_07f7e', table='sop_statechange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
