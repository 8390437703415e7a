import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('editions', '0001_initial'),
        ('flows', '0001_initial'),
        ('information', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Takeover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dip', 'DIP: Daftar Informasi Publik'), ('dik', 'DIK: Daftar Informasi yang Dikecualikan')], default='dip', max_length=3, verbose_name='daftar')),
                ('way', models.CharField(blank=True, choices=[('cases', 'Sebagai proses: setiap baris menjadi proses pengumuman di langkah 1'), ('moved', 'Pindahan: sudah ditetapkan dengan SK, langsung tampil di portal sesudah disetujui')], max_length=5, verbose_name='cara')),
                ('sheet', models.CharField(blank=True, max_length=200, verbose_name='lembar')),
                ('head_row', models.PositiveIntegerField(null=True, verbose_name='baris judul kolom')),
                ('targets', models.JSONField(default=dict, verbose_name='arti kolom')),
                ('unit_names', models.JSONField(default=dict, verbose_name='nama unit')),
                ('read_at', models.DateTimeField(null=True, verbose_name='dibaca pada')),
                ('sk_number', models.CharField(blank=True, max_length=120, verbose_name='nomor SK penetapan')),
                ('sk_date', models.DateField(blank=True, null=True, verbose_name='tanggal SK')),
                ('state', models.CharField(choices=[('draft', 'Disiapkan'), ('proposed', 'Menunggu persetujuan'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('given_up', 'Dibatalkan')], default='draft', max_length=8, verbose_name='keadaan')),
                ('moves', models.PositiveIntegerField(default=0, verbose_name='jumlah gerak')),
                ('uploaded_name', models.CharField(max_length=150, verbose_name='nama pengunggah')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('proposed_at', models.DateTimeField(null=True, verbose_name='diajukan pada')),
                ('approved_name', models.CharField(blank=True, max_length=150, verbose_name='nama penyetuju')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='disetujui pada')),
                ('approved_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='disetujui oleh')),
                ('default_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='unit untuk baris tanpa unit')),
                ('edition', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_over_as', to='editions.registeredition', verbose_name='edisi')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diajukan oleh')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'ambil alih',
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SettledDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hidden', 'Baris tersembunyi'), ('formula', 'Nilai dari rumus'), ('merged', 'Nilai dari sel gabungan'), ('section', 'Jenis dari judul bagian'), ('title_from_summary', 'Judul diambil dari ringkasan'), ('unit_default', 'Unit kosong'), ('when', 'Waktu tidak terbaca'), ('form', 'Bentuk tidak jelas'), ('empty', 'Kolom kosong'), ('twice_in_table', 'Judul kembar di tabel'), ('twice_in_register', 'Sudah ada di register'), ('nik', 'Angka seperti NIK'), ('file', 'Berkas belum dikirim'), ('ground', 'Huruf pasal 17 tidak dikenal'), ('scope', 'Seluruhnya atau sebagian tidak tertulis'), ('term', 'Jangka waktu dihitung, atau tanpa tanggal'), ('decree', 'Surat penetapan mengikuti SK daftar'), ('public', 'Sedang diumumkan di portal'), ('twice_in_dik', 'Sudah ada di DIK'), ('in_dik', 'Dikecualikan di DIK')], max_length=20, verbose_name='keraguan')),
                ('rows', models.PositiveIntegerField(verbose_name='jumlah baris')),
                ('settled_name', models.CharField(max_length=150, verbose_name='nama pemeriksa')),
                ('settled_at', models.DateTimeField(verbose_name='diperiksa pada')),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diperiksa oleh')),
                ('takeover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='takeover.takeover')),
            ],
            options={
                'verbose_name': 'keraguan yang diperiksa',
                'ordering': ['takeover', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TakeoverFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('media_type', models.CharField(max_length=120, verbose_name='jenis berkas')),
                ('size', models.PositiveBigIntegerField(help_text='bytes', verbose_name='ukuran')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('is_content', models.BooleanField(default=False, verbose_name='isi baris')),
                ('takeover', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='takeover.takeover')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'berkas ambil alih',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='takeover',
            name='scan',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='takeover.takeoverfile', verbose_name='pindaian SK bertanda tangan'),
        ),
        migrations.AddField(
            model_name='takeover',
            name='table',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='takeover.takeoverfile', verbose_name='berkas tabel'),
        ),
        migrations.CreateModel(
            name='TakeoverMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='urutan')),
                ('from_state', models.CharField(choices=[('draft', 'Disiapkan'), ('proposed', 'Menunggu persetujuan'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('given_up', 'Dibatalkan')], max_length=8, verbose_name='dari')),
                ('to_state', models.CharField(choices=[('draft', 'Disiapkan'), ('proposed', 'Menunggu persetujuan'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('given_up', 'Dibatalkan')], max_length=8, verbose_name='ke')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('takeover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='takeover.takeover')),
            ],
            options={
                'verbose_name': 'riwayat ambil alih',
                'ordering': ['takeover', 'sequence'],
            },
        ),
        migrations.CreateModel(
            name='TakeoverRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='baris')),
                ('values', models.JSONField(verbose_name='nilai')),
                ('problems', models.JSONField(default=list, verbose_name='kekeliruan')),
                ('doubts', models.JSONField(default=list, verbose_name='keraguan')),
                ('doubt_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('left_out', models.BooleanField(default=False, verbose_name='tidak diambil')),
                ('done_at', models.DateTimeField(null=True, verbose_name='dikerjakan pada')),
                ('failed', models.TextField(blank=True, verbose_name='belum dapat dikerjakan karena')),
                ('left_behind', models.TextField(blank=True, verbose_name='ditinggalkan karena')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_over_as', to='flows.case')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='takeover.takeoverfile', verbose_name='berkas')),
                ('information', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_over_as', to='information.information')),
                ('takeover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='takeover.takeover')),
            ],
            options={
                'verbose_name': 'baris ambil alih',
                'ordering': ['takeover', 'number'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settleddoubt',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c93f7ddc3e7c0cb764e86042df319ba02aadeb82', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_6f485', table='takeover_settleddoubt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settleddoubt',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='ecc4da125d9077d64d45956aeb3b155359caf141', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_54b8e', referencing='REFERENCING NEW TABLE AS written ', table='takeover_settleddoubt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settleddoubt',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='08408718a2ccf3b8fa506c23c122f34aaa44fb1e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3bb9d', table='takeover_settleddoubt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverfile',
            trigger=pgtrigger.compiler.Trigger(name='file_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."filename" IS DISTINCT FROM (NEW."filename") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."is_content" IS DISTINCT FROM (NEW."is_content"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4f8b3eb8bff7a5af76b0552d11d7479adfeb3f33', operation='UPDATE', pgid='pgtrigger_file_stays_5ec7a', table='takeover_takeoverfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverfile',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='44c0f58e9f8c7f0855e63e374411cdd55fa49bda', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_085cc', referencing='REFERENCING NEW TABLE AS written ', table='takeover_takeoverfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverfile',
            trigger=pgtrigger.compiler.Trigger(name='file_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ad35113adc8e8d1ae27aedd4c0cb7d317019d058', operation='DELETE', pgid='pgtrigger_file_is_kept_a1eac', table='takeover_takeoverfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverfile',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8de1b9a26c1b9264373944f70b9cc62e6f001fa1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_afaa5', table='takeover_takeoverfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverfile',
            trigger=pgtrigger.compiler.Trigger(name='file_leaves_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."takeover_id" IS DISTINCT FROM (NEW."takeover_id"))', func="IF \n                    OLD.takeover_id IS NOT NULL AND (\n                        NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft')\n                        OR EXISTS (SELECT 1 FROM takeover_takeoverrow WHERE file_id = OLD.id)\n                    )\n                 THEN RAISE EXCEPTION 'a file leaves its list while that is a draft and no row has it'; END IF; RETURN COALESCE(NEW, OLD);", hash='6fc23a1ce13c457e303789933633463a29b5e31f', operation='UPDATE', pgid='pgtrigger_file_leaves_a_draft_only_dd2aa', table='takeover_takeoverfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['', 'cases', 'moved'])), name='takeover_way_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'dip'), models.Q(('kind', 'dik'), ('way__in', ['', 'moved'])), _connector='OR'), name='takeover_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'running', 'done', 'given_up'])), name='takeover_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'running', 'done']), ('way', 'moved'), _negated=True), models.Q(models.Q(('sk_number', ''), _negated=True), ('proposed_by__isnull', False), ('scan__isnull', False), ('sk_date__isnull', False)), _connector='OR'), name='what_is_moved_has_its_decree'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', False), ('state__in', ['running', 'done']), ('way', 'moved'), ('approved_as__isnull', False), ('approved_at__isnull', False), models.Q(('approved_name', ''), _negated=True)), models.Q(models.Q(('state__in', ['running', 'done']), ('way', 'moved'), _negated=True), ('approved_at__isnull', True), ('approved_by__isnull', True)), _connector='OR'), name='what_is_moved_was_approved'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('uploaded_by')), _negated=True), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='nobody_approves_their_own_list'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'given_up']), models.Q(('way', ''), _negated=True), _connector='OR'), name='what_runs_has_its_way'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='takeover_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='692bede9f2528846f41e0e2b3191fdb69b953e5c', operation='DELETE', pgid='pgtrigger_takeover_is_kept_8c9a1', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='25ec019883a7bf3066c4411f2d83ad64dc8daafe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_42e95', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='takeover_keeps_its_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."table_id" IS DISTINCT FROM (NEW."table_id") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_name" IS DISTINCT FROM (NEW."uploaded_name") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5050ab55d657e6a0b7260d5aee18e64353b63556', operation='UPDATE', pgid='pgtrigger_takeover_keeps_its_table_152ff', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='93b99e96606a70764fa6cdfd4c35ff053e13396e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_a8e8a', referencing='REFERENCING NEW TABLE AS written ', table='takeover_takeover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='takeover_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:proposed,proposed:draft,proposed:running,draft:running,running:done,done:running,draft:given_up,proposed:given_up}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='19d44609ef3a9e2149aad0625dfa0843300f84ea', operation='UPDATE', pgid='pgtrigger_takeover_moves_4e676', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='takeover_starts_as_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state <> 'draft' OR NEW.moves <> 0 THEN RAISE EXCEPTION 'a takeover starts as a draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='8495d4772280799fb08d66ce3b197940bced48dc', operation='INSERT', pgid='pgtrigger_takeover_starts_as_a_draft_5726e', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='takeover_moves_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_as_id" IS DISTINCT FROM (NEW."approved_as_id") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."moves" IS DISTINCT FROM (NEW."moves") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF \n                    NEW.moves <> OLD.moves + 1 OR NOT EXISTS (\n                        SELECT 1 FROM takeover_takeovermove\n                        WHERE takeover_id = OLD.id AND sequence = NEW.moves\n                          AND from_state = OLD.state AND to_state = NEW.state\n                    )\n                 THEN RAISE EXCEPTION 'a takeover moves with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='82a8212919f5a9d1e03cc03dcf4194530d561272', operation='UPDATE', pgid='pgtrigger_takeover_moves_with_its_ledger_822e7', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='what_was_proposed_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."default_unit_id" IS DISTINCT FROM (NEW."default_unit_id") OR OLD."head_row" IS DISTINCT FROM (NEW."head_row") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."read_at" IS DISTINCT FROM (NEW."read_at") OR OLD."scan_id" IS DISTINCT FROM (NEW."scan_id") OR OLD."sheet" IS DISTINCT FROM (NEW."sheet") OR OLD."sk_date" IS DISTINCT FROM (NEW."sk_date") OR OLD."sk_number" IS DISTINCT FROM (NEW."sk_number") OR OLD."targets" IS DISTINCT FROM (NEW."targets") OR OLD."unit_names" IS DISTINCT FROM (NEW."unit_names") OR OLD."way" IS DISTINCT FROM (NEW."way"))', func="IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'what was proposed stays as it was'; END IF; RETURN COALESCE(NEW, OLD);", hash='1f0c59d18021bc4e44c3e9232923a3a54a1cbf09', operation='UPDATE', pgid='pgtrigger_what_was_proposed_stays_17518', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='list_is_approved_by_a_stranger_to_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_as_id" IS DISTINCT FROM (NEW."approved_as_id") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id"))', func="IF \n                    NEW.approved_by_id IS NOT NULL AND (\n                        EXISTS (\n                            SELECT 1 FROM (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.approved_by_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n                            WHERE hand.id IN (NEW.uploaded_by_id, NEW.proposed_by_id) OR EXISTS (\n                                SELECT 1 FROM takeover_settleddoubt\n                                WHERE takeover_id = NEW.id AND settled_by_id = hand.id\n                            ) OR EXISTS (\n                                SELECT 1 FROM takeover_takeoverfile\n                                WHERE takeover_id = NEW.id AND is_content AND uploaded_by_id = hand.id\n                            )\n                        ) OR NOT EXISTS (\n                            SELECT 1 FROM organisation_appointment held\n                            JOIN organisation_role role ON role.id = held.role_id\n                            WHERE held.id = NEW.approved_as_id AND held.user_id = NEW.approved_by_id\n                              AND role.code = 'ppid_utama'\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'nobody approves their own work'; END IF; RETURN COALESCE(NEW, OLD);", hash='a5f38aaa6ea9cb80edebce245bec2ed33c73f37d', operation='UPDATE', pgid='pgtrigger_list_is_approved_by_a_stranger_to_it_f64fe', table='takeover_takeover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeover',
            trigger=pgtrigger.compiler.Trigger(name='list_has_one_edition', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."edition_id" IS DISTINCT FROM (NEW."edition_id"))', func="IF OLD.edition_id IS NOT NULL OR NEW.way <> 'moved' OR NEW.state <> 'done' THEN RAISE EXCEPTION 'a list becomes an edition once, when all of it that was moved is done'; END IF; RETURN COALESCE(NEW, OLD);", hash='fa6fcd45c61553247bfd636e3d5c46e5fcbcbcc1', operation='UPDATE', pgid='pgtrigger_list_has_one_edition_3d2b6', table='takeover_takeover', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='takeovermove',
            constraint=models.UniqueConstraint(fields=('takeover', 'sequence'), name='takeover_moved_once'),
        ),
        migrations.AddConstraint(
            model_name='takeovermove',
            constraint=models.CheckConstraint(condition=models.Q(('actor__isnull', False), ('to_state', 'done'), _connector='OR'), name='only_the_portal_ends_a_takeover'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeovermove',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='474e161bc34ccfc15269440959806e83d016cc85', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_08f5c', table='takeover_takeovermove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeovermove',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='0fecb956ba116e560f258d8a3c3e946154cdb5c5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_75101', referencing='REFERENCING NEW TABLE AS written ', table='takeover_takeovermove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeovermove',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='f1fc4f7a96166348eadaa7a94df0106b5bbe11fa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6a120', table='takeover_takeovermove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeovermove',
            trigger=pgtrigger.compiler.Trigger(name='move_starts_where_its_takeover_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM takeover_takeover\n                        WHERE id = NEW.takeover_id AND state = NEW.from_state AND moves = NEW.sequence - 1\n                    )\n                 THEN RAISE EXCEPTION 'a move starts where its takeover stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='f58ad12124f15310e0db5527210d2260ac953ce9', operation='INSERT', pgid='pgtrigger_move_starts_where_its_takeover_stands_29dfd', table='takeover_takeovermove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeovermove',
            trigger=pgtrigger.compiler.Trigger(name='move_moves_its_takeover', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = NEW.takeover_id AND moves >= NEW.sequence) THEN RAISE EXCEPTION 'a ledger row without its move'; END IF; RETURN COALESCE(NEW, OLD);", hash='93844956ce1fd61aab6f9e1a93e6db8bd89336bb', operation='INSERT', pgid='pgtrigger_move_moves_its_takeover_f13e8', table='takeover_takeovermove', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='takeoverrow',
            constraint=models.UniqueConstraint(fields=('takeover', 'number'), name='takeover_row_once'),
        ),
        migrations.AddConstraint(
            model_name='takeoverrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('done_at__isnull', True), ('information__isnull', True)), models.Q(('case__isnull', False), ('done_at__isnull', False), ('information__isnull', False), ('left_out', False), ('problems', [])), _connector='OR'), name='done_row_has_its_case'),
        ),
        migrations.AddConstraint(
            model_name='takeoverrow',
            constraint=models.CheckConstraint(condition=models.Q(('left_behind', ''), models.Q(('done_at__isnull', True), models.Q(('failed', ''), _negated=True)), _connector='OR'), name='what_could_not_be_done_is_left_behind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='64920bac6e80d5b38b4bacc41af7778224b9b32a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b0fec', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='done_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.done_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.done_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'done');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='f8b3ee2c2e5fa21ddf4676b123b4f10601a35272', operation='INSERT OR UPDATE', pgid='pgtrigger_done_enters_the_chain_5622d', table='takeover_takeoverrow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_is_written_in_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = NEW.takeover_id AND state = 'draft') THEN RAISE EXCEPTION 'a row is read and left out while its takeover is a draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='9de6862bcdf9f7970f59a9a3e7c5524e3095d7dc', operation='INSERT', pgid='pgtrigger_row_is_written_in_a_draft_25a12', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_stays_as_it_was_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."doubt_kinds" IS DISTINCT FROM (NEW."doubt_kinds") OR OLD."doubts" IS DISTINCT FROM (NEW."doubts") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."left_out" IS DISTINCT FROM (NEW."left_out") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."problems" IS DISTINCT FROM (NEW."problems") OR OLD."takeover_id" IS DISTINCT FROM (NEW."takeover_id") OR OLD."values" IS DISTINCT FROM (NEW."values"))', func="IF NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft') THEN RAISE EXCEPTION 'a row is read and left out while its takeover is a draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='ff0493770e4e4bd980057d7844f03765752ab4d4', operation='UPDATE', pgid='pgtrigger_row_stays_as_it_was_proposed_a2fd5', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_has_a_file_of_its_list', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.file_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM takeover_takeoverfile\n                        WHERE id = NEW.file_id AND takeover_id = NEW.takeover_id AND is_content\n                    )\n                 THEN RAISE EXCEPTION 'the file of a row was sent for its list'; END IF; RETURN COALESCE(NEW, OLD);", hash='1580bdd44aa4915d9db66602a9e159e8c79e831b', operation='INSERT OR UPDATE', pgid='pgtrigger_row_has_a_file_of_its_list_c3d69', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_is_forgotten_in_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft') THEN RAISE EXCEPTION 'a row is forgotten while its takeover is a draft'; END IF; RETURN COALESCE(NEW, OLD);", hash='eaf0fc69a1b7efbf6f84699e1a5377cddc794d2c', operation='DELETE', pgid='pgtrigger_row_is_forgotten_in_a_draft_8b442', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_is_done_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."failed" IS DISTINCT FROM (NEW."failed") OR OLD."information_id" IS DISTINCT FROM (NEW."information_id"))', func="IF \n                    OLD.done_at IS NOT NULL OR NOT EXISTS (\n                        SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'running'\n                    )\n                 THEN RAISE EXCEPTION 'a row is done once, while its takeover runs'; END IF; RETURN COALESCE(NEW, OLD);", hash='256595e740a8b0f1671372e9a4495035efd34b9e', operation='UPDATE', pgid='pgtrigger_row_is_done_once_7d26d', table='takeover_takeoverrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takeoverrow',
            trigger=pgtrigger.compiler.Trigger(name='row_is_left_behind_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."left_behind" IS DISTINCT FROM (NEW."left_behind"))', func="IF \n                    OLD.left_behind <> '' OR NOT EXISTS (\n                        SELECT 1 FROM takeover_takeovermove made\n                        JOIN takeover_takeover list ON list.id = made.takeover_id AND list.moves = made.sequence\n                        JOIN organisation_appointment held ON held.user_id = made.actor_id AND NOT held.is_void\n                        JOIN organisation_role role ON role.id = held.role_id AND role.code = 'ppid_utama'\n                        WHERE list.id = OLD.takeover_id AND made.from_state = 'done' AND made.to_state = 'running'\n                          AND made.note <> ''\n                    )\n                 THEN RAISE EXCEPTION 'a row is left behind once, by PPID Utama and with the list''s ledger, when the others are done'; END IF; RETURN COALESCE(NEW, OLD);", hash='4b95e24d5cf840b4a27fe74aa2d164db90de0530', operation='UPDATE', pgid='pgtrigger_row_is_left_behind_once_04c19', table='takeover_takeoverrow', when='BEFORE')),
        ),
    ]
