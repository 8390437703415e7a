import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppid.information.models
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
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir pada')),
                ('adopted_at', models.DateTimeField(null=True, verbose_name='ditetapkan pada')),
            ],
            options={
                'verbose_name': 'pengecualian',
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('series', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField()),
            ],
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
                ('tested_on', models.DateField(verbose_name='tanggal pengujian')),
                ('filled_at', models.DateTimeField()),
                ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
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
                ('approved_on', models.DateField(verbose_name='tanggal persetujuan pimpinan')),
                ('reason', models.TextField(max_length=4000, verbose_name='alasan pengecualian')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exclusion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decree', to='information.exclusion')),
            ],
            options={
                'verbose_name': 'surat penetapan klasifikasi',
            },
        ),
        migrations.CreateModel(
            name='Information',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='nomor')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
                ('summary', models.TextField(blank=True, max_length=4000, verbose_name='ringkasan isi')),
                ('responsible', models.CharField(blank=True, max_length=200, verbose_name='penanggung jawab pembuatan atau penerbitan')),
                ('made_place', models.CharField(blank=True, max_length=120, verbose_name='tempat pembuatan')),
                ('made_on', models.DateField(blank=True, null=True, verbose_name='tanggal pembuatan')),
                ('has_softcopy', models.BooleanField(default=True, verbose_name='softcopy')),
                ('has_hardcopy', models.BooleanField(default=False, verbose_name='hardcopy')),
                ('retention', models.CharField(blank=True, max_length=120, verbose_name='jangka waktu penyimpanan atau retensi arsip')),
                ('category', models.CharField(blank=True, choices=[('periodic', 'Berkala'), ('immediate', 'Serta merta'), ('on_demand', 'Setiap saat')], max_length=10, verbose_name='jenis informasi')),
                ('created_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information', to='organisation.unit', verbose_name='unit yang menguasai')),
            ],
            options={
                'verbose_name': 'informasi',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='exclusion',
            name='information',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='information.information'),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('content', 'Dokumen informasi'), ('evidence', 'Bukti langkah')], max_length=10, verbose_name='kegunaan')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
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
                ('information', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='information.information')),
            ],
            options={
                'verbose_name': 'dokumen',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('position', models.CharField(max_length=150, verbose_name='jabatan')),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='information.consequencetest')),
            ],
            options={
                'verbose_name': 'peserta pengujian',
                'ordering': ['pk'],
            },
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
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('tested_on')), _connector='OR'), name='exclusion_ends_after_the_test', violation_error_code='ends_on', violation_error_message='Tanggal berakhir harus sesudah tanggal pengujian.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequencetest',
            trigger=pgtrigger.compiler.Trigger(name='test_of_adopted_exclusion_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP <> 'INSERT'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = OLD.exclusion_id AND adopted_at IS NOT NULL)\n            OR TG_OP <> 'DELETE'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = NEW.exclusion_id AND adopted_at IS NOT NULL)\n            THEN\n                RAISE EXCEPTION 'an adopted exclusion never changes';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4373cd2f338ebe8e71bab472f725294ae62128ec', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_test_of_adopted_exclusion_stays_b4bac', table='information_consequencetest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='classificationdecree',
            constraint=models.CheckConstraint(condition=models.Q(('date__gte', models.F('approved_on'))), name='decree_follows_approval', violation_error_code='date', violation_error_message='Tanggal penetapan tidak boleh sebelum persetujuan pimpinan.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationdecree',
            trigger=pgtrigger.compiler.Trigger(name='decree_of_adopted_exclusion_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP <> 'INSERT'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = OLD.exclusion_id AND adopted_at IS NOT NULL)\n            OR TG_OP <> 'DELETE'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = NEW.exclusion_id AND adopted_at IS NOT NULL)\n            THEN\n                RAISE EXCEPTION 'an adopted exclusion never changes';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='fe595c2f2057a56a5736af0fadfcf18f34f00d3c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_decree_of_adopted_exclusion_stays_9856b', table='information_classificationdecree', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='information',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['', 'periodic', 'immediate', 'on_demand'])), name='information_category_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='information',
            trigger=pgtrigger.compiler.Trigger(name='information_keeps_its_number', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3c6d64378adb078e97cf2bd1555180c6fc90f217', operation='UPDATE', pgid='pgtrigger_information_keeps_its_number_d8a1c', table='information_information', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='exclusion_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='37329f36ed15eedcc34ae83642e3fd01cff90290', operation='DELETE', pgid='pgtrigger_exclusion_is_kept_43a09', table='information_exclusion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='adopted_exclusion_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.adopted_at IS NOT NULL THEN RAISE EXCEPTION 'an adopted exclusion never changes'; END IF;\n                    RETURN NEW;\n                ", hash='0bc5c3e816249e462f3374c7d9ae78d8b15ffb4e', operation='UPDATE', pgid='pgtrigger_adopted_exclusion_stays_e8fc1', table='information_exclusion', when='BEFORE')),
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
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['content', 'evidence'])), name='document_purpose_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3e08e9dd2d5fc79f50efa179dd0f959283802cdc', operation='DELETE', pgid='pgtrigger_document_is_kept_66c03', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."information_id" IS DISTINCT FROM (NEW."information_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."filename" IS DISTINCT FROM (NEW."filename") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."address_key" IS DISTINCT FROM (NEW."address_key") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7f568d64d2bd9be5808829eaa3c62b3d15e153f7', operation='UPDATE', pgid='pgtrigger_document_stays_c9fd9', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='address_means_one_document', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.replaces_id IS NULL AND EXISTS (\n                        SELECT 1 FROM information_document WHERE address_key = NEW.address_key\n                    ) OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM information_document\n                        WHERE id = NEW.replaces_id AND address_key = NEW.address_key\n                    ) THEN\n                        RAISE EXCEPTION 'an address means one document and its successors';\n                    END IF;\n                    RETURN NEW;\n                ", hash='dcb09d1aae815144724de018fbd484db6bb32f07', operation='INSERT', pgid='pgtrigger_address_means_one_document_965d7', table='information_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participant',
            trigger=pgtrigger.compiler.Trigger(name='participants_of_adopted_exclusion_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP <> 'INSERT'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = (SELECT exclusion_id FROM information_consequencetest WHERE id = OLD.test_id) AND adopted_at IS NOT NULL)\n            OR TG_OP <> 'DELETE'\n               AND EXISTS (SELECT 1 FROM information_exclusion WHERE id = (SELECT exclusion_id FROM information_consequencetest WHERE id = NEW.test_id) AND adopted_at IS NOT NULL)\n            THEN\n                RAISE EXCEPTION 'an adopted exclusion never changes';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9bc56616da8a3b5b558afcfdd173abcb877a9a85', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_participants_of_adopted_exclusion_stay_f29bb', table='information_participant', when='BEFORE')),
        ),
    ]
