import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('definitive', 'Definitif'), ('plt', 'Plt'), ('plh', 'Plh')], default='definitive', max_length=10, verbose_name='sifat')),
                ('starts_on', models.DateField(verbose_name='berlaku sejak')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('order_number', models.CharField(max_length=120, verbose_name='nomor surat')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='alasan')),
                ('appointed_by_name', models.CharField(blank=True, editable=False, max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='ditutup pada')),
                ('is_void', models.BooleanField(default=False, editable=False, verbose_name='dibatalkan')),
            ],
            options={
                'verbose_name': 'penugasan',
                'ordering': ['user__name', 'starts_on'],
            },
        ),
        migrations.CreateModel(
            name='AppointmentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('end', 'Diakhiri'), ('stop', 'Dihentikan saat itu juga'), ('cancel', 'Dibatalkan sebelum mulai'), ('annul', 'Dinyatakan keliru')], max_length=10, verbose_name='jenis')),
                ('ends_on_before', models.DateField(null=True, verbose_name='berlaku sampai, sebelumnya')),
                ('ends_on', models.DateField(null=True, verbose_name='berlaku sampai, sekarang')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup pada')),
                ('because', models.CharField(blank=True, max_length=500, verbose_name='dasar atau alasan')),
            ],
            options={
                'verbose_name': 'riwayat penugasan',
                'ordering': ['appointment', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveBigIntegerField(help_text='bytes', verbose_name='ukuran')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('uploaded_by_name', models.CharField(max_length=150, verbose_name='nama pengunggah')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
            ],
            options={
                'verbose_name': 'pindaian surat penugasan',
                'ordering': ['appointment', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('added', 'Ditambahkan'), ('edited', 'Data diubah'), ('password', 'Kata sandi diganti'), ('deactivated', 'Akun dinonaktifkan'), ('reactivated', 'Akun diaktifkan kembali'), ('confirmed', 'Dikonfirmasi pengelola kedua'), ('handed_over', 'Tugas diserahterimakan'), ('signed_out', 'Semua sesi diakhiri'), ('linked', 'Dihubungkan dengan akun kota'), ('unlinked', 'Dilepas dari akun kota'), ('lapsed', 'Akun berakhir bersama penugasan terakhirnya'), ('factor_added', 'Langkah kedua dipasang'), ('factor_gone', 'Langkah kedua dihapus'), ('codes', 'Kode pemulihan dibuat baru'), ('rescue_asked', 'Pemulihan langkah kedua dimulai'), ('rescue_ended', 'Pemulihan langkah kedua dihentikan'), ('rescued', 'Langkah kedua dilepas untuk dipasang lagi')], max_length=12, verbose_name='jenis')),
                ('before', models.JSONField(default=dict, verbose_name='sebelumnya')),
                ('after', models.JSONField(default=dict, verbose_name='sesudahnya')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
            ],
            options={
                'verbose_name': 'riwayat orang',
                'ordering': ['person', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlannedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rename', 'Ganti nama'), ('closing', 'Tutup dan teruskan')], max_length=10, verbose_name='jenis')),
                ('day', models.DateField(verbose_name='harinya')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='nama pendek')),
                ('because', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('recorded_by_name', models.CharField(max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
                ('done_at', models.DateTimeField(null=True, verbose_name='terlaksana pada')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='dibatalkan pada')),
                ('cancelled_by_name', models.CharField(blank=True, max_length=150, verbose_name='dibatalkan oleh')),
            ],
            options={
                'verbose_name': 'rencana perubahan perangkat daerah',
                'ordering': ['day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('scope', models.CharField(choices=[('city', 'seluruh kota'), ('unit', 'perangkat daerah sendiri'), ('office', 'tata usaha PPID')], max_length=10, verbose_name='lingkup')),
                ('single_seat', models.BooleanField(default=False, verbose_name='satu pemegang definitif')),
            ],
            options={
                'verbose_name': 'peran',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=64, verbose_name='kunci')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='pada')),
            ],
            options={
                'verbose_name': 'percobaan masuk',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(max_length=60, verbose_name='nama pendek')),
                ('everyday_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='nama sehari-hari')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='berdiri sejak')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='hari terakhir')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='alamat')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='surel')),
                ('hours', models.CharField(blank=True, max_length=200, verbose_name='jam layanan')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telepon')),
            ],
            options={
                'verbose_name': 'perangkat daerah',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='UnitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('added', 'Ditambahkan'), ('renamed', 'Berganti nama'), ('called', 'Nama pendek atau sehari-hari diubah'), ('reached', 'Kontak diubah'), ('closed', 'Ditutup dan diteruskan')], max_length=10, verbose_name='jenis')),
                ('before', models.JSONField(verbose_name='semula')),
                ('after', models.JSONField(verbose_name='menjadi')),
                ('effective_on', models.DateField(null=True, verbose_name='berlaku')),
                ('because', models.CharField(blank=True, max_length=300, verbose_name='dasar hukum')),
                ('passed', models.JSONField(default=dict, verbose_name='yang berpindah')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
            ],
            options={
                'verbose_name': 'riwayat perangkat daerah',
                'ordering': ['unit', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(max_length=60, verbose_name='nama pendek')),
                ('starts_on', models.DateField(null=True, verbose_name='mulai berlaku')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='dasar hukum')),
                ('recorded_by_name', models.CharField(blank=True, max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
            ],
            options={
                'verbose_name': 'nama perangkat daerah',
                'ordering': ['unit', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(error_messages={'unique': 'Surel ini sudah dipakai orang lain.'}, max_length=254, unique=True, verbose_name='surel')),
                ('name', models.CharField(max_length=150, verbose_name='nama dengan gelar')),
                ('nip', models.CharField(blank=True, max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP terdiri atas 18 angka tanpa spasi.')], verbose_name='NIP')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='akun peragaan')),
                ('must_change_password', models.BooleanField(default=False, editable=False, verbose_name='kata sandi pertama belum diganti')),
                ('first_password_at', models.DateTimeField(editable=False, null=True, verbose_name='kata sandi pertama diberikan')),
                ('former_names', models.JSONField(default=list, editable=False, verbose_name='nama terdahulu')),
            ],
            options={
                'verbose_name': 'orang',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('nip', ''), _negated=True), fields=('nip',), name='nip_belongs_to_one_person', violation_error_code='nip', violation_error_message='NIP ini sudah dipakai orang lain.'), models.CheckConstraint(condition=models.Q(models.Q(('first_password_at__isnull', False), ('must_change_password', True)), models.Q(('first_password_at__isnull', True), ('must_change_password', False)), _connector='OR'), name='a_first_password_has_its_moment')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='a_person_changes_with_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."nip" IS DISTINCT FROM (NEW."nip"))', func="IF NOT EXISTS (\n        SELECT 1 FROM organisation_personchange newest\n        WHERE newest.id = (SELECT max(id) FROM organisation_personchange WHERE person_id = OLD.id)\n     AND before = jsonb_build_object('name', OLD.name, 'nip', OLD.nip, 'email', OLD.email, 'is_active', OLD.is_active) AND after = jsonb_build_object('name', NEW.name, 'nip', NEW.nip, 'email', NEW.email, 'is_active', NEW.is_active)) THEN RAISE EXCEPTION 'a person changes with a row of the ledger of people only'; END IF; RETURN COALESCE(NEW, OLD);", hash='dc125b06313535214215961d57d583ae30995616', operation='UPDATE', pgid='pgtrigger_a_person_changes_with_the_ledger_657ee', table='organisation_user', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='former_names_are_remembered', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."former_names" IS DISTINCT FROM (NEW."former_names") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func="\n                NEW.former_names := OLD.former_names;\n                IF NEW.name <> OLD.name THEN\n                    NEW.former_names := OLD.former_names || jsonb_build_array(jsonb_build_object(\n                        'name', OLD.name, 'until', (SELECT at FROM organisation_personchange newest\n        WHERE newest.id = (SELECT max(id) FROM organisation_personchange WHERE person_id = OLD.id)\n    )\n                    ));\n                END IF;\n                RETURN NEW;\n            ", hash='0e8a329d9e2a24ea4a08904e70a92b404a6bfc86', operation='UPDATE', pgid='pgtrigger_former_names_are_remembered_bd86a', table='organisation_user', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='a_first_password_is_changed_by_its_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."first_password_at" IS DISTINCT FROM (NEW."first_password_at") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password"))', func="IF \n                NOT EXISTS (\n        SELECT 1 FROM organisation_personchange newest\n        WHERE newest.id = (SELECT max(id) FROM organisation_personchange WHERE person_id = OLD.id)\n     AND kind = 'password'\n                    AND (actor_id IS NOT DISTINCT FROM OLD.id) = (NOT NEW.must_change_password)\n                    AND NEW.first_password_at IS NOT DISTINCT FROM\n                        CASE WHEN NEW.must_change_password THEN newest.at END)\n             THEN RAISE EXCEPTION 'a first password is given by somebody, and changed by the person themselves'; END IF; RETURN COALESCE(NEW, OLD);", hash='1c1b909e715a48ddbb3f8310ede3e3bdad76dcc4', operation='UPDATE', pgid='pgtrigger_a_first_password_is_changed_by_its_person_c5647', table='organisation_user', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='appointment',
            name='appointed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='orang'),
        ),
        migrations.AddField(
            model_name='appointmentchange',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddField(
            model_name='appointmentchange',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='organisation.appointment', verbose_name='penugasan'),
        ),
        migrations.AddField(
            model_name='orderscan',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='organisation.appointment', verbose_name='penugasan'),
        ),
        migrations.AddField(
            model_name='orderscan',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddField(
            model_name='personchange',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddField(
            model_name='personchange',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL, verbose_name='orang'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='cancelled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['city', 'unit', 'office'])), name='role_scope_is_known'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.role', verbose_name='peran'),
        ),
        migrations.AddIndex(
            model_name='signintry',
            index=models.Index(fields=['key', 'at'], name='sign_in_try_by_key'),
        ),
        migrations.AddIndex(
            model_name='signintry',
            index=models.Index(fields=['at'], name='sign_in_try_by_time'),
        ),
        migrations.AddField(
            model_name='unit',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='organisation.unit', verbose_name='penerus'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans_to_succeed', to='organisation.unit'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisation.unit'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.unit', verbose_name='perangkat daerah'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='organisation.unit', verbose_name='perangkat daerah'),
        ),
        migrations.AddField(
            model_name='unitname',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unitname',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='organisation.unit', verbose_name='perangkat daerah'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'end'), _negated=True), models.Q(('ends_on__isnull', False), models.Q(('ends_on_before__isnull', True), ('ends_on__lt', models.F('ends_on_before')), _connector='OR')), _connector='OR'), name='an_end_is_earlier'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stop'), _negated=True), models.Q(('ends_on__isnull', False), models.Q(('ends_on_before__isnull', True), ('ends_on__lte', models.F('ends_on_before')), _connector='OR')), _connector='OR'), name='a_stop_is_not_later'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['cancel', 'annul']), _negated=True), models.Q(('ends_on', models.F('ends_on_before')), ('ends_on__isnull', False), ('ends_on_before__isnull', False)), models.Q(('ends_on__isnull', True), ('ends_on_before__isnull', True)), _connector='OR'), name='what_is_taken_back_keeps_its_days'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('kind', 'end')), models.Q(models.Q(('kind', 'end'), _negated=True), ('closed_at', models.F('at')), ('closed_at__isnull', False)), _connector='OR'), name='a_change_but_an_end_closes_at_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'annul'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_mistake_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='appointmentchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['end', 'stop', 'cancel', 'annul'])), name='appointment_change_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dad78eb248967bcf7f8ee2b300c3324300f39a8f', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_31000', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='c64402e1d25014581caf4823943892008a9debef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_8c9e2', referencing='REFERENCING NEW TABLE AS written ', table='organisation_appointmentchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='a56054c52953de97bbc80e53d2858e8da4d380e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a459c', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='c14e83c3f0374d6e551dbccd1e2ea9285a64e07a', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_ef850', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='change_starts_where_it_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM organisation_appointment\n                    WHERE id = NEW.appointment_id AND ends_on IS NOT DISTINCT FROM NEW.ends_on_before\n                      AND closed_at IS NULL\n                      AND CASE NEW.kind WHEN 'cancel' THEN starts_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date\n                                        WHEN 'annul' THEN starts_on <= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date\n                                        WHEN 'stop' THEN starts_on <= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date AND NEW.ends_on = (NEW.at AT TIME ZONE 'Asia/Pontianak')::date\n                                        ELSE TRUE END\n                )\n             THEN RAISE EXCEPTION 'a ledger row starts where its appointment stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='5e19df5bea652d5bea37a9a4f9ba78d85dfc4625', operation='INSERT', pgid='pgtrigger_change_starts_where_it_stands_80828', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='change_moves_its_appointment', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM organisation_appointment appointment JOIN organisation_appointmentchange newest\n                        ON newest.appointment_id = appointment.id\n                    WHERE appointment.id = NEW.appointment_id\n                      AND newest.id = (\n                          SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = NEW.appointment_id\n                      )\n                      AND appointment.ends_on IS NOT DISTINCT FROM newest.ends_on\n                      AND appointment.closed_at IS NOT DISTINCT FROM newest.closed_at\n                )\n             THEN RAISE EXCEPTION 'a ledger row without its change'; END IF; RETURN COALESCE(NEW, OLD);", hash='d436f93d05125baa4cb8743fead411cd85724b5a', operation='INSERT', pgid='pgtrigger_change_moves_its_appointment_62a4d', table='organisation_appointmentchange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='orderscan',
            constraint=models.UniqueConstraint(fields=('appointment', 'sha256'), name='order_scan_once'),
        ),
        migrations.AddConstraint(
            model_name='orderscan',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='order_scan_names_its_bytes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderscan',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69d25493c8881a010c65e7414d5ee4b3a69d16d3', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_22744', table='organisation_orderscan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderscan',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='703ce012a758165beaa7ef0d6862d7ba9258f43b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_b30c0', referencing='REFERENCING NEW TABLE AS written ', table='organisation_orderscan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderscan',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='c0f756cb9f479a343f3ffd7f03f20503087841ca', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1e580', table='organisation_orderscan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderscan',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.uploaded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='c01d3b13130032142389c3c52afda52122bdb5f8', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_59078', table='organisation_orderscan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderscan',
            trigger=pgtrigger.compiler.Trigger(name='a_scan_is_kept_by_a_keeper', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_appointment held\n                        JOIN organisation_role role ON role.id = held.role_id\n                        JOIN organisation_appointment ordered ON ordered.id = NEW.appointment_id\n                        JOIN organisation_role seat ON seat.id = ordered.role_id\n                        WHERE held.user_id = NEW.uploaded_by_id AND held.closed_at IS NULL\n                          AND held.starts_on <= (NEW.uploaded_at AT TIME ZONE 'Asia/Pontianak')::date\n                          AND (held.ends_on IS NULL OR held.ends_on >= (NEW.uploaded_at AT TIME ZONE 'Asia/Pontianak')::date)\n                          AND (role.code = 'ppid_utama'\n                               OR role.code = 'admin_ppid' AND seat.code NOT IN ('ppid_utama', 'atasan_ppid'))\n                    )\n                 THEN RAISE EXCEPTION 'the scan of an order is kept by who keeps people, that of who leads by PPID Utama'; END IF; RETURN COALESCE(NEW, OLD);", hash='28a7902f69848782cafd4c016aa5c7abb3f7c67b', operation='INSERT', pgid='pgtrigger_a_scan_is_kept_by_a_keeper_798b0', table='organisation_orderscan', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='personchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['added', 'edited', 'password', 'deactivated', 'reactivated', 'confirmed', 'handed_over', 'signed_out', 'linked', 'unlinked', 'lapsed', 'factor_added', 'factor_gone', 'codes', 'rescue_asked', 'rescue_ended', 'rescued'])), name='person_change_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1fd74fa7ae82d72f1d3ef27c8364f9157c87dcac', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_9638c', table='organisation_personchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='9b60f529cd66c86f8c24c476db0e503003746b3b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_1ee1b', referencing='REFERENCING NEW TABLE AS written ', table='organisation_personchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5f74ca2ed31fbc82da5c792a3833b225f517c2c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d0475', table='organisation_personchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT (NEW.kind = 'password' AND NEW.actor_id = NEW.person_id)\n                    AND EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password)\n                 THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='aed8e0d3e89142cbccc1460f3b0ddd9c205a4413', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_30e0e', table='organisation_personchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='a_change_starts_where_its_person_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_user person WHERE id = NEW.person_id\n                          AND NEW.before = CASE NEW.kind WHEN 'added' THEN '{}'::jsonb\n                                           ELSE jsonb_build_object('name', person.name, 'nip', person.nip, 'email', person.email, 'is_active', person.is_active) END\n                          AND CASE NEW.kind WHEN 'deactivated' THEN person.is_active\n                                            WHEN 'lapsed' THEN person.is_active\n                                            WHEN 'reactivated' THEN NOT person.is_active ELSE TRUE END\n                    )\n                 THEN RAISE EXCEPTION 'a row of the ledger starts where its person stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='56fd01c187092484f0f1aeee80165e2a3570e38e', operation='INSERT', pgid='pgtrigger_a_change_starts_where_its_person_stands_5c742', table='organisation_personchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='a_change_changes_its_person', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_user person JOIN organisation_personchange newest\n                            ON newest.person_id = person.id\n                        WHERE person.id = NEW.person_id AND newest.after = jsonb_build_object('name', person.name, 'nip', person.nip, 'email', person.email, 'is_active', person.is_active)\n                          AND newest.id = (\n                              SELECT max(id) FROM organisation_personchange WHERE person_id = NEW.person_id\n                          )\n                    )\n                 THEN RAISE EXCEPTION 'a row of the ledger without its change'; END IF; RETURN COALESCE(NEW, OLD);", hash='123497ba030ee676621ce8ecaf79ea370b20b579', operation='INSERT', pgid='pgtrigger_a_change_changes_its_person_754c0', table='organisation_personchange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='a_second_keeper_confirms', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.kind = 'confirmed' AND (\n                        NEW.actor_id IS NULL OR NEW.actor_id = NEW.person_id OR EXISTS (\n                            SELECT 1 FROM organisation_personchange mine\n                            WHERE mine.person_id = NEW.actor_id AND (\n        mine.actor_id <> mine.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = mine.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > mine.id\n        ) AND (\n            mine.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = mine.person_id AND held.appointed_by_id = mine.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (mine.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR mine.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = mine.person_id AND anew.kind = 'password' AND anew.id > mine.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n                        ) OR EXISTS (\n                            SELECT 1 FROM organisation_personchange theirs\n                            WHERE theirs.person_id = NEW.person_id AND (\n                                theirs.actor_id = NEW.actor_id AND theirs.kind = 'added'\n                                OR (\n        theirs.actor_id <> theirs.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = theirs.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > theirs.id\n        ) AND (\n            theirs.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = theirs.person_id AND held.appointed_by_id = theirs.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (theirs.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR theirs.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = theirs.person_id AND anew.kind = 'password' AND anew.id > theirs.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    ) AND (\n                                    theirs.actor_id = NEW.actor_id OR theirs.kind = 'added' AND EXISTS (\n                                        SELECT 1 FROM organisation_appointment held\n                                        WHERE held.user_id = NEW.person_id AND held.appointed_by_id = NEW.actor_id\n                                    )\n                                )\n                            )\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'an account is confirmed by a keeper who neither made it nor is its person'; END IF; RETURN COALESCE(NEW, OLD);", hash='83bd2872d8f8b5ba793f4295b961c24c4e59c4fc', operation='INSERT', pgid='pgtrigger_a_second_keeper_confirms_0e074', table='organisation_personchange', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('is_active', True), ('successor__isnull', True)), models.Q(('closed_on__isnull', False), ('is_active', False), ('successor__isnull', False)), _connector='OR'), name='unit_closes_with_a_successor'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('pk')), _negated=True), name='no_unit_succeeds_itself'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_has_its_first_name', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO organisation_unitname\n            (unit_id, name, short_name, starts_on, legal_basis, recorded_by_name, recorded_at)\n        VALUES (NEW.id, NEW.name, NEW.short_name, NEW.opened_on, '', '', now());\n        RETURN NULL;\n    ", hash='1f18edd9d6eed821193ec4f2056a14bc7b3401a6', operation='INSERT', pgid='pgtrigger_unit_has_its_first_name_82320', table='organisation_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_is_called_so_on_the_shelf', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO shelf_shelfunit AS shown (\n            code, name, short_name, everyday_names, successor_code, former_names, address, phone, email, hours\n        )\n        VALUES (\n            NEW.code, NEW.name, NEW.short_name, NEW.everyday_names, '', '{}',\n            NEW.address, NEW.phone, NEW.email, NEW.hours\n        )\n        ON CONFLICT (code) DO UPDATE\n        SET (name, short_name, everyday_names) = (EXCLUDED.name, EXCLUDED.short_name, EXCLUDED.everyday_names),\n            (address, phone, email, hours) = (EXCLUDED.address, EXCLUDED.phone, EXCLUDED.email, EXCLUDED.hours),\n            former_names = CASE\n                WHEN shown.name = EXCLUDED.name THEN shown.former_names\n                ELSE array_append(array_remove(shown.former_names, EXCLUDED.name), shown.name)\n            END;\n        RETURN NULL;\n    ", hash='0a41ac33a21d28e195a5784469c9c42b27bdd2ec', operation='INSERT OR UPDATE', pgid='pgtrigger_unit_is_called_so_on_the_shelf_57a49', table='organisation_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_changes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."everyday_names" IS DISTINCT FROM (NEW."everyday_names") OR OLD."hours" IS DISTINCT FROM (NEW."hours") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id"))', func="IF \n        (SELECT after FROM organisation_unitchange WHERE unit_id = OLD.id ORDER BY id DESC LIMIT 1)\n        IS DISTINCT FROM jsonb_build_object(\n        'name', NEW.name, 'short_name', NEW.short_name, 'everyday_names', to_jsonb(NEW.everyday_names),\n        'is_active', NEW.is_active, 'closed_on', NEW.closed_on, 'successor', NEW.successor_id,\n        'address', NEW.address, 'phone', NEW.phone, 'email', NEW.email, 'hours', NEW.hours\n    )\n     THEN RAISE EXCEPTION 'the name, the contact, the last day and the successor of a unit change with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='a288f5db9c6b3ea304d6d7165e396996ecc6dd15', operation='UPDATE', pgid='pgtrigger_unit_changes_with_its_ledger_e814d', table='organisation_unit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_keeps_its_code', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fe9b54cb73d48fdadbd6ec02cd5aa9a785b28c2e', operation='UPDATE', pgid='pgtrigger_unit_keeps_its_code_d9676', table='organisation_unit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fcbe4c9fdb78ff3f2871a2d08aa3fb35bf22043f', operation='DELETE', pgid='pgtrigger_unit_is_kept_29363', table='organisation_unit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8265821f86da7fe1530b99b48788be21025c6a02', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f5da3', table='organisation_unit', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rename'), ('successor__isnull', True), models.Q(('name', ''), _negated=True), models.Q(('short_name', ''), _negated=True), models.Q(('because', ''), _negated=True)), models.Q(('kind', 'closing'), ('name', ''), ('short_name', ''), ('successor__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='a_plan_names_what_comes'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('unit')), _negated=True), name='no_plan_passes_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='a_plan_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True), ('kind', 'closing')), fields=('unit',), name='one_closing_is_planned'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='plan_stays_as_recorded', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."because" IS DISTINCT FROM (NEW."because") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_by_name" IS DISTINCT FROM (NEW."recorded_by_name") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6cb81e04b3609ced280a735247dae21991689a81', operation='UPDATE', pgid='pgtrigger_plan_stays_as_recorded_21c12', table='organisation_plannedchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='4e75ea835b0b014a506cfa97a5a8d5e66cb46d3c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_55bf5', referencing='REFERENCING NEW TABLE AS written ', table='organisation_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='done_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.done_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.done_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'done');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='5685854940f9758d4bcbeb2773b7cd774b91da9e', operation='INSERT OR UPDATE', pgid='pgtrigger_done_enters_the_chain_181eb', table='organisation_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='cancelled_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.cancelled_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.cancelled_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'cancelled');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='1c58d45a58047d32ef5d0f32ea7305a55910c825', operation='INSERT OR UPDATE', pgid='pgtrigger_cancelled_enters_the_chain_08e54', table='organisation_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='ended_plan_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.done_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL THEN RAISE EXCEPTION 'what was brought about or given up stays so'; END IF; RETURN COALESCE(NEW, OLD);", hash='925381577940d2354493ac96764f36c97d1f8505', operation='UPDATE', pgid='pgtrigger_ended_plan_stays_49c70', table='organisation_plannedchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='plan_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ffaf78f3ef629a2a5f8984b9e8d3136ddef744a9', operation='DELETE', pgid='pgtrigger_plan_is_kept_6b47e', table='organisation_plannedchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='d18c1cfd3d801f45cf8c86f894f1483deb46f574', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2b936', table='organisation_plannedchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['role', 'unit', 'starts_on'], name='appointment_by_seat'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='appointment_ends_after_it_starts', violation_error_code='ends_on', violation_error_message='Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'definitive'), ('ends_on__isnull', False), _connector='OR'), name='acting_appointment_has_an_end', violation_error_code='ends_on', violation_error_message='Penugasan Plt atau Plh harus punya tanggal akhir.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('user', 'role', 'unit', 'starts_on'), name='appointment_once_from_a_day', violation_error_code='starts_on', violation_error_message='Penugasan yang sama sejak tanggal itu sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('is_void', False), ('closed_at__isnull', False), _connector='OR'), name='what_is_void_is_closed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='appointment_stays_as_recorded', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."order_number" IS DISTINCT FROM (NEW."order_number") OR OLD."order_date" IS DISTINCT FROM (NEW."order_date") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."appointed_by_id" IS DISTINCT FROM (NEW."appointed_by_id") OR OLD."appointed_by_name" IS DISTINCT FROM (NEW."appointed_by_name") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ac8f9e1c0151dcdd77b0c538d20e467e4e6d1f36', operation='UPDATE', pgid='pgtrigger_appointment_stays_as_recorded_32a61', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='9f4a001647aa0feb6dba598788c663acadf71ae3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_1f307', referencing='REFERENCING NEW TABLE AS written ', table='organisation_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='appointment_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='19d1ca698057ff6cebe52102319f38e84ff06349', operation='DELETE', pgid='pgtrigger_appointment_is_kept_e1da9', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='39e0182ff88bc421ab8f75e79a8554a95e69f79b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0fb0c', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='last_day_changes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."is_void" IS DISTINCT FROM (NEW."is_void"))', func="IF \n                OLD.closed_at IS NOT NULL OR NOT EXISTS (\n                    SELECT 1 FROM organisation_appointmentchange newest\n                    WHERE newest.id = (\n                        SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = OLD.id\n                    )\n                      AND newest.ends_on_before IS NOT DISTINCT FROM OLD.ends_on\n                      AND newest.ends_on IS NOT DISTINCT FROM NEW.ends_on\n                      AND newest.closed_at IS NOT DISTINCT FROM NEW.closed_at\n                      AND (newest.kind IN ('cancel', 'annul')) = NEW.is_void\n                )\n             THEN RAISE EXCEPTION 'the last day of an appointment changes with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='766f6ee855ab18f3e6e6b84d1e3e2aef3bffc758', operation='UPDATE', pgid='pgtrigger_last_day_changes_with_its_ledger_28caf', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.appointed_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='e376358f1019724de1d7917943b63472213e7b70', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_9991e', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='belongs_to_an_open_unit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (\n                SELECT 1 FROM organisation_appointment here JOIN organisation_unit unit ON unit.id = here.unit_id\n                WHERE here.id = NEW.id AND NOT unit.is_active AND here.closed_at IS NULL AND (here.ends_on IS NULL OR here.ends_on > unit.closed_on)\n            )\n         THEN RAISE EXCEPTION 'nothing begins at a unit that has closed'; END IF; RETURN COALESCE(NEW, OLD);", hash='2a6be086cb0bde404644d4a4fb542066e35279f8', operation='INSERT', pgid='pgtrigger_belongs_to_an_open_unit_0cb3b', table='organisation_appointment', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='a_seat_has_one_definitive_holder', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."kind" = \'definitive\')', func="\n            PERFORM 1 FROM organisation_role WHERE id = NEW.role_id FOR NO KEY UPDATE;\n            IF \n    EXISTS (\n        SELECT 1 FROM organisation_role role JOIN organisation_appointment other ON other.role_id = role.id\n        WHERE role.id = NEW.role_id AND role.single_seat AND other.kind = 'definitive' AND NOT other.is_void\n          AND (role.scope <> 'unit' OR other.unit_id = NEW.unit_id) AND \n    (CASE WHEN other.closed_at IS NULL THEN other.ends_on IS NULL OR other.ends_on >= NEW.starts_on\n          ELSE other.ends_on > NEW.starts_on END)\n    AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on)\n\n    )\n THEN\n                RAISE EXCEPTION 'two definitive holders of one seat';\n            END IF;\n            RETURN NEW;\n        ", hash='abf0b725235f1fee9e1c179ff780a34239d1cd7b', operation='INSERT', pgid='pgtrigger_a_seat_has_one_definitive_holder_17afb', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='a_stand_in_out_of_the_usual_says_why', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NEW.kind <> 'definitive' AND btrim(NEW.reason) = '' AND (\n                    NEW.kind = 'plh' AND NEW.ends_on - NEW.starts_on >= 30\n                    OR NEW.kind = 'plt' AND NEW.ends_on >= NEW.starts_on + interval '3 months'\n                    OR \n    EXISTS (\n        SELECT 1 FROM organisation_role role JOIN organisation_appointment other ON other.role_id = role.id\n        WHERE role.id = NEW.role_id AND role.single_seat AND other.kind = 'definitive' AND NOT other.is_void\n          AND (role.scope <> 'unit' OR other.unit_id = NEW.unit_id) AND \n    (CASE WHEN other.closed_at IS NULL THEN other.ends_on IS NULL OR other.ends_on >= NEW.starts_on\n          ELSE other.ends_on > NEW.starts_on END)\n    AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on)\n\n    )\n\n                )\n             THEN RAISE EXCEPTION 'a stand-in beside a serving holder, or for longer than usual, says why'; END IF; RETURN COALESCE(NEW, OLD);", hash='34c7c836dc40428c7eb4a89b08cd7d3e9e4caa1f', operation='INSERT', pgid='pgtrigger_a_stand_in_out_of_the_usual_says_why_7c90a', table='organisation_appointment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='the_office_is_filled_by_its_chief', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NEW.appointed_by_id IS NOT NULL AND (\n                    NEW.appointed_by_id = NEW.user_id OR EXISTS (\n                        SELECT 1 FROM organisation_role\n                        WHERE id = NEW.role_id AND code IN ('ppid_utama', 'atasan_ppid', 'admin_ppid')\n                    )\n                ) AND NOT EXISTS (\n                    SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n                    WHERE held.user_id = NEW.appointed_by_id AND role.code = 'ppid_utama' AND held.closed_at IS NULL\n                      AND held.starts_on <= (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date\n                      AND (held.ends_on IS NULL OR held.ends_on >= (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date)\n                )\n             THEN RAISE EXCEPTION 'nobody but PPID Utama appoints themselves, PPID Utama, Atasan PPID or an Admin'; END IF; RETURN COALESCE(NEW, OLD);", hash='ed1170d8c90b513dd51031312a892cc84782d699', operation='INSERT', pgid='pgtrigger_the_office_is_filled_by_its_chief_1b236', table='organisation_appointment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unitchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['added', 'renamed', 'called', 'reached', 'closed'])), name='unit_change_is_known'),
        ),
        migrations.AddConstraint(
            model_name='unitchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['added', 'called', 'reached']), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_changed_unit_has_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eee2f62e85f824d06ad4b0e820e0772a34e10c79', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_6160e', table='organisation_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='4b30a499ff94bd8d8e605fe5ffa129ce5c5411b5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_70ba7', referencing='REFERENCING NEW TABLE AS written ', table='organisation_unitchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='7e24810d5434f020e52c83aa8a9ca6e270aaa61c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7a281', table='organisation_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='unit_change_starts_where_it_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.kind <> 'added' AND NEW.before IS DISTINCT FROM (\n                        SELECT jsonb_build_object(\n        'name', unit.name, 'short_name', unit.short_name, 'everyday_names', to_jsonb(unit.everyday_names),\n        'is_active', unit.is_active, 'closed_on', unit.closed_on, 'successor', unit.successor_id,\n        'address', unit.address, 'phone', unit.phone, 'email', unit.email, 'hours', unit.hours\n    ) FROM organisation_unit unit WHERE id = NEW.unit_id\n                    )\n                 THEN RAISE EXCEPTION 'a ledger row starts where its unit stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='3a95082ba8cfde4cb8d9d15060fa315b1bee389f', operation='INSERT', pgid='pgtrigger_unit_change_starts_where_it_stands_d0566', table='organisation_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='unit_is_called_by_a_name_of_its_own', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM (\n                            SELECT * FROM organisation_unitname WHERE unit_id = NEW.unit_id ORDER BY id DESC LIMIT 1\n                        ) newest\n                        WHERE newest.name = NEW.after->>'name' AND newest.short_name = NEW.after->>'short_name'\n                    )\n                 THEN RAISE EXCEPTION 'a unit bears its newest name'; END IF; RETURN COALESCE(NEW, OLD);", hash='26ab153ddd7a57d3a82803f84e28338d58644534', operation='INSERT', pgid='pgtrigger_unit_is_called_by_a_name_of_its_own_2e83d', table='organisation_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='unit_passes_to_an_open_one', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.kind = 'closed' AND (\n                        NOT (NEW.before->>'is_active')::boolean\n                        OR NOT EXISTS (\n                            SELECT 1 FROM organisation_unit\n                            WHERE id = (NEW.after->>'successor')::bigint AND id <> NEW.unit_id AND is_active\n                        )\n                    ) OR NEW.kind <> 'closed' AND NEW.kind <> 'added' AND (\n                        NEW.before->>'is_active', NEW.before->>'closed_on', NEW.before->>'successor'\n                    ) IS DISTINCT FROM (\n                        NEW.after->>'is_active', NEW.after->>'closed_on', NEW.after->>'successor'\n                    )\n                 THEN RAISE EXCEPTION 'a unit passes to another one that is open, once'; END IF; RETURN COALESCE(NEW, OLD);", hash='71a0ae82555d0fe233cc66ff45598621d385623d', operation='INSERT', pgid='pgtrigger_unit_passes_to_an_open_one_da60c', table='organisation_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='unit_change_changes_its_unit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    (SELECT after FROM organisation_unitchange WHERE unit_id = NEW.unit_id ORDER BY id DESC LIMIT 1)\n                    IS DISTINCT FROM (SELECT jsonb_build_object(\n        'name', unit.name, 'short_name', unit.short_name, 'everyday_names', to_jsonb(unit.everyday_names),\n        'is_active', unit.is_active, 'closed_on', unit.closed_on, 'successor', unit.successor_id,\n        'address', unit.address, 'phone', unit.phone, 'email', unit.email, 'hours', unit.hours\n    ) FROM organisation_unit unit WHERE id = NEW.unit_id)\n                 THEN RAISE EXCEPTION 'a ledger row without its change'; END IF; RETURN COALESCE(NEW, OLD);", hash='985f90d527e65dc14423c2f91f7dabc2e4901323', operation='INSERT', pgid='pgtrigger_unit_change_changes_its_unit_84b44', table='organisation_unitchange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('short_name', ''), _negated=True)), name='a_name_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitname',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4dd54ccf9db34cbf1a6628fad0ee61df2012ea2b', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_73f12', table='organisation_unitname', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitname',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='5f1b45206bb14e33da25010ac79beebcd37fdff8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_6dc49', referencing='REFERENCING NEW TABLE AS written ', table='organisation_unitname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitname',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='cf6cf76b619f41a06f07430edc748673a4db83bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7822e', table='organisation_unitname', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitname',
            trigger=pgtrigger.compiler.Trigger(name='names_follow_each_other', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    EXISTS (\n                        SELECT 1 FROM organisation_unitname\n                        WHERE unit_id = NEW.unit_id AND (NEW.starts_on IS NULL OR starts_on > NEW.starts_on)\n                    )\n                 THEN RAISE EXCEPTION 'a name does not begin before the one that is borne'; END IF; RETURN COALESCE(NEW, OLD);", hash='cf153563102a97c68f25e787250640a6e61af9af', operation='INSERT', pgid='pgtrigger_names_follow_each_other_f7ea3', table='organisation_unitname', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('code', 'kota'), _negated=True), name='no_unit_is_called_as_the_city', violation_error_code='code', violation_error_message='Kode ini berarti pemerintah kota sendiri. Pilih kode yang lain.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phone', ''), ('phone__regex', '^\\+?(?:[ ().\\-/]*[0-9]){6,15}[ )]*$'), _connector='OR'), models.Q(('email', ''), ('email__regex', '^[^@ ]+@[^@ ]+\\.[^@ .]+$'), _connector='OR')), name='a_unit_is_reached_where_it_says'),
        ),
        migrations.CreateModel(
            name='CityAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=300, verbose_name='penerbit')),
                ('subject', models.CharField(max_length=255, verbose_name='subjek')),
                ('linked_at', models.DateTimeField(verbose_name='terhubung pada')),
            ],
            options={
                'verbose_name': 'akun kota',
            },
        ),
        migrations.CreateModel(
            name='SignInSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True, verbose_name='SHA-256')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='peramban')),
                ('system', models.CharField(blank=True, max_length=40, verbose_name='sistem')),
                ('began_at_address', models.CharField(blank=True, max_length=45, verbose_name='alamat saat masuk')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='alamat')),
                ('started_at', models.DateTimeField(verbose_name='sejak')),
                ('seen_at', models.DateTimeField(verbose_name='terakhir dipakai')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='berakhir')),
                ('because', models.CharField(blank=True, choices=[('signed_out', 'keluar'), ('ended', 'diakhiri pemiliknya'), ('keeper', 'diakhiri pengelola'), ('password', 'kata sandi diganti'), ('idle', 'lama tidak dipakai'), ('over', 'sudah terlalu lama'), ('moved', 'pindah perangkat dan jaringan'), ('left', 'akun ditutup')], max_length=10, verbose_name='sebab')),
            ],
            options={
                'verbose_name': 'sesi masuk',
                'ordering': ['-seen_at', '-pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchange',
            trigger=pgtrigger.compiler.Trigger(name='an_account_lapses_with_its_last_appointment', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.kind = 'lapsed' AND (\n                        NOT EXISTS (SELECT 1 FROM organisation_appointment WHERE user_id = NEW.person_id)\n                        OR EXISTS (\n                            SELECT 1 FROM organisation_appointment WHERE user_id = NEW.person_id\n                              AND closed_at IS NULL AND (ends_on IS NULL OR ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'an account lapses once its last appointment has ended, not before'; END IF; RETURN COALESCE(NEW, OLD);", hash='3bd10ef5cc3f7e47822d76307fe94a5676083072', operation='INSERT', pgid='pgtrigger_an_account_lapses_with_its_last_appointment_c9871', table='organisation_personchange', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='cityaccount',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='city_account', to=settings.AUTH_USER_MODEL, verbose_name='orang'),
        ),
        migrations.AddField(
            model_name='signinsession',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='orang'),
        ),
        migrations.AddConstraint(
            model_name='cityaccount',
            constraint=models.UniqueConstraint(fields=('issuer', 'subject'), name='a_city_account_belongs_to_one_person'),
        ),
        migrations.AddConstraint(
            model_name='cityaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('issuer', ''), _negated=True)), name='a_city_account_has_a_subject'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cityaccount',
            trigger=pgtrigger.compiler.Trigger(name='a_city_account_never_changes_hands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9a0d5036400daaa11af46cee2ef4f33590bd7361', operation='UPDATE', pgid='pgtrigger_a_city_account_never_changes_hands_56d6a', table='organisation_cityaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cityaccount',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='3056cbecf60d173ad6e95d1b13439b9e3388d020', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_50ee3', table='organisation_cityaccount', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='signinsession',
            index=models.Index(fields=['person', '-seen_at'], name='session_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='signinsession',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='session_is_known_by_a_hash'),
        ),
        migrations.AddConstraint(
            model_name='signinsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('ended_at__isnull', True)), models.Q(('because__in', ['signed_out', 'ended', 'keeper', 'password', 'idle', 'over', 'moved', 'left']), ('ended_at__isnull', False)), _connector='OR'), name='a_session_that_ended_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signinsession',
            trigger=pgtrigger.compiler.Trigger(name='a_session_that_ended_stays_so', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2028ae25108b608a09fab7241a41c0660776db03', operation='UPDATE', pgid='pgtrigger_a_session_that_ended_stays_so_04b8c', table='organisation_signinsession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signinsession',
            trigger=pgtrigger.compiler.Trigger(name='a_session_stays_where_it_began', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."browser" IS DISTINCT FROM (NEW."browser") OR OLD."system" IS DISTINCT FROM (NEW."system") OR OLD."began_at_address" IS DISTINCT FROM (NEW."began_at_address") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='486fd54005fbe0ad4e506d6231b5e4e152bf57df', operation='UPDATE', pgid='pgtrigger_a_session_stays_where_it_began_5122e', table='organisation_signinsession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signinsession',
            trigger=pgtrigger.compiler.Trigger(name='an_open_session_is_ended_first', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='afa52c02f8c7e48c11d025b2bd2235f202748209', operation='DELETE', pgid='pgtrigger_an_open_session_is_ended_first_f335a', table='organisation_signinsession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signinsession',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='dd90f9f11175bcb26eed41c14ef05b5ddf9ada9a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_269c2', table='organisation_signinsession', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='FactorRecovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=500, verbose_name='cara memastikan orangnya')),
                ('asked_by_name', models.CharField(max_length=150, verbose_name='nama yang memulai')),
                ('asked_at', models.DateTimeField(verbose_name='dimulai pada')),
                ('end', models.CharField(blank=True, choices=[('done', 'Dilepas'), ('cancelled', 'Dibatalkan'), ('lapsed', 'Lewat waktunya')], max_length=10, verbose_name='akhir')),
                ('ended_by_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang mengakhiri')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='diakhiri pada')),
            ],
            options={
                'verbose_name': 'pemulihan langkah kedua',
                'ordering': ['person', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='factorrecovery',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dimulai oleh'),
        ),
        migrations.AddField(
            model_name='factorrecovery',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diakhiri oleh'),
        ),
        migrations.AddField(
            model_name='factorrecovery',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factor_recoveries', to=settings.AUTH_USER_MODEL, verbose_name='orang'),
        ),
        migrations.AddConstraint(
            model_name='factorrecovery',
            constraint=models.UniqueConstraint(condition=models.Q(('end', '')), fields=('person',), name='one_recovery_of_a_person_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='factorrecovery',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by', models.F('person')), _negated=True), name='nobody_recovers_themselves'),
        ),
        migrations.AddConstraint(
            model_name='factorrecovery',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_recovery_says_why'),
        ),
        migrations.AddConstraint(
            model_name='factorrecovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('end', 'lapsed'), ('ended_at__isnull', False), ('ended_by__isnull', True)), models.Q(('end__in', ['done', 'cancelled']), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='a_recovery_is_open_or_ended'),
        ),
        migrations.AddConstraint(
            model_name='factorrecovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', 'done'), _negated=True), models.Q(models.Q(('ended_by', models.F('asked_by')), _negated=True), models.Q(('ended_by', models.F('person')), _negated=True), ('ended_at__gte', models.F('asked_at')), ('ended_at__lte', django.db.models.expressions.CombinedExpression(models.F('asked_at'), '+', models.Value(datetime.timedelta(days=1))))), _connector='OR'), name='two_others_recover_within_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cb88ffa683f4b94c9c336f82877dbbe3da16579c', operation='DELETE', pgid='pgtrigger_row_is_kept_ebd99', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='what_was_asked_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_by_name" IS DISTINCT FROM (NEW."asked_by_name") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2ea969fc39c9484c3e6f59adcbdc4a9c6237d51d', operation='UPDATE', pgid='pgtrigger_what_was_asked_stands_6694c', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='what_ended_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."end" > \'\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3de593e64dd06d923a18becfd4c8df6f6ccb6b5a', operation='UPDATE', pgid='pgtrigger_what_ended_stands_c7aa8', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='b77968b009fc092e174589c994a453e66a5fd9d5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8a4b9', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.asked_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='e9a251b6e8dfa47cb5f6c6e398ab5bc7738098d7', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_4df18', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='a_recovery_begins_open', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF NEW."end" <> \'\' OR NOT \n        EXISTS (\n            SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n            WHERE held.user_id = NEW.asked_by_id AND held.closed_at IS NULL AND role.code IN (\'ppid_utama\', \'admin_ppid\')\n              AND held.starts_on <= (NEW.asked_at AT TIME ZONE \'Asia/Pontianak\')::date\n              AND (held.ends_on IS NULL OR held.ends_on >= (NEW.asked_at AT TIME ZONE \'Asia/Pontianak\')::date)\n        )\n     THEN RAISE EXCEPTION \'a recovery is begun by who keeps people, and ends later\'; END IF; RETURN COALESCE(NEW, OLD);', hash='02e31192417938605dcec21d96a2f111fbe60ee4', operation='INSERT', pgid='pgtrigger_a_recovery_begins_open_38dc3', table='organisation_factorrecovery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorrecovery',
            trigger=pgtrigger.compiler.Trigger(name='a_second_keeper_recovers', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF \n                    NEW."end" = \'done\' AND (\n                        NOT \n        EXISTS (\n            SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n            WHERE held.user_id = NEW.ended_by_id AND held.closed_at IS NULL AND role.code IN (\'ppid_utama\', \'admin_ppid\')\n              AND held.starts_on <= (NEW.ended_at AT TIME ZONE \'Asia/Pontianak\')::date\n              AND (held.ends_on IS NULL OR held.ends_on >= (NEW.ended_at AT TIME ZONE \'Asia/Pontianak\')::date)\n        )\n    \n                        OR NEW.ended_by_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.asked_by_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = \'confirmed\' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = \'added\' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE \'Asia/Pontianak\')::date = (vouched.at AT TIME ZONE \'Asia/Pontianak\')::date\n            ) OR vouched.kind = \'password\' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = \'password\' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                        OR NEW.asked_by_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.ended_by_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = \'confirmed\' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = \'added\' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE \'Asia/Pontianak\')::date = (vouched.at AT TIME ZONE \'Asia/Pontianak\')::date\n            ) OR vouched.kind = \'password\' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = \'password\' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                    )\n                 THEN RAISE EXCEPTION \'a recovery is confirmed by a second keeper, in nobody else\'\'s hands\'; END IF; RETURN COALESCE(NEW, OLD);', hash='9707ee49e5d450f5332fdd7c14f0f1d0d25f77f3', operation='UPDATE', pgid='pgtrigger_a_second_keeper_recovers_c2e27', table='organisation_factorrecovery', when='BEFORE')),
        ),
    ]
