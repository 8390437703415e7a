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
            name='RegisterEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=[('dip', 'DIP'), ('dik', 'DIK')], max_length=3, verbose_name='daftar')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('as_of', models.DateField(verbose_name='keadaan per')),
                ('state', models.CharField(choices=[('prepared', 'Disiapkan'), ('set', 'Ditetapkan'), ('cancelled', 'Dibatalkan')], default='prepared', max_length=10, verbose_name='keadaan')),
                ('size', models.PositiveIntegerField(verbose_name='jumlah baris')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 semua baris')),
                ('origin', models.TextField(blank=True, verbose_name='asal')),
                ('number', models.PositiveIntegerField(null=True, verbose_name='edisi ke-')),
                ('decree_number', models.CharField(blank=True, max_length=120, verbose_name='nomor SK penetapan')),
                ('decree_date', models.DateField(null=True, verbose_name='tanggal SK penetapan')),
            ],
            options={
                'verbose_name': 'edisi',
                'ordering': ['register', '-as_of', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('register__in', ['dip', 'dik'])), name='edition_is_of_a_register'), models.CheckConstraint(condition=models.Q(models.Q(('decree_date__isnull', False), ('number__isnull', False), ('state', 'set'), models.Q(('decree_number', ''), _negated=True)), models.Q(('decree_date', None), ('decree_number', ''), ('number', None), ('state__in', ['prepared', 'cancelled'])), _connector='OR'), name='edition_is_set_by_a_decree'), models.UniqueConstraint(fields=('register', 'number'), name='edition_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('register',), name='one_edition_is_prepared_at_a_time'), models.UniqueConstraint(condition=models.Q(('state', 'set')), fields=('register', 'decree_number', 'decree_date'), name='a_decree_sets_one_edition')],
            },
        ),
        migrations.CreateModel(
            name='EditionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=40)),
                ('unit_code', models.CharField(blank=True, max_length=50)),
                ('values', models.JSONField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='editions.registeredition')),
            ],
            options={
                'verbose_name': 'baris edisi',
                'ordering': ['edition', 'position'],
            },
        ),
        migrations.CreateModel(
            name='EditionAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('prepared', 'Disiapkan'), ('approved', 'Disetujui Atasan PPID'), ('set', 'Ditetapkan'), ('cancelled', 'Dibatalkan')], max_length=10, verbose_name='jenis')),
                ('how', models.CharField(blank=True, choices=[('desk', 'di meja'), ('scan', 'di atas kertas'), ('decree', 'dengan SK yang diambil alih')], max_length=10, verbose_name='cara')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='catatan')),
                ('approved_by', models.CharField(blank=True, max_length=360, verbose_name='pimpinan yang menyetujui')),
                ('filename', models.CharField(blank=True, max_length=200, verbose_name='nama berkas')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0, help_text='bytes')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='editions.registeredition')),
            ],
            options={
                'verbose_name': 'riwayat edisi',
                'ordering': ['edition', 'pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='bc598dcd40500b7ddb23ce6ff725e063dd3e38b4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_df51d', table='editions_registeredition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='edition_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fb58b9490159060d0dba87c698387d37bc43c8e5', operation='DELETE', pgid='pgtrigger_edition_is_kept_3302c', table='editions_registeredition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='edition_stays_as_prepared', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."register" IS DISTINCT FROM (NEW."register") OR OLD."year" IS DISTINCT FROM (NEW."year") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."origin" IS DISTINCT FROM (NEW."origin"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b471b32b25075d31ca643d9b502d6e048d70b691', operation='UPDATE', pgid='pgtrigger_edition_stays_as_prepared_43438', table='editions_registeredition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='72b247375ded1a81db5dc69e4e6486cb558979d4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_239c8', referencing='REFERENCING NEW TABLE AS written ', table='editions_registeredition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='set_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.decree_date IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.decree_date IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'set');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='307e9e7a11f1713fb03bdfd15874a4e70d9c9df2', operation='INSERT OR UPDATE', pgid='pgtrigger_set_enters_the_chain_7d4e9', table='editions_registeredition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='what_is_set_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'prepared\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='baf8f8216fc4b936781bd963adf667ae7c70c3fb', operation='UPDATE', pgid='pgtrigger_what_is_set_stays_e6009', table='editions_registeredition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='edition_moves_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.state = OLD.state OR NOT EXISTS (\n                        SELECT 1 FROM editions_editionact WHERE edition_id = OLD.id AND kind = NEW.state\n                    )\n                 THEN RAISE EXCEPTION 'an edition changes with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='0d95d98768310b4d70147a5c479a8078ea344765', operation='UPDATE', pgid='pgtrigger_edition_moves_with_its_ledger_27e38', table='editions_registeredition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registeredition',
            trigger=pgtrigger.compiler.Trigger(name='edition_stands_with_its_rows', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NEW.size <> (SELECT count(*) FROM editions_editionrow WHERE edition_id = NEW.id)\n                    OR NOT EXISTS (\n                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.id AND kind = 'prepared'\n                    )\n                    OR (NEW.state = 'set' AND NOT EXISTS (\n                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.id AND kind = 'set'\n                    ))\n                 THEN RAISE EXCEPTION 'an edition stands with all its rows and its ledger'; END IF; RETURN COALESCE(NEW, OLD);", hash='ec8c15d0961d227bb06b07721a70b016669fdd74', operation='INSERT', pgid='pgtrigger_edition_stands_with_its_rows_ef25e', table='editions_registeredition', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='editionrow',
            constraint=models.UniqueConstraint(fields=('edition', 'position'), name='edition_row_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='editionrow',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='edition_row_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionrow',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c030d8781e160232dd66f3fc9b73803212c6b74', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_08f04', table='editions_editionrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionrow',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='67017d9388600306d9f6e415798c2f6cdbed0a60', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_81043', referencing='REFERENCING NEW TABLE AS written ', table='editions_editionrow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionrow',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='95352fda349f310b78fb0355ea71d17a5345318d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_ef3ab', table='editions_editionrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionrow',
            trigger=pgtrigger.compiler.Trigger(name='rows_come_before_the_edition_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id) THEN RAISE EXCEPTION 'the rows of an edition stand since it was prepared'; END IF; RETURN COALESCE(NEW, OLD);", hash='95af87c40dd418fa561d6538d921b2139a2a3009', operation='INSERT', pgid='pgtrigger_rows_come_before_the_edition_stands_fc551', table='editions_editionrow', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='editionact',
            constraint=models.UniqueConstraint(fields=('edition', 'kind'), name='edition_act_once'),
        ),
        migrations.AddConstraint(
            model_name='editionact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['prepared', 'approved', 'set', 'cancelled'])), name='edition_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='editionact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how__in', ['desk', 'scan', 'decree']), ('kind', 'approved'), models.Q(('approved_by', ''), _negated=True)), models.Q(models.Q(('kind', 'approved'), _negated=True), ('approved_by', ''), ('how', '')), _connector='OR'), name='an_approval_says_how_and_whose'),
        ),
        migrations.AddConstraint(
            model_name='editionact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how', 'scan'), _negated=True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='an_approval_on_paper_has_its_scan'),
        ),
        migrations.AddConstraint(
            model_name='editionact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cancelled'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='an_edition_is_cancelled_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f8031d09aa6770780270254fae56cdff88e6e37', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_29bcd', table='editions_editionact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='722a4b5971d14074e88bcd568c3ac280d8fffcf4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_b0401', referencing='REFERENCING NEW TABLE AS written ', table='editions_editionact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='e6b396706a7a3933aafc3dcf6fed368c6739bcec', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_dad60', table='editions_editionact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='edition_act_in_its_order', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    EXISTS (\n                        SELECT 1 FROM editions_editionact\n                        WHERE edition_id = NEW.edition_id AND kind IN ('set', 'cancelled')\n                    )\n                    OR (NEW.kind <> 'prepared' AND NOT EXISTS (\n                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id AND kind = 'prepared'\n                    ))\n                    OR (NEW.kind = 'set' AND NOT EXISTS (\n                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id AND kind = 'approved'\n                    ))\n                    OR (NEW.how = 'decree' AND NOT EXISTS (\n                        SELECT 1 FROM editions_registeredition WHERE id = NEW.edition_id AND origin <> ''\n                    ))\n                 THEN RAISE EXCEPTION 'an edition is prepared, approved, then set or cancelled'; END IF; RETURN COALESCE(NEW, OLD);", hash='1963495054f5c8500e649a3b442c460bfc218cd4', operation='INSERT', pgid='pgtrigger_edition_act_in_its_order_4df06', table='editions_editionact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='nobody_sets_their_own_edition', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    (NEW.kind = 'set' OR NEW.how = 'desk') AND EXISTS (\n                        SELECT 1 FROM editions_editionact\n                        WHERE edition_id = NEW.edition_id AND actor_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                          AND (kind = 'prepared' OR how = 'desk')\n                    )\n                 THEN RAISE EXCEPTION 'nobody decides on their own work'; END IF; RETURN COALESCE(NEW, OLD);", hash='688e768666d8246051963bce905dfbbee6974d47', operation='INSERT', pgid='pgtrigger_nobody_sets_their_own_edition_ddd13', table='editions_editionact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionact',
            trigger=pgtrigger.compiler.Trigger(name='edition_act_moves_its_edition', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NEW.kind IN ('set', 'cancelled') AND NOT EXISTS (\n                        SELECT 1 FROM editions_registeredition WHERE id = NEW.edition_id AND state = NEW.kind\n                    )\n                 THEN RAISE EXCEPTION 'a ledger row without its edition'; END IF; RETURN COALESCE(NEW, OLD);", hash='dcec0dc1de6b84f392333a509f30fe8bd9510f2d', operation='INSERT', pgid='pgtrigger_edition_act_moves_its_edition_ac997', table='editions_editionact', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
