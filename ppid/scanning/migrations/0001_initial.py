
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FalseAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=200, verbose_name='yang ditemukan')),
                ('reason', models.TextField(max_length=2000, verbose_name='alasan')),
                ('actor_name', models.CharField(max_length=200)),
                ('acting_as', models.CharField(max_length=200)),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
            ],
            options={
                'verbose_name': 'temuan yang dinyatakan keliru',
            },
        ),
        migrations.CreateModel(
            name='FileScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('unscanned', 'Belum pernah diperiksa pemindai virus'), ('waiting', 'Menunggu pemindai virus'), ('clean', 'Pemindai virus tidak menemukan apa pun'), ('too_large', 'Terlalu besar untuk pemindai virus, jadi tidak diperiksa'), ('found', 'Ditahan: pemindai virus menemukan sesuatu'), ('cleared', 'Temuan pemindai virus dinyatakan keliru')], max_length=10, verbose_name='keadaan')),
                ('signature', models.CharField(blank=True, max_length=200, verbose_name='yang ditemukan')),
                ('definitions', models.CharField(blank=True, max_length=200, verbose_name='definisi')),
                ('since', models.DateTimeField(verbose_name='sejak')),
                ('scanned_at', models.DateTimeField(null=True, verbose_name='diperiksa pada')),
            ],
            options={
                'verbose_name': 'pemeriksaan virus',
                'indexes': [models.Index(fields=['state', 'scanned_at'], name='scans_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='scan_sha256_is_hex'), models.CheckConstraint(condition=models.Q(('state__in', ['unscanned', 'waiting', 'clean', 'too_large', 'found', 'cleared'])), name='scan_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['found', 'cleared']), models.Q(('signature', ''), _negated=True)), models.Q(models.Q(('state__in', ['found', 'cleared']), _negated=True), ('signature', '')), _connector='OR'), name='what_was_found_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('scanned_at__isnull', True), ('state__in', ['unscanned', 'waiting'])), models.Q(models.Q(('state__in', ['unscanned', 'waiting']), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='scanned_files_were_scanned_at_a_time')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filescan',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='38d96447991076d4eeb8b885f8ee7564a107d0e6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_cc80a', table='scanning_filescan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filescan',
            trigger=pgtrigger.compiler.Trigger(name='only_a_decision_clears', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state = 'cleared' AND NOT EXISTS (SELECT 1 FROM scanning_falsealarm WHERE sha256 = NEW.sha256 AND signature = NEW.signature) THEN RAISE EXCEPTION 'what the scanner found is cleared by a decision with its reason, and by nothing else'; END IF; RETURN COALESCE(NEW, OLD);", hash='67ff204c7637070deb74e353bde04acaeb7a581f', operation='INSERT OR UPDATE', pgid='pgtrigger_only_a_decision_clears_0f749', table='scanning_filescan', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='falsealarm',
            constraint=models.UniqueConstraint(fields=('sha256', 'signature'), name='false_alarm_once'),
        ),
        migrations.AddConstraint(
            model_name='falsealarm',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='false_alarm_has_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='falsealarm',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c47cb6c09b5bc40dfb4bef19f9168147071bcb81', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_090ec', table='scanning_falsealarm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='falsealarm',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8c8dc6db6835123d3a75b8ee8f4f2b3f1c16868a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_53c60', table='scanning_falsealarm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='falsealarm',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='d6d58826fce20fe8400f5abe52435660b702c699', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_8fc25', referencing='REFERENCING NEW TABLE AS written ', table='scanning_falsealarm', when='AFTER')),
        ),
    ]
