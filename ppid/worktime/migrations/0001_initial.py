import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='tanggal')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('kind', models.CharField(choices=[('national', 'Hari libur nasional'), ('joint_leave', 'Cuti bersama'), ('local', 'Libur daerah')], max_length=12, verbose_name='jenis')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='dasar hukum')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='sudah ditetapkan')),
            ],
            options={
                'verbose_name': 'hari libur',
                'ordering': ['date'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_confirmed', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='confirmed_holiday_names_its_source', violation_error_code='source', violation_error_message='Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya.')],
            },
        ),
        migrations.CreateModel(
            name='SpecialHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('first', models.DateField(verbose_name='mulai')),
                ('last', models.DateField(verbose_name='sampai')),
                ('source', models.CharField(max_length=250, verbose_name='dasar hukum')),
            ],
            options={
                'verbose_name': 'jam kerja khusus',
                'ordering': ['first'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lte', models.F('last')), ('last__lte', django.db.models.expressions.CombinedExpression(models.F('first'), '+', models.Value(61)))), name='special_hours_last_some_days', violation_error_code='last', violation_error_message='Hari terakhir paling awal hari pertama, dan paling lama 62 hari.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='special_hours_name_their_source', violation_error_code='source', violation_error_message='Sebut dasar hukumnya, misalnya surat edaran wali kota.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('first'), models.F('last'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='special_hours_never_overlap', violation_error_message='Sebagian hari ini sudah punya jam kerja khusus lain. Ubah yang sudah ada.')],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Senin'), (1, 'Selasa'), (2, 'Rabu'), (3, 'Kamis'), (4, 'Jumat')], verbose_name='hari')),
                ('starts', models.TimeField(verbose_name='mulai')),
                ('break_starts', models.TimeField(blank=True, null=True, verbose_name='istirahat mulai')),
                ('break_ends', models.TimeField(blank=True, null=True, verbose_name='istirahat selesai')),
                ('ends', models.TimeField(verbose_name='selesai')),
                ('hours', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='worktime.specialhours')),
            ],
            options={
                'ordering': ['hours', 'weekday'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='specialhours',
            trigger=pgtrigger.compiler.Trigger(name='special_hours_have_five_weekdays', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n    EXISTS (SELECT 1 FROM worktime_specialhours WHERE id = NEW.id)\n    AND (SELECT count(*) FROM worktime_specialday WHERE hours_id = NEW.id) <> 5\n THEN RAISE EXCEPTION 'special hours say when each weekday is worked'; END IF; RETURN COALESCE(NEW, OLD);", hash='ee57c1e82b80956302e7fdeb1a5c0488e5a1fe02', operation='INSERT OR UPDATE', pgid='pgtrigger_special_hours_have_five_weekdays_01afa', table='worktime_specialhours', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='specialhours',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='f1102803bb265e2e283cf0dcf12919a3326c0a4a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b406d', table='worktime_specialhours', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='specialday',
            constraint=models.UniqueConstraint(fields=('hours', 'weekday'), name='special_weekday_once'),
        ),
        migrations.AddConstraint(
            model_name='specialday',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 4)), name='special_weekday_is_a_working_one'),
        ),
        migrations.AddConstraint(
            model_name='specialday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('break_ends', None), ('break_starts', None), ('starts__lt', models.F('ends'))), models.Q(('break_ends__isnull', False), ('break_starts__isnull', False), ('break_ends__lt', models.F('ends')), ('break_starts__lt', models.F('break_ends')), ('starts__lt', models.F('break_starts'))), _connector='OR'), name='special_day_ends_after_it_starts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='specialday',
            trigger=pgtrigger.compiler.Trigger(name='special_weekday_stays_with_its_hours', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n    EXISTS (SELECT 1 FROM worktime_specialhours WHERE id = OLD.hours_id)\n    AND (SELECT count(*) FROM worktime_specialday WHERE hours_id = OLD.hours_id) <> 5\n THEN RAISE EXCEPTION 'special hours say when each weekday is worked'; END IF; RETURN COALESCE(NEW, OLD);", hash='2bd06f430ffe5cf731723def0b9cc714a7e0cbef', operation='DELETE OR UPDATE', pgid='pgtrigger_special_weekday_stays_with_its_hours_d2785', table='worktime_specialday', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='specialday',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8e434e7448243924c0f22d94eb3a82f56d2b136b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5a242', table='worktime_specialday', when='BEFORE')),
        ),
    ]
