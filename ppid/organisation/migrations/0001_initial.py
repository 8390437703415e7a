import django.core.validators
import django.db.models.deletion
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
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(max_length=60, verbose_name='nama pendek')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
            ],
            options={
                'verbose_name': 'perangkat daerah',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='surel')),
                ('name', models.CharField(max_length=150, verbose_name='nama dengan gelar')),
                ('nip', models.CharField(blank=True, max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP terdiri atas 18 angka tanpa spasi.')], verbose_name='NIP')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='akun peragaan')),
                ('must_change_password', models.BooleanField(default=False, editable=False, verbose_name='kata sandi pertama belum diganti')),
            ],
            options={
                'verbose_name': 'orang',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('nip', ''), _negated=True), fields=('nip',), name='nip_belongs_to_one_person', violation_error_code='nip', violation_error_message='NIP ini sudah dipakai orang lain.')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['city', 'unit', 'office'])), name='role_scope_is_known')],
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
                'indexes': [models.Index(fields=['key', 'at'], name='sign_in_try_by_key'), models.Index(fields=['at'], name='sign_in_try_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('definitive', 'Definitif'), ('plt', 'Plt'), ('plh', 'Plh')], default='definitive', max_length=10, verbose_name='sifat')),
                ('starts_on', models.DateField(verbose_name='berlaku sejak')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('order_number', models.CharField(max_length=120, verbose_name='nomor surat')),
                ('appointed_by_name', models.CharField(blank=True, editable=False, max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                ('appointed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='orang')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.role', verbose_name='peran')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.unit', verbose_name='perangkat daerah')),
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
                ('kind', models.CharField(choices=[('end', 'Diakhiri')], max_length=10, verbose_name='jenis')),
                ('ends_on_before', models.DateField(null=True, verbose_name='berlaku sampai, sebelumnya')),
                ('ends_on', models.DateField(null=True, verbose_name='berlaku sampai, sekarang')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='organisation.appointment', verbose_name='penugasan')),
            ],
            options={
                'verbose_name': 'riwayat penugasan',
                'ordering': ['appointment', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'end'), _negated=True), models.Q(('ends_on__isnull', False), models.Q(('ends_on_before__isnull', True), ('ends_on__lt', models.F('ends_on_before')), _connector='OR')), _connector='OR'), name='an_end_is_earlier'), models.CheckConstraint(condition=models.Q(('kind__in', ['end'])), name='appointment_change_is_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dad78eb248967bcf7f8ee2b300c3324300f39a8f', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_31000', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='a56054c52953de97bbc80e53d2858e8da4d380e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a459c', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='change_starts_where_it_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_appointment\n                        WHERE id = NEW.appointment_id AND ends_on IS NOT DISTINCT FROM NEW.ends_on_before\n                    )\n                 THEN RAISE EXCEPTION 'a ledger row starts where its appointment stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='94c508f2020481b9c8563f2602c382f15e5829dc', operation='INSERT', pgid='pgtrigger_change_starts_where_it_stands_80828', table='organisation_appointmentchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentchange',
            trigger=pgtrigger.compiler.Trigger(name='change_moves_its_appointment', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_appointment appointment\n                        WHERE id = NEW.appointment_id AND appointment.ends_on IS NOT DISTINCT FROM (\n                            SELECT ends_on FROM organisation_appointmentchange\n                            WHERE appointment_id = NEW.appointment_id ORDER BY id DESC LIMIT 1\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'a ledger row without its change'; END IF; RETURN COALESCE(NEW, OLD);", hash='7c6888a272ce90cf57cb53b27a1e4a7be6c16124', operation='INSERT', pgid='pgtrigger_change_moves_its_appointment_62a4d', table='organisation_appointmentchange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
            constraint=models.UniqueConstraint(fields=('user', 'role', 'unit', 'starts_on'), name='appointment_once_from_a_day', violation_error_code='starts_on', violation_error_message='Penugasan yang sama sejak tanggal itu sudah ada.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='appointment_stays_as_recorded', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."order_number" IS DISTINCT FROM (NEW."order_number") OR OLD."appointed_by_id" IS DISTINCT FROM (NEW."appointed_by_id") OR OLD."appointed_by_name" IS DISTINCT FROM (NEW."appointed_by_name") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='719e47c6b533b42d1d535540711118cf696becce', operation='UPDATE', pgid='pgtrigger_appointment_stays_as_recorded_32a61', table='organisation_appointment', when='BEFORE')),
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
            trigger=pgtrigger.compiler.Trigger(name='last_day_changes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM organisation_appointmentchange newest\n                        WHERE newest.id = (\n                            SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = OLD.id\n                        )\n                          AND newest.ends_on_before IS NOT DISTINCT FROM OLD.ends_on\n                          AND newest.ends_on IS NOT DISTINCT FROM NEW.ends_on\n                    )\n                 THEN RAISE EXCEPTION 'the last day of an appointment changes with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='6a7c19d7eca2a196bd5372ee9c0b9c603121a863', operation='UPDATE', pgid='pgtrigger_last_day_changes_with_its_ledger_28caf', table='organisation_appointment', when='BEFORE')),
        ),
    ]
