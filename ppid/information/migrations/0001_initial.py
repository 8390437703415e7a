import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppid.information.models
import ppid.shelf.models
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
            name='NumberSeries',
            fields=[
                ('series', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('position', models.CharField(max_length=150, verbose_name='jabatan')),
            ],
            options={
                'verbose_name': 'peserta pengujian',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VoidedDecree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField(verbose_name='isinya')),
                ('test_digest', models.CharField(max_length=64, verbose_name='SHA-256 lembar uji')),
                ('recorded_name', models.CharField(max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
                ('voided_name', models.CharField(max_length=150, verbose_name='nama pembatal')),
                ('voided_at', models.DateTimeField(verbose_name='dibatalkan pada')),
                ('because', models.TextField(verbose_name='sebab')),
            ],
            options={
                'verbose_name': 'surat penetapan yang batal',
                'ordering': ['exclusion', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('content', 'Dokumen informasi'), ('evidence', 'Bukti langkah'), ('paper', 'Surat yang ditulis portal')], max_length=10, verbose_name='kegunaan')),
                ('title', models.CharField(max_length=500, verbose_name='judul')),
                ('filename', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('media_type', models.CharField(max_length=120, verbose_name='jenis berkas')),
                ('size', models.PositiveBigIntegerField(help_text='bytes', verbose_name='ukuran')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('address_key', models.CharField(db_index=True, default=ppid.information.models.new_address_key, editable=False, max_length=12)),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='dikeluarkan pada')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikeluarkan oleh')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='information.document', verbose_name='menggantikan')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'dokumen',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentCleaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_sha256', models.CharField(max_length=64)),
                ('taken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None, verbose_name='dikeluarkan')),
                ('kept_because', models.CharField(blank=True, max_length=300, verbose_name='tetap apa adanya karena')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cleaning', to='information.document')),
            ],
            options={
                'verbose_name': 'pembersihan dokumen',
            },
        ),
        migrations.CreateModel(
            name='DocumentReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('pages', models.PositiveIntegerField(null=True, verbose_name='halaman')),
                ('is_signed', models.BooleanField(default=False, verbose_name='bertanda tangan elektronik')),
                ('kinds', models.PositiveSmallIntegerField(default=0, verbose_name='jenis temuan')),
                ('read_at', models.DateTimeField(verbose_name='dibaca pada')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reading', to='information.document')),
            ],
            options={
                'verbose_name': 'pembacaan dokumen',
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir pada')),
                ('adopted_at', models.DateTimeField(null=True, verbose_name='ditetapkan pada')),
                ('opened_on', models.DateField(null=True, verbose_name='terbuka sejak')),
                ('continued_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continues', to='information.exclusion', verbose_name='diperpanjang oleh')),
            ],
            options={
                'verbose_name': 'pengecualian',
            },
        ),
        migrations.AddField(
            model_name='document',
            name='exclusion',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='information.exclusion', verbose_name='pengecualian'),
        ),
        migrations.CreateModel(
            name='ConsequenceTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField(max_length=4000, verbose_name='informasi atau dokumen yang diuji')),
                ('public_description', models.TextField(help_text='Kalimat ini dibaca publik. Sebutkan jenis informasinya tanpa membuka isinya.', max_length=1000, verbose_name='uraian untuk daftar (DIK)')),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('a', 'a · menghambat proses penegakan hukum'), ('b', 'b · hak atas kekayaan intelektual dan persaingan usaha tidak sehat'), ('c', 'c · pertahanan dan keamanan negara'), ('d', 'd · kekayaan alam Indonesia'), ('e', 'e · ketahanan ekonomi nasional'), ('f', 'f · kepentingan hubungan luar negeri'), ('g', 'g · akta otentik yang bersifat pribadi dan wasiat'), ('h', 'h · rahasia pribadi'), ('i', 'i · memorandum atau surat antar- atau intra-Badan Publik'), ('j', 'j · tidak boleh diungkapkan berdasarkan undang-undang')], max_length=1), size=None, verbose_name='pasal 17 huruf')),
                ('other_statute', models.CharField(blank=True, max_length=500, verbose_name='undang-undang lain yang mendasari')),
                ('consequence_if_open', models.TextField(max_length=4000, verbose_name='konsekuensi bila dibuka')),
                ('consequence_if_closed', models.TextField(max_length=4000, verbose_name='konsekuensi atau manfaat bila ditutup')),
                ('public_interest', models.TextField(max_length=4000, verbose_name='pertimbangan kepentingan publik')),
                ('conclusion', models.CharField(choices=[('whole', 'Dikecualikan seluruhnya'), ('part', 'Dikecualikan sebagian'), ('open', 'Terbuka')], max_length=5, verbose_name='kesimpulan')),
                ('redacted_parts', models.TextField(blank=True, max_length=4000, verbose_name='bagian yang dihitamkan')),
                ('term', models.CharField(max_length=200, verbose_name='jangka waktu pengecualian')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='pengecualian berakhir pada')),
                ('place', models.CharField(max_length=120, verbose_name='tempat pengujian')),
                ('tested_on', models.DateField(null=True, verbose_name='tanggal pengujian')),
                ('taken_over', models.TextField(blank=True, editable=False, verbose_name='pindahan')),
                ('filled_at', models.DateTimeField(verbose_name='diisi pada')),
                ('unit_name', models.CharField(editable=False, max_length=200, verbose_name='unit yang menguasai')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256 isinya')),
                ('words_digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256 kata-katanya')),
                ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diisi oleh')),
                ('exclusion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='test', to='information.exclusion')),
            ],
            options={
                'verbose_name': 'lembar uji konsekuensi',
            },
        ),
        migrations.CreateModel(
            name='ClassificationDecree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=120, verbose_name='nomor surat penetapan')),
                ('place', models.CharField(max_length=120, verbose_name='tempat penetapan')),
                ('date', models.DateField(verbose_name='tanggal penetapan')),
                ('decided_by', models.CharField(max_length=200, verbose_name='PPID yang menetapkan')),
                ('approved_by', models.CharField(max_length=200, verbose_name='pimpinan yang menyetujui')),
                ('approved_on', models.DateField(null=True, verbose_name='tanggal persetujuan pimpinan')),
                ('reason', models.TextField(max_length=4000, verbose_name='alasan pengecualian')),
                ('test_digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256 lembar uji')),
                ('recorded_at', models.DateTimeField()),
                ('unit_name', models.CharField(editable=False, max_length=200, verbose_name='unit kerja')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exclusion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decree', to='information.exclusion')),
            ],
            options={
                'verbose_name': 'surat penetapan klasifikasi',
            },
        ),
        migrations.CreateModel(
            name='FillingOfTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filled_by_name', models.CharField(max_length=150, verbose_name='nama')),
                ('filled_at', models.DateTimeField(verbose_name='diisi pada')),
                ('exclusion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fillings', to='information.exclusion', verbose_name='pengecualian')),
                ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diisi oleh')),
            ],
            options={
                'verbose_name': 'pengisian lembar uji',
                'ordering': ['exclusion', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nik', 'NIK'), ('kk', 'Nomor kartu keluarga'), ('npwp', 'NPWP'), ('account', 'Nomor rekening'), ('phone', 'Nomor telepon'), ('email', 'Alamat surel'), ('small_count', 'Jumlah di bawah lima yang dapat menunjuk orang'), ('hidden_sheet', 'Lembar atau salindia tersembunyi'), ('hidden_rows', 'Baris atau kolom tersembunyi'), ('hidden_text', 'Teks tersembunyi'), ('tracked', 'Perubahan yang terlacak'), ('comment', 'Komentar atau catatan'), ('attached', 'Berkas lain di dalamnya'), ('location', 'Tempat pengambilan gambar'), ('author', 'Nama penulis pada sifat berkas'), ('unseen', 'Bagian yang tidak terbaca portal')], max_length=12, verbose_name='jenis')),
                ('count', models.PositiveIntegerField(verbose_name='jumlah')),
                ('places', models.JSONField(help_text='pairs of a place and a mask', verbose_name='tempat')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='information.documentreading')),
            ],
            options={
                'verbose_name': 'temuan',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FindingAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('reason', models.TextField(max_length=2000, verbose_name='alasan')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='sebagai')),
                ('answered_at', models.DateTimeField(verbose_name='dijawab pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='information.finding')),
            ],
            options={
                'verbose_name': 'jawaban temuan',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Information',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='nomor')),
                ('title', models.CharField(max_length=500, verbose_name='judul')),
                ('summary', models.TextField(blank=True, max_length=4000, verbose_name='ringkasan isi')),
                ('responsible', models.CharField(blank=True, max_length=200, verbose_name='penanggung jawab pembuatan atau penerbitan')),
                ('made_place', models.CharField(blank=True, max_length=120, verbose_name='tempat pembuatan')),
                ('made_when', models.CharField(blank=True, max_length=120, verbose_name='waktu pembuatan')),
                ('made_from', models.DateField(editable=False, null=True, verbose_name='dibuat mulai')),
                ('made_to', models.DateField(editable=False, null=True, verbose_name='dibuat sampai')),
                ('has_softcopy', models.BooleanField(default=True, verbose_name='softcopy')),
                ('has_hardcopy', models.BooleanField(default=False, verbose_name='hardcopy')),
                ('on_request', models.BooleanField(default=False, verbose_name='atas permintaan')),
                ('retention', models.CharField(blank=True, max_length=120, verbose_name='jangka waktu penyimpanan atau retensi arsip')),
                ('rhythm', models.PositiveSmallIntegerField(choices=[(6, '6 bulan'), (5, '5 bulan'), (4, '4 bulan'), (3, '3 bulan'), (2, '2 bulan'), (1, '1 bulan')], default=6, verbose_name='diperbarui setiap')),
                ('category', models.CharField(blank=True, choices=[('periodic', 'Berkala'), ('immediate', 'Serta merta'), ('on_demand', 'Setiap saat')], max_length=10, verbose_name='jenis informasi')),
                ('created_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information', to='organisation.unit', verbose_name='unit yang menguasai')),
            ],
            options={
                'verbose_name': 'informasi',
                'ordering': ['-created_at', '-pk'],
            },
            bases=(ppid.shelf.models.Available, models.Model),
        ),
        migrations.AddField(
            model_name='exclusion',
            name='information',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='information.information'),
        ),
        migrations.AddField(
            model_name='document',
            name='information',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='information.information'),
        ),
        migrations.CreateModel(
            name='DescriptionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40, verbose_name='isian')),
                ('before', models.TextField(blank=True, verbose_name='semula')),
                ('after', models.TextField(blank=True, verbose_name='menjadi')),
                ('author_name', models.CharField(max_length=150, verbose_name='nama penulis')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditulis oleh')),
                ('information', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='description_changes', to='information.information', verbose_name='informasi')),
            ],
            options={
                'verbose_name': 'perubahan keterangan',
                'ordering': ['information', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ItemPassedOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_name', models.CharField(max_length=200, verbose_name='nama asal')),
                ('to_name', models.CharField(max_length=200, verbose_name='nama penerus')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('because', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='dari')),
                ('information', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='information.information')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='kepada')),
            ],
            options={
                'verbose_name': 'informasi yang diteruskan',
                'ordering': ['information', 'pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='series_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a95cd99bb948827f47b29e900b6abfb85a495774', operation='DELETE', pgid='pgtrigger_series_is_kept_4f520', table='information_numberseries', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='06763fe589d66e3ee54aec41b046233388c9e882', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c0735', table='information_numberseries', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='no_number_is_given_twice', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.series <> OLD.series OR NEW.last <> OLD.last + 1)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='44dae82d00582b71237bc7030b8d9660cae43c91', operation='UPDATE', pgid='pgtrigger_no_number_is_given_twice_548a8', table='information_numberseries', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='participant',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='petugas'),
        ),
        migrations.AddField(
            model_name='participant',
            name='test',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='information.consequencetest'),
        ),
        migrations.AddField(
            model_name='voideddecree',
            name='exclusion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voided_decrees', to='information.exclusion'),
        ),
        migrations.AddField(
            model_name='voideddecree',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='voideddecree',
            name='voided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh'),
        ),
        migrations.AddConstraint(
            model_name='documentcleaning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept_because', ''), ('taken__len__gt', 0)), ('taken__len', 0), _connector='OR'), name='cleaning_took_something_or_says_why_not'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcleaning',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8c9718262dd5fa9855ca1468f579aa4cef981a59', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_d924b', table='information_documentcleaning', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcleaning',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='1329611dedfa4ac0f0d55129d79e30c90432a024', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_507de', table='information_documentcleaning', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcleaning',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='edb6e57da34b4cb7b2d5a02ce4a268367d185a1e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_0f69a', referencing='REFERENCING NEW TABLE AS written ', table='information_documentcleaning', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcleaning',
            trigger=pgtrigger.compiler.Trigger(name='what_was_not_cleaned_has_its_bytes', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_document WHERE id = NEW.document_id\n                          AND (sha256 = NEW.original_sha256) = (cardinality(NEW.taken) = 0)\n                    )\n                 THEN RAISE EXCEPTION 'a document from which nothing was taken has the bytes that were sent'; END IF; RETURN COALESCE(NEW, OLD);", hash='915c4f537e7de3a574fe30b512d4fdff86ab5f8c', operation='INSERT', pgid='pgtrigger_what_was_not_cleaned_has_its_bytes_72e78', table='information_documentcleaning', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentreading',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a116fda59f37b9cd32ffa40ff9560d860c14bcff', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_52244', table='information_documentreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentreading',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8c84c2973f52f47ee28e95aa3051237de215c682', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1285a', table='information_documentreading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentreading',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='c1aa75d88c518a8f4a1e9d449eba83c3762e6eda', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_e46cd', referencing='REFERENCING NEW TABLE AS written ', table='information_documentreading', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentreading',
            trigger=pgtrigger.compiler.Trigger(name='reading_is_of_these_bytes', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT 1 FROM information_document WHERE id = NEW.document_id AND sha256 = NEW.sha256) THEN RAISE EXCEPTION 'a reading is bound to the bytes of its document'; END IF; RETURN COALESCE(NEW, OLD);", hash='689f287e826fa0a54b7573d443d024c8e9b34e4d', operation='INSERT', pgid='pgtrigger_reading_is_of_these_bytes_bb2ea', table='information_documentreading', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(('conclusion', 'open'), ('grounds__len__gt', 0), _connector='OR'), name='test_names_a_ground_unless_open', violation_error_code='grounds', violation_error_message='Pilih sekurang-kurangnya satu huruf pasal 17.'),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conclusion', 'part'), _negated=True), models.Q(('redacted_parts', ''), _negated=True), _connector='OR'), name='partial_exclusion_names_the_parts', violation_error_code='redacted_parts', violation_error_message='Sebutkan bagian yang dihitamkan.'),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grounds__contains', ['j']), _negated=True), models.Q(('other_statute', ''), _negated=True), _connector='OR'), name='ground_j_names_the_statute', violation_error_code='other_statute', violation_error_message='Huruf j memerlukan nama undang-undang yang mendasari.'),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(('conclusion', 'open'), models.Q(('grounds__overlap', ['a', 'b', 'c', 'd', 'e', 'f']), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='grounds_a_to_f_have_an_end', violation_error_code='ends_on', violation_error_message='Pengecualian huruf a–f tidak permanen (pasal 20): isi tanggal berakhirnya.'),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_over', ''), ('tested_on__isnull', False)), models.Q(models.Q(('taken_over', ''), _negated=True), ('tested_on__isnull', True)), _connector='OR'), name='test_was_held_unless_taken_over', violation_error_code='tested_on', violation_error_message='Isi tanggal pengujian.'),
        ),
        migrations.AddConstraint(
            model_name='consequencetest',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('tested_on')), _connector='OR'), name='exclusion_ends_after_the_test', violation_error_code='ends_on', violation_error_message='Tanggal berakhir harus sesudah tanggal pengujian.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='d382ed4228f47976eb795872cbdcb14c7a822bdf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1f4a5', table='information_consequencetest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='a_row_keeps_the_name_of_its_day', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            SELECT name INTO NEW.unit_name FROM organisation_unit WHERE id = (\n    SELECT unit_id FROM information_information item\n    JOIN information_exclusion exclusion ON exclusion.information_id = item.id WHERE exclusion.id = NEW.exclusion_id\n);\n            RETURN NEW;\n        ', hash='80662f1b93adc5a97316235a5c02cd962757fd5f', operation='INSERT OR UPDATE', pgid='pgtrigger_a_row_keeps_the_name_of_its_day_24de7', table='information_consequencetest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='test_keeps_to_the_calendar', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.tested_on > (NEW.filled_at AT TIME ZONE 'Asia/Pontianak')::date THEN\n                        RAISE EXCEPTION 'a test that was not held yet is not written down';\n                    END IF;\n                    IF NEW.conclusion <> 'open' AND 'a' = ANY (NEW.grounds)\n                       AND NEW.ends_on > NEW.tested_on + interval '30 years' THEN\n                        RAISE EXCEPTION 'an exclusion under letter a lasts 30 years at most';\n                    END IF;\n                    RETURN NEW;\n                ", hash='cf5ae375dc2eab9473ba4c3cf55dfd63f7aef36a', operation='INSERT OR UPDATE', pgid='pgtrigger_test_keeps_to_the_calendar_431ad', table='information_consequencetest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='test_is_filled_in_with_its_line', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_fillingoftest\n                        WHERE exclusion_id = NEW.exclusion_id AND filled_by_id = NEW.filled_by_id\n                          AND filled_at = NEW.filled_at\n                    )\n                 THEN RAISE EXCEPTION 'a test is filled in with its line in the ledger only'; END IF; RETURN COALESCE(NEW, OLD);", hash='16531cb0c28d80ba84771f80e8a58ed6a4ca6c22', operation='INSERT OR UPDATE', pgid='pgtrigger_test_is_filled_in_with_its_line_63ab3', table='information_consequencetest', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='test_is_written_at_its_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP <> 'INSERT' AND NOT (EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = OLD.exclusion_id AND state = 'testing') OR EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = OLD.exclusion_id AND c.moves = 0 AND record.kind = 'takeover'\n    )) OR TG_OP <> 'DELETE' AND NOT (EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = NEW.exclusion_id AND state = 'testing') OR EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = NEW.exclusion_id AND c.moves = 0 AND record.kind = 'takeover'\n    )) THEN RAISE EXCEPTION 'a paper of an exclusion never changes but at its step'; END IF; RETURN COALESCE(NEW, OLD);", hash='7334be4cd21db685d9aef2dd16a3ee0149a8a76e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_test_is_written_at_its_step_14600', table='information_consequencetest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='stays_while_a_decree_rests_on_it', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM information_classificationdecree WHERE exclusion_id = OLD.exclusion_id) OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM information_classificationdecree WHERE exclusion_id = NEW.exclusion_id) THEN RAISE EXCEPTION 'a paper of an exclusion never changes but at its step, before its decree'; END IF; RETURN COALESCE(NEW, OLD);", hash='bb47c60ea2af698bb875dd2caf69ededd28d782f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_stays_while_a_decree_rests_on_it_0e54f', table='information_consequencetest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='test_says_that_it_was_taken_over', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.taken_over <> '') <> EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = NEW.exclusion_id AND c.moves = 0 AND record.kind = 'takeover'\n    ) THEN RAISE EXCEPTION 'a test says that it was taken over, when it was and only then'; END IF; RETURN COALESCE(NEW, OLD);", hash='d9930bd0b47611a7044a7aa2d40b591cffe88376', operation='INSERT OR UPDATE', pgid='pgtrigger_test_says_that_it_was_taken_over_1feb8', table='information_consequencetest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='classificationdecree',
            constraint=models.CheckConstraint(condition=models.Q(('date__gte', models.F('approved_on'))), name='decree_follows_approval', violation_error_code='date', violation_error_message='Tanggal penetapan tidak boleh sebelum persetujuan pimpinan.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='edfd0bcfafaeecb6dca2e69a386cb306aff3b34b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_415c1', table='information_classificationdecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='71f0b09cd1b872c6df4c82780e7a5f0d0ea19700', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_07ac8', referencing='REFERENCING NEW TABLE AS written ', table='information_classificationdecree', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='row_leaves_with_a_link', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'gone' FROM gone ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='efb978244f98218114052ea56624fc97ae706a66', level='STATEMENT', operation='DELETE', pgid='pgtrigger_row_leaves_with_a_link_bbe4b', referencing='REFERENCING OLD TABLE AS gone ', table='information_classificationdecree', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='a_row_keeps_the_name_of_its_day', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            SELECT name INTO NEW.unit_name FROM organisation_unit WHERE id = (\n    SELECT unit_id FROM information_information item\n    JOIN information_exclusion exclusion ON exclusion.information_id = item.id WHERE exclusion.id = NEW.exclusion_id\n);\n            RETURN NEW;\n        ', hash='d31517b227112eaa24cf1fc1de7ae2d405228348', operation='INSERT', pgid='pgtrigger_a_row_keeps_the_name_of_its_day_83603', table='information_classificationdecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='decree_decides_on_this_test', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = NEW.exclusion_id AND state = 'adopting')\n            AND NOT EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = NEW.exclusion_id AND c.moves = 0 AND record.kind = 'takeover'\n    ) THEN\n                RAISE EXCEPTION 'a paper of an exclusion never changes but at its step';\n            END IF;\n            IF NOT EXISTS (\n                SELECT 1 FROM information_consequencetest\n                WHERE exclusion_id = NEW.exclusion_id AND digest = NEW.test_digest\n                  AND (NEW.date >= tested_on AND NEW.approved_on >= tested_on\n                       OR taken_over <> '' AND NEW.approved_on IS NULL AND (\n                           NOT 'a' = ANY (grounds) OR ends_on <= NEW.date + interval '30 years'\n                       ))\n            ) THEN\n                RAISE EXCEPTION 'a decree decides on this test, and after it';\n            END IF;\n            IF NEW.date > (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date THEN\n                RAISE EXCEPTION 'a decree that was not signed yet is not recorded';\n            END IF;\n            RETURN NEW;\n        ", hash='491dc6c15f155b9e0be2a7b6b79c7cde8f7472ca', operation='INSERT', pgid='pgtrigger_decree_decides_on_this_test_cc11a', table='information_classificationdecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='decree_goes_into_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n            TG_OP = 'UPDATE' OR NOT EXISTS (\n                SELECT 1 FROM information_voideddecree voided\n                JOIN flows_case c ON c.exclusion_id = voided.exclusion_id\n                WHERE voided.exclusion_id = OLD.exclusion_id AND voided.recorded_at = OLD.recorded_at\n                  AND c.state IN ('testing', 'adopting')\n            )\n         THEN RAISE EXCEPTION 'a paper of an exclusion never changes but at its step: a decree is voided by its row'; END IF; RETURN COALESCE(NEW, OLD);", hash='3a14cd2987b178237f2e6a7b39c7bce5176edfd6', operation='UPDATE OR DELETE', pgid='pgtrigger_decree_goes_into_the_ledger_08765', table='information_classificationdecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fillingoftest',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.filled_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='e0487053625c6b28c396c373a9e87d6261b3b638', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_377e1', table='information_fillingoftest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fillingoftest',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='41066b2339bfac9c408401510911d5f126555b40', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_22485', table='information_fillingoftest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fillingoftest',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='fd7e36f6b7e468523d9ea1e98e741759400dd239', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_afe40', referencing='REFERENCING NEW TABLE AS written ', table='information_fillingoftest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fillingoftest',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='e6645a159f268c31f8d60569d14f59c409c17389', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d4417', table='information_fillingoftest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('reading', 'kind'), name='one_finding_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['nik', 'kk', 'npwp', 'account', 'phone', 'email', 'small_count', 'hidden_sheet', 'hidden_rows', 'hidden_text', 'tracked', 'comment', 'attached', 'location', 'author', 'unseen'])), name='finding_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='finding_is_somewhere'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3752eb7992839612635b03c70ea34c3a2fe6b9d5', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_0cad3', table='information_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='836b5f9d79e2cf92fc896d80251cd020c536339c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9c23e', table='information_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='49ef2d672a4a7dae1d64e470d7378bab16eef982', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_1db90', referencing='REFERENCING NEW TABLE AS written ', table='information_finding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='findinganswer',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='answer_has_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findinganswer',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='c5fcf7787cbc5dba5521228de6ca27b3cad60570', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_cd5ac', table='information_findinganswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findinganswer',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3f52efee39649f1913b7d7fa1c059566c92d6506', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_6dddb', table='information_findinganswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findinganswer',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='031810d6cf21d0f4dd095052344e19a491d45d15', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9da9d', table='information_findinganswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findinganswer',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='be70fe9e7a6f7f6687bc2467d643771f31079b83', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_10ce9', referencing='REFERENCING NEW TABLE AS written ', table='information_findinganswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findinganswer',
            trigger=pgtrigger.compiler.Trigger(name='answer_is_about_these_bytes', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_finding finding\n                        JOIN information_documentreading reading ON reading.id = finding.reading_id\n                        JOIN information_document document ON document.id = reading.document_id\n                        WHERE finding.id = NEW.finding_id AND document.sha256 = NEW.sha256\n                          AND document.removed_at IS NULL\n                          AND NOT EXISTS (SELECT 1 FROM information_document WHERE replaces_id = document.id)\n                    )\n                 THEN RAISE EXCEPTION 'an answer is bound to the bytes of a document that still stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='c06992cbb75c81937c271b765a96210351b8ebb1', operation='INSERT', pgid='pgtrigger_answer_is_about_these_bytes_16968', table='information_findinganswer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='information',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', 'summary', 'responsible', config='indonesian'), fastupdate=False, name='information_words'),
        ),
        migrations.AddConstraint(
            model_name='information',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['', 'periodic', 'immediate', 'on_demand'])), name='information_category_is_known'),
        ),
        migrations.AddConstraint(
            model_name='information',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__range', (1, 6))), name='information_is_renewed_within_six_months', violation_error_code='rhythm', violation_error_message='Informasi berkala diperbarui paling lambat setiap 6 bulan.'),
        ),
        migrations.AddConstraint(
            model_name='information',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('made_from__isnull', True), ('made_to__isnull', True)), models.Q(models.Q(('made_when', ''), _negated=True), ('made_from__isnull', False), ('made_from__lte', models.F('made_to')), ('made_to__isnull', False)), _connector='OR'), name='made_from_comes_before_made_to'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.created_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='778b7c412c1eded8089354a89117e99cb5311a3a', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_3e615', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='information_keeps_its_number', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='04bcce28a1197aec9485db40399c87151be0bf2e', operation='UPDATE', pgid='pgtrigger_information_keeps_its_number_d8a1c', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='520e08d919ed4297eb39008ca9ad10a059e5f49f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_0b729', referencing='REFERENCING NEW TABLE AS written ', table='information_information', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='passes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func="IF \n            NOT EXISTS (\n                SELECT 1 FROM (SELECT * FROM information_itempassedon WHERE information_id = OLD.id ORDER BY id DESC LIMIT 1) newest\n                WHERE newest.from_unit_id = OLD.unit_id AND newest.to_unit_id = NEW.unit_id\n            )\n         THEN RAISE EXCEPTION 'what belongs to a unit passes on with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='99ca267017aff4aef7dbdedb8ccc56bf7c9f5982', operation='UPDATE', pgid='pgtrigger_passes_with_its_ledger_0618d', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='belongs_to_an_open_unit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (\n                SELECT 1 FROM information_information here JOIN organisation_unit unit ON unit.id = here.unit_id\n                WHERE here.id = NEW.id AND NOT unit.is_active AND TRUE\n            )\n         THEN RAISE EXCEPTION 'nothing begins at a unit that has closed'; END IF; RETURN COALESCE(NEW, OLD);", hash='050df8003d020dd3cdc8f24b3c3aa099b624aeb8', operation='INSERT', pgid='pgtrigger_belongs_to_an_open_unit_845fd', table='information_information', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='information_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='638dc3a95bd904041cef151533d73e03d71dfe7d', operation='DELETE', pgid='pgtrigger_information_is_kept_8f3cb', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='made_dates_come_with_their_words', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_when = NEW.made_when AND (OLD.made_from IS DISTINCT FROM NEW.made_from OR OLD.made_to IS DISTINCT FROM NEW.made_to))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5bc18e7fb125d8ac076d2b2b21109a25a8b75030', operation='UPDATE', pgid='pgtrigger_made_dates_come_with_their_words_e53f4', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='f8f11b0f0541c433a1876fe9c6dfdc0c21f70a15', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_77865', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='description_moves_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."has_hardcopy" IS DISTINCT FROM (NEW."has_hardcopy") OR OLD."has_softcopy" IS DISTINCT FROM (NEW."has_softcopy") OR OLD."made_place" IS DISTINCT FROM (NEW."made_place") OR OLD."made_when" IS DISTINCT FROM (NEW."made_when") OR OLD."on_request" IS DISTINCT FROM (NEW."on_request") OR OLD."responsible" IS DISTINCT FROM (NEW."responsible") OR OLD."retention" IS DISTINCT FROM (NEW."retention") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title"))', declare='DECLARE name TEXT;', func="\n            FOREACH name IN ARRAY ARRAY['title', 'summary', 'responsible', 'made_place', 'made_when', 'retention', 'has_softcopy', 'has_hardcopy', 'on_request', 'rhythm'] LOOP\n                IF to_jsonb(OLD)->>name IS DISTINCT FROM to_jsonb(NEW)->>name AND NOT EXISTS (\n                    SELECT 1 FROM (\n                        SELECT line.before, line.after FROM information_descriptionchange line\n                        WHERE line.information_id = OLD.id AND line.field = name ORDER BY line.id DESC LIMIT 1\n                    ) newest\n                    WHERE newest.before = COALESCE(to_jsonb(OLD)->>name, '')\n                      AND newest.after = COALESCE(to_jsonb(NEW)->>name, '')\n                ) THEN\n                    RAISE EXCEPTION 'a description changes with its line in the ledger only';\n                END IF;\n            END LOOP;\n            RETURN NEW;\n        ", hash='62584abe0a3ae91244762484d35d2554f8bd68f4', operation='UPDATE', pgid='pgtrigger_description_moves_with_its_ledger_455d5', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='description_is_written_while_prepared', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."has_hardcopy" IS DISTINCT FROM (NEW."has_hardcopy") OR OLD."has_softcopy" IS DISTINCT FROM (NEW."has_softcopy") OR OLD."made_place" IS DISTINCT FROM (NEW."made_place") OR OLD."made_when" IS DISTINCT FROM (NEW."made_when") OR OLD."on_request" IS DISTINCT FROM (NEW."on_request") OR OLD."responsible" IS DISTINCT FROM (NEW."responsible") OR OLD."retention" IS DISTINCT FROM (NEW."retention") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM flows_case\n                    WHERE information_id = OLD.id AND ended_at IS NULL AND state IN ('updating', 'coordinating', 'preparing', 'collecting', 'screening', 'testing')\n                ) AND NOT EXISTS (\n                    SELECT 1 FROM flows_amendment amendment JOIN flows_case c ON c.id = amendment.case_id\n                    WHERE c.information_id = OLD.id AND amendment.kind = 'correct_item'\n                      AND amendment.decision = 'approved' AND amendment.after->>'title' = NEW.title::text AND amendment.after->>'summary' = NEW.summary::text AND amendment.after->>'responsible' = NEW.responsible::text AND amendment.after->>'made_place' = NEW.made_place::text AND amendment.after->>'made_when' = NEW.made_when::text AND amendment.after->>'retention' = NEW.retention::text AND amendment.after->>'has_softcopy' = NEW.has_softcopy::text AND amendment.after->>'has_hardcopy' = NEW.has_hardcopy::text AND amendment.after->>'on_request' = NEW.on_request::text AND amendment.after->>'rhythm' = NEW.rhythm::text\n                      AND NOT EXISTS (SELECT 1 FROM flows_case WHERE information_id = OLD.id AND id > c.id)\n                      AND NOT EXISTS (\n                          SELECT 1 FROM flows_amendment later\n                          WHERE later.case_id = c.id AND later.kind = amendment.kind AND later.id > amendment.id\n                            AND later.decision = 'approved'\n                      )\n                )\n             THEN RAISE EXCEPTION 'a description changes only while it is prepared, or by a correction'; END IF; RETURN COALESCE(NEW, OLD);", hash='1ed3d2fffdec3f1849527e86cd2afdf86f285479', operation='UPDATE', pgid='pgtrigger_description_is_written_while_prepared_7d672', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='class_comes_with_the_approval', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category"))', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM flows_case c\n                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1\n                    WHERE c.information_id = OLD.id AND (record.approved->>'category' = NEW.category OR EXISTS (\n                        SELECT 1 FROM flows_steprecord undone\n                        WHERE record.kind = 'undo' AND undone.case_id = c.id AND undone.key = 'clarify'\n                          AND undone.sequence BETWEEN record.back_to + 1 AND record.sequence\n                          AND undone.stood->>'category' = NEW.category\n                    ))\n                )\n             THEN RAISE EXCEPTION 'a class comes with the approval that chose it'; END IF; RETURN COALESCE(NEW, OLD);", hash='090bd86392cdfb240b029f316cc3f87405c2416a', operation='UPDATE', pgid='pgtrigger_class_comes_with_the_approval_e9095', table='information_information', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='exclusion',
            index=models.Index(condition=models.Q(('adopted_at__isnull', False), ('continued_by__isnull', True), ('opened_on__isnull', True)), fields=['ends_on', 'id'], name='exclusion_ends'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.UniqueConstraint(condition=models.Q(('adopted_at__isnull', False), ('continued_by__isnull', True), ('opened_on__isnull', True)), fields=('information',), name='one_exclusion_of_an_item_in_force'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('continued_by__isnull', True), ('opened_on__isnull', True)), models.Q(('adopted_at__isnull', False), models.Q(('opened_on__isnull', True), ('continued_by__isnull', True), _connector='OR')), _connector='OR'), name='exclusion_is_opened_or_continued_once_adopted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='37329f36ed15eedcc34ae83642e3fd01cff90290', operation='DELETE', pgid='pgtrigger_exclusion_is_kept_43a09', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='632a011b5194fa71dcfdf1fc1c8a33aaa5579257', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e58f8', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_keeps_its_item', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."information_id" IS DISTINCT FROM (NEW."information_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2dc1cee226df66c013416435253d28ae556ea8e3', operation='UPDATE', pgid='pgtrigger_exclusion_keeps_its_item_ac049', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='425fd21bec7c2e348962848e03eb07e1244d4341', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_6f67a', referencing='REFERENCING NEW TABLE AS written ', table='information_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='adopted_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.adopted_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.adopted_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'adopted');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='a6eaca87755c6f46f70cb9c41b9cfb8900394d67', operation='INSERT OR UPDATE', pgid='pgtrigger_adopted_enters_the_chain_bcd2a', table='information_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='opened_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.opened_on IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.opened_on IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'opened');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='eb6ffbee90e658134a64f1d4cae2492848b368ae', operation='INSERT OR UPDATE', pgid='pgtrigger_opened_enters_the_chain_6f84b', table='information_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='continued_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.continued_by_id IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.continued_by_id IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'continued');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='ebdd6a150bd2204f1e7bdf64a6983747745de144', operation='INSERT OR UPDATE', pgid='pgtrigger_continued_enters_the_chain_52237', table='information_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_begins_unadopted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (COALESCE(NEW.adopted_at::text, NEW.ends_on::text, NEW.opened_on::text, NEW.continued_by_id::text) IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='97f093c99a80270ed886318edcffc8ba5f6df9a4', operation='INSERT', pgid='pgtrigger_exclusion_begins_unadopted_d68ca', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_is_adopted_with_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adopted_at" IS DISTINCT FROM (NEW."adopted_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))', func="\n                IF OLD.adopted_at IS NOT NULL THEN RAISE EXCEPTION 'an adopted exclusion never changes'; END IF;\n                IF NOT EXISTS (\n                    SELECT 1 FROM flows_case c\n                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1\n                    JOIN information_consequencetest test ON test.exclusion_id = OLD.id\n                    WHERE c.exclusion_id = OLD.id AND record.to_state = 'adopted'\n                      AND record.done_at = NEW.adopted_at AND test.ends_on IS NOT DISTINCT FROM NEW.ends_on\n                ) THEN\n                    RAISE EXCEPTION 'an exclusion is adopted with its row of the ledger only';\n                END IF;\n                IF NEW.ends_on < (NEW.adopted_at AT TIME ZONE 'Asia/Pontianak')::date THEN\n                    RAISE EXCEPTION 'a term that is over excludes nothing';\n                END IF;\n                IF EXISTS (\n                    SELECT 1 FROM flows_exclusionopening opening\n                    JOIN information_exclusion opened ON opened.id = opening.exclusion_id\n                    JOIN information_consequencetest test ON test.exclusion_id = OLD.id\n                    WHERE opened.information_id = OLD.information_id AND opening.ground <> 'term'\n                      AND opening.recorded_at >= test.filled_at\n                ) THEN\n                    RAISE EXCEPTION 'what was opened by a decision is excluded by a newer test only';\n                END IF;\n                IF NOT EXISTS (\n                    SELECT 1 FROM information_classificationdecree decree\n                    JOIN information_consequencetest test ON test.exclusion_id = decree.exclusion_id\n                    WHERE decree.exclusion_id = OLD.id AND decree.test_digest = test.digest\n                      AND decree.date <= (NEW.adopted_at AT TIME ZONE 'Asia/Pontianak')::date\n                ) THEN\n                    RAISE EXCEPTION 'a decree decides on this test';\n                END IF;\n                RETURN NEW;\n            ", hash='50de6b838968f7a60c8ee56524d63fa102985f19', operation='UPDATE', pgid='pgtrigger_exclusion_is_adopted_with_its_row_d70aa', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_is_opened_with_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."continued_by_id" IS DISTINCT FROM (NEW."continued_by_id") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on"))', func="\n                IF OLD.opened_on IS NOT NULL OR OLD.continued_by_id IS NOT NULL THEN\n                    RAISE EXCEPTION 'an exclusion ends once';\n                END IF;\n                IF NEW.opened_on IS NOT NULL AND NOT EXISTS (\n                    SELECT 1 FROM flows_exclusionopening WHERE exclusion_id = OLD.id AND opened_on = NEW.opened_on\n                ) THEN\n                    RAISE EXCEPTION 'an exclusion is opened with its row of the ledger only';\n                END IF;\n                IF NEW.continued_by_id IS NOT NULL AND NOT EXISTS (\n                    SELECT 1 FROM flows_case c\n                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1\n                    WHERE c.exclusion_id = NEW.continued_by_id AND c.information_id = OLD.information_id\n                      AND record.to_state = 'adopted'\n                      AND (OLD.ends_on IS NULL OR OLD.ends_on >= (record.done_at AT TIME ZONE 'Asia/Pontianak')::date)\n                ) THEN\n                    RAISE EXCEPTION 'an exclusion is continued by another of its item, while it is in force';\n                END IF;\n                RETURN NEW;\n            ", hash='53a16a53e77a92eeabe151ff7865e646b5b10902', operation='UPDATE', pgid='pgtrigger_exclusion_is_opened_with_its_row_20cbc', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='what_continues_is_adopted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.continued_by_id IS DISTINCT FROM OLD.continued_by_id)', constraint='CONSTRAINT', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM information_exclusion WHERE id = NEW.continued_by_id AND adopted_at IS NOT NULL\n                )\n             THEN RAISE EXCEPTION 'an exclusion is continued by one that was adopted'; END IF; RETURN COALESCE(NEW, OLD);", hash='143ffe7d686b4f19ae6c3d8104c12b3d7c5d3db6', operation='UPDATE', pgid='pgtrigger_what_continues_is_adopted_7a1ad', table='information_exclusion', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', config='indonesian'), fastupdate=False, name='document_words'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='document_sha256_is_hex'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='document_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['content', 'evidence', 'paper'])), name='document_purpose_is_known'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('exclusion__isnull', True), models.Q(('purpose', 'content'), _negated=True), _connector='OR'), name='papers_of_an_exclusion_are_evidence'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='document_is_removed_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.uploaded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='d01430107ecb9877946953dd9130a131c39b9de6', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_a6b00', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3e08e9dd2d5fc79f50efa179dd0f959283802cdc', operation='DELETE', pgid='pgtrigger_document_is_kept_66c03', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='2fdeaf9a63f698893b8671f9fa3e17dc3df2794c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f6064', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='2b94d786012a9c206ca8a1a64ed9220013e86bae', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_4327d', referencing='REFERENCING NEW TABLE AS written ', table='information_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='removed_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.removed_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.removed_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'removed');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='56a327ea73322c26236be4ed68f8c2c890560279', operation='INSERT OR UPDATE', pgid='pgtrigger_removed_enters_the_chain_4f094', table='information_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."information_id" IS DISTINCT FROM (NEW."information_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."exclusion_id" IS DISTINCT FROM (NEW."exclusion_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."filename" IS DISTINCT FROM (NEW."filename") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."address_key" IS DISTINCT FROM (NEW."address_key") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='461b6243bca5e7fd0c5e01f5922aa608036012d0', operation='UPDATE', pgid='pgtrigger_document_stays_c9fd9', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='address_means_one_document', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.replaces_id IS NULL AND EXISTS (\n                        SELECT 1 FROM information_document WHERE address_key = NEW.address_key\n                    ) OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM information_document\n                        WHERE id = NEW.replaces_id AND address_key = NEW.address_key\n                    )\n                 THEN RAISE EXCEPTION 'an address means one document and its successors'; END IF; RETURN COALESCE(NEW, OLD);", hash='c272620e7092f0726d08e1eb4cd1a6d899961e60', operation='INSERT', pgid='pgtrigger_address_means_one_document_965d7', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_is_removed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."removed_by_id" IS DISTINCT FROM (NEW."removed_by_id"))', func="IF \n                    OLD.removed_at IS NOT NULL\n                       OR EXISTS (SELECT 1 FROM information_document WHERE replaces_id = OLD.id)\n                 THEN RAISE EXCEPTION 'a document that was removed or replaced stays so'; END IF; RETURN COALESCE(NEW, OLD);", hash='dddad4059db94d393433aa4d442ef0b34aa696e4', operation='UPDATE', pgid='pgtrigger_document_is_removed_once_86778', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_replaces_a_current_one', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.removed_at IS NOT NULL OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM information_document\n                        WHERE id = NEW.replaces_id AND information_id = NEW.information_id\n                          AND purpose = NEW.purpose AND removed_at IS NULL\n                    )\n                 THEN RAISE EXCEPTION 'a document replaces a current one of its item'; END IF; RETURN COALESCE(NEW, OLD);", hash='cc0ebdb45d903f2f2f3f9002130aacc01a614af0', operation='INSERT', pgid='pgtrigger_document_replaces_a_current_one_b9721', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='evidence_of_an_exclusion_is_its_paper', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NEW.exclusion_id IS NOT NULL AND NOT EXISTS (\n                    SELECT 1 FROM information_exclusion\n                    WHERE id = NEW.exclusion_id AND information_id = NEW.information_id\n                ) OR NEW.exclusion_id IS NULL AND NEW.purpose <> 'content' AND (\n                    SELECT flow = 'exclusion' AND (ended_at IS NULL OR state = 'adopted') FROM flows_case\n                    WHERE information_id = NEW.information_id ORDER BY id DESC LIMIT 1\n                )\n             THEN RAISE EXCEPTION 'evidence that is born in an exclusion is a paper of that exclusion'; END IF; RETURN COALESCE(NEW, OLD);", hash='c362a940ec6367d0ab57a957d1daa1cd79db0c0e', operation='INSERT', pgid='pgtrigger_evidence_of_an_exclusion_is_its_paper_47fa5', table='information_document', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='descriptionchange',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='a_change_changes_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.author_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='d1f15b973f729f4e68dfc248e45f55fb42e66a65', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_d8d52', table='information_descriptionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40e2cda092ee99724e6401649c9e68320dba6fc7', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_9af2c', table='information_descriptionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='732812a1b6e289e36240eb7dc77c3477b075cd07', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_e49db', referencing='REFERENCING NEW TABLE AS written ', table='information_descriptionchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='410cd6dba5a41bbd73fb9efcf08dedfd7c0187a0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fed0b', table='information_descriptionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='line_starts_where_the_description_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_information item\n                        WHERE item.id = NEW.information_id AND to_jsonb(item) ? NEW.field\n                          AND NEW.before = COALESCE(to_jsonb(item)->>NEW.field, '')\n                    )\n                 THEN RAISE EXCEPTION 'a line of the ledger starts where the description stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='2121a15c14bc5d104f04be94c9cf36685bfb68ca', operation='INSERT', pgid='pgtrigger_line_starts_where_the_description_stands_4ebea', table='information_descriptionchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionchange',
            trigger=pgtrigger.compiler.Trigger(name='line_changes_its_description', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_information item\n                        WHERE item.id = NEW.information_id AND COALESCE(to_jsonb(item)->>NEW.field, '') = (\n                            SELECT line.after FROM information_descriptionchange line\n                            WHERE line.information_id = item.id AND line.field = NEW.field ORDER BY line.id DESC LIMIT 1\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'a line of the ledger without its change'; END IF; RETURN COALESCE(NEW, OLD);", hash='2c8ebb4e024f0df8f40ba78ac1dc709cdce1ac38', operation='INSERT', pgid='pgtrigger_line_changes_its_description_4e17b', table='information_descriptionchange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itempassedon',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa6e966d18ef7b072d3ced6b64e23491f6ceca47', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_643b8', table='information_itempassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itempassedon',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='82c78e4d5b95b6bcec5be89892502f1a6cf74ca9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_868bf', referencing='REFERENCING NEW TABLE AS written ', table='information_itempassedon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itempassedon',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='12a90d27f6c3982ac45d1d2f78fabd203172dba9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3281a', table='information_itempassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itempassedon',
            trigger=pgtrigger.compiler.Trigger(name='passes_from_a_closed_unit', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM organisation_unit\n                    WHERE id = NEW.from_unit_id AND NOT is_active AND successor_id = NEW.to_unit_id\n                ) OR NOT EXISTS (SELECT 1 FROM information_information WHERE id = NEW.information_id AND unit_id = NEW.from_unit_id)\n             THEN RAISE EXCEPTION 'what belongs to a unit passes to its successor as it closes'; END IF; RETURN COALESCE(NEW, OLD);", hash='6b7b25817e6bcbc429a81255b97eaa0c30ab540c', operation='INSERT', pgid='pgtrigger_passes_from_a_closed_unit_a9ba7', table='information_itempassedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itempassedon',
            trigger=pgtrigger.compiler.Trigger(name='line_passes_what_it_names', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                (SELECT unit_id FROM information_information WHERE id = NEW.information_id) IS DISTINCT FROM (\n                    SELECT to_unit_id FROM information_itempassedon WHERE information_id = NEW.information_id ORDER BY id DESC LIMIT 1\n                )\n             THEN RAISE EXCEPTION 'a line of the ledger without what passes'; END IF; RETURN COALESCE(NEW, OLD);", hash='42afe24cf7cd0dceb91e41fef5da7ffd2758c7e8', operation='INSERT', pgid='pgtrigger_line_passes_what_it_names_7ca08', table='information_itempassedon', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('test', 'person'), name='takes_part_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='bc71a760aded1af416d9b2245b6f777f60da1f24', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b0dea', table='information_participant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='participants_are_written_with_it', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP <> 'INSERT' AND NOT (EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = OLD.test_id) AND state = 'testing') OR EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = OLD.test_id) AND c.moves = 0 AND record.kind = 'takeover'\n    )) OR TG_OP <> 'DELETE' AND NOT (EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = NEW.test_id) AND state = 'testing') OR EXISTS (\n        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1\n        WHERE c.exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = NEW.test_id) AND c.moves = 0 AND record.kind = 'takeover'\n    )) THEN RAISE EXCEPTION 'a paper of an exclusion never changes but at its step'; END IF; RETURN COALESCE(NEW, OLD);", hash='a3f36bf4a83d58d6e7a19bf42c6369cdab750237', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_participants_are_written_with_it_86be2', table='information_participant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='who_takes_part_may_know', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.person_id IS NOT NULL)', func="IF NOT EXISTS (\n        SELECT 1 FROM information_consequencetest test\n        JOIN flows_case c ON c.exclusion_id = test.exclusion_id\n        JOIN organisation_user person ON person.id = NEW.person_id AND person.name = NEW.name\n         AND person.is_active AND NOT person.must_change_password\n        CROSS JOIN LATERAL (\n            SELECT bool_or(\n        role.scope <> 'office' AND (role.code IN ('atasan_ppid', 'ppid_utama') OR (\n            (c.flow <> 'exclusion' OR EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = c.sop_version_id AND link.role_id = role.id\n    ))\n            AND (NOT EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    )\n                 OR EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n     AND EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = s.sop_version_id AND link.role_id = role.id\n    )))\n        ))\n    ) AS knows, bool_or(role.code = 'atasan_ppid' OR EXISTS (\n                SELECT 1 FROM sop_activity here\n                JOIN sop_performer first_column ON first_column.id = here.performer_id\n                LEFT JOIN sop_performer last_column ON last_column.id = here.last_performer_id\n                JOIN sop_performer each_column ON each_column.version_id = here.version_id\n                 AND each_column.position BETWEEN first_column.position\n                     AND COALESCE(last_column.position, first_column.position)\n                JOIN sop_performerrole link ON link.performer_id = each_column.id AND link.role_id = role.id\n                WHERE here.version_id = c.sop_version_id AND 4 = ANY (here.carries)\n            )) AS decides\n            FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n            WHERE held.user_id = person.id AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n              AND \n        NOT held.is_void AND held.starts_on <= (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (test.filled_at AT TIME ZONE 'Asia/Pontianak')::date)\n    \n        ) office\n        WHERE test.id = NEW.test_id AND office.knows AND NOT office.decides\n    ) THEN RAISE EXCEPTION 'who takes part as a person of the portal may know of the exclusion, and does not decide on it'; END IF; RETURN COALESCE(NEW, OLD);", hash='81cfbed3f93c9e5426e828d2309f7d68d2613c22', operation='INSERT OR UPDATE', pgid='pgtrigger_who_takes_part_may_know_29233', table='information_participant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='stays_while_a_decree_rests_on_it', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM information_classificationdecree WHERE exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = OLD.test_id)) OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM information_classificationdecree WHERE exclusion_id = (SELECT exclusion_id FROM information_consequencetest WHERE id = NEW.test_id)) THEN RAISE EXCEPTION 'a paper of an exclusion never changes but at its step, before its decree'; END IF; RETURN COALESCE(NEW, OLD);", hash='e5363c97baf08d2fb36f1cd6faea3732e0c349b3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_stays_while_a_decree_rests_on_it_efac4', table='information_participant', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='voideddecree',
            constraint=models.UniqueConstraint(fields=('exclusion', 'recorded_at'), name='decree_voided_once'),
        ),
        migrations.AddConstraint(
            model_name='voideddecree',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__gte', models.F('recorded_at'))), name='voided_after_recorded'),
        ),
        migrations.AddConstraint(
            model_name='voideddecree',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='voided_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voideddecree',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='66ed76bab867e9b3219569f7a0ad17b90aad0bd4', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_b8e45', table='information_voideddecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voideddecree',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='6ae6d5c1178d4f3d0a5b66b97a95cf1c2cf0c4f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_a1ed1', referencing='REFERENCING NEW TABLE AS written ', table='information_voideddecree', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voideddecree',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='131ba98334d82b327bb73ac625ff831a99258486', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1b11d', table='information_voideddecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voideddecree',
            trigger=pgtrigger.compiler.Trigger(name='what_is_voided_stood', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_classificationdecree\n                        WHERE exclusion_id = NEW.exclusion_id AND recorded_at = NEW.recorded_at\n                          AND recorded_by_id = NEW.recorded_by_id AND test_digest = NEW.test_digest\n                          AND number = NEW.words->>'number' AND date::text = NEW.words->>'date'\n                    )\n                 THEN RAISE EXCEPTION 'what is voided is the decree that stood'; END IF; RETURN COALESCE(NEW, OLD);", hash='93fa3b28d6b503204f942937c0d7e4df00ad2aae', operation='INSERT', pgid='pgtrigger_what_is_voided_stood_4da42', table='information_voideddecree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voideddecree',
            trigger=pgtrigger.compiler.Trigger(name='what_is_voided_is_gone', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    EXISTS (\n                        SELECT 1 FROM information_classificationdecree\n                        WHERE exclusion_id = NEW.exclusion_id AND recorded_at = NEW.recorded_at\n                    )\n                 THEN RAISE EXCEPTION 'a voided decree counts no more'; END IF; RETURN COALESCE(NEW, OLD);", hash='9217b39c08557c8a365d106ffc39c2e6c5d3438a', operation='INSERT', pgid='pgtrigger_what_is_voided_is_gone_cc96d', table='information_voideddecree', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
