import datetime
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('flows', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Examination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(blank=True, max_length=150, verbose_name='diminta oleh')),
                ('started_at', models.DateTimeField(verbose_name='dimulai')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='selesai')),
                ('read', models.PositiveBigIntegerField(default=0, verbose_name='catatan dibaca')),
                ('links', models.PositiveBigIntegerField(default=0, verbose_name='jumlah catatan')),
                ('cases', models.PositiveIntegerField(default=0, verbose_name='proses ditelusuri')),
                ('faults', models.PositiveIntegerField(default=0, verbose_name='temuan')),
                ('told', models.JSONField(default=list, verbose_name='kalimat')),
            ],
            options={
                'verbose_name': 'pemeriksaan buku besar',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditorLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('for_whom', models.CharField(max_length=200, verbose_name='untuk siapa')),
                ('purpose', models.CharField(max_length=500, verbose_name='keperluan')),
                ('exclusions_because', models.TextField(blank=True, max_length=2000, verbose_name='alasan membuka pengecualian')),
                ('made_name', models.CharField(max_length=150, verbose_name='nama pembuat')),
                ('made_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('made_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('ends_at', models.DateTimeField(verbose_name='berakhir pada')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='dicabut pada')),
                ('revoked_name', models.CharField(blank=True, max_length=150, verbose_name='nama pencabut')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicabut oleh')),
            ],
            options={
                'verbose_name': 'tautan pemeriksa',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditorUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('opened', 'Tautan dibuka'), ('pdf', 'Berkas PDF diunduh'), ('zip', 'Arsip ZIP diunduh')], max_length=8, verbose_name='yang dilakukan')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flows.case', verbose_name='proses')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='proof.auditorlink', verbose_name='tautan')),
            ],
            options={
                'verbose_name': 'pemakaian tautan pemeriksa',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LinkedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='auditor_links', to='flows.case', verbose_name='proses')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked', to='proof.auditorlink', verbose_name='tautan')),
            ],
            options={
                'verbose_name': 'proses pada tautan pemeriksa',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='auditorlink',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=366))))), name='auditors_link_ends'),
        ),
        migrations.AddConstraint(
            model_name='auditorlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('for_whom', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='auditors_link_says_for_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='auditorlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_name', '')), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoked_name', ''), _negated=True)), _connector='OR'), name='auditors_link_is_revoked_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.made_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='555538196f68f4459a3073a8f6e34b419c6bb193', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_dd4bf', table='proof_auditorlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='auditors_link_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."secret_sha256" IS DISTINCT FROM (NEW."secret_sha256") OR OLD."for_whom" IS DISTINCT FROM (NEW."for_whom") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."exclusions_because" IS DISTINCT FROM (NEW."exclusions_because") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_name" IS DISTINCT FROM (NEW."made_name") OR OLD."made_as" IS DISTINCT FROM (NEW."made_as") OR OLD."appointment_id" IS DISTINCT FROM (NEW."appointment_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a3756a01ddf14d18c59fd35c403f52685a7051d', operation='UPDATE', pgid='pgtrigger_auditors_link_stays_7ee2a', table='proof_auditorlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='auditors_link_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='08ff5c741055dd825c2ca7589ed606c842ef2f0b', operation='DELETE', pgid='pgtrigger_auditors_link_is_kept_e3397', table='proof_auditorlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5922df7546e4ca8d32aafedc92d69597d376a4f8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4cbe1', table='proof_auditorlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='cc3329d3a02ce515f6702e852d9ca7a0dc02b00b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_5bf7c', referencing='REFERENCING NEW TABLE AS written ', table='proof_auditorlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='revoked_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.revoked_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.revoked_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'revoked');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='cbb6e0372c310a7f192f723b3fd6c1b64f344c9d', operation='INSERT OR UPDATE', pgid='pgtrigger_revoked_enters_the_chain_d81ec', table='proof_auditorlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='given_by_the_chief', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.revoked_at IS NOT NULL\n                    OR NOT EXISTS (\n    SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n    WHERE held.user_id = NEW.made_by_id AND role.code = 'ppid_utama' AND NOT held.is_void\n      AND held.starts_on <= (NEW.made_at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.made_at AT TIME ZONE 'Asia/Pontianak')::date)\n)\n                 THEN RAISE EXCEPTION 'an auditor''s link is given by PPID Utama'; END IF; RETURN COALESCE(NEW, OLD);", hash='6859f7f3787a722868ac5be212d3d74f7455cfa7', operation='INSERT', pgid='pgtrigger_given_by_the_chief_2d584', table='proof_auditorlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditorlink',
            trigger=pgtrigger.compiler.Trigger(name='revoked_once_by_the_chief', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."revoked_name" IS DISTINCT FROM (NEW."revoked_name"))', func="IF \n                    OLD.revoked_at IS NOT NULL\n                    OR NOT EXISTS (\n    SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id\n    WHERE held.user_id = NEW.revoked_by_id AND role.code = 'ppid_utama' AND NOT held.is_void\n      AND held.starts_on <= (NEW.revoked_at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.revoked_at AT TIME ZONE 'Asia/Pontianak')::date)\n)\n                 THEN RAISE EXCEPTION 'an auditor''s link is revoked once, by PPID Utama'; END IF; RETURN COALESCE(NEW, OLD);", hash='9fa7390e1aad9caca0a15c85c49e9a81448bab33', operation='UPDATE', pgid='pgtrigger_revoked_once_by_the_chief_e4e4c', table='proof_auditorlink', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='auditoruse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('what', 'opened')), models.Q(('case__isnull', False), ('what__in', ['pdf', 'zip'])), _connector='OR'), name='a_use_is_of_a_case_or_of_the_list'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditoruse',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab05eb5bc478609172a6e3d8e6d1f8688cb3ebdd', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_bf526', table='proof_auditoruse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditoruse',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='3335acc5d668d9166b4ac45f1c01af7460f2b929', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_d2dd0', referencing='REFERENCING NEW TABLE AS written ', table='proof_auditoruse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditoruse',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='4f2e14741b646c3c16efae58d4770d5e9ae8e851', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4c52a', table='proof_auditoruse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditoruse',
            trigger=pgtrigger.compiler.Trigger(name='a_link_that_ended_leads_nowhere', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM proof_auditorlink\n                        WHERE id = NEW.link_id AND revoked_at IS NULL AND NEW.at >= made_at AND NEW.at < ends_at\n                    ) OR NEW.case_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM proof_linkedcase WHERE link_id = NEW.link_id AND case_id = NEW.case_id\n                    )\n                 THEN RAISE EXCEPTION 'an auditor''s link is used while it is open, for its own cases'; END IF; RETURN COALESCE(NEW, OLD);", hash='f02bb780136338f6f32aa333619e1bfdcf18806b', operation='INSERT', pgid='pgtrigger_a_link_that_ended_leads_nowhere_d1c28', table='proof_auditoruse', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='linkedcase',
            constraint=models.UniqueConstraint(fields=('link', 'case'), name='case_linked_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkedcase',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8e01b642c5af9e19bc3ba6776042f2edfd47bd13', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_42f3c', table='proof_linkedcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkedcase',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='297e4334a2c09fcfc2bf0273526dc9750423cbbf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_d6c7f', referencing='REFERENCING NEW TABLE AS written ', table='proof_linkedcase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkedcase',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='b804757748139d87653b668e03f31aec6228e5c1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_48a7c', table='proof_linkedcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkedcase',
            trigger=pgtrigger.compiler.Trigger(name='what_is_excluded_is_linked_with_a_reason', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    EXISTS (SELECT 1 FROM proof_auditorlink WHERE id = NEW.link_id AND exclusions_because = '')\n                    AND EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN flows_case secret ON secret.information_id = c.information_id\n                        WHERE c.id = NEW.case_id AND secret.flow = 'exclusion'\n                    )\n                 THEN RAISE EXCEPTION 'a link shows what is excluded with a reason of its own only'; END IF; RETURN COALESCE(NEW, OLD);", hash='faa60187486b1d00b3ee15de383fe3e8102607b9', operation='INSERT', pgid='pgtrigger_what_is_excluded_is_linked_with_a_reason_efacc', table='proof_linkedcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkedcase',
            trigger=pgtrigger.compiler.Trigger(name='no_case_comes_to_a_link_in_use', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM proof_auditoruse WHERE link_id = NEW.link_id) THEN RAISE EXCEPTION 'the cases of a link come with it'; END IF; RETURN COALESCE(NEW, OLD);", hash='a444b5ab049b6b2aa17f6e2362fc1e573a81da65', operation='INSERT', pgid='pgtrigger_no_case_comes_to_a_link_in_use_39b8c', table='proof_linkedcase', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='OfficeMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('begun', 'Ekspor dimulai'), ('made', 'Ekspor selesai'), ('brought_in', 'Kantor dibawa masuk')], max_length=10, verbose_name='apa')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('account', models.CharField(max_length=150, verbose_name='akun mesin')),
                ('because', models.CharField(max_length=500, verbose_name='alasan')),
                ('place', models.CharField(max_length=500, verbose_name='tempat')),
                ('is_sealed', models.BooleanField(verbose_name='disegel')),
                ('rows', models.PositiveBigIntegerField(default=0, verbose_name='jumlah baris')),
                ('files', models.PositiveBigIntegerField(default=0, verbose_name='jumlah berkas')),
                ('sums', models.CharField(blank=True, max_length=64, verbose_name='sidik SHA256SUMS')),
                ('begun', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made', to='proof.officemove', verbose_name='ekspor yang dimulai')),
            ],
            options={
                'verbose_name': 'ekspor dan impor kantor',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('begun', None), ('sums', ''), ('what', 'begun')), models.Q(('begun__isnull', False), ('sums__regex', '^[0-9a-f]{64}$'), ('what', 'made')), models.Q(('begun', None), ('sums__regex', '^[0-9a-f]{64}$'), ('what', 'brought_in')), _connector='OR'), name='office_move_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('account', ''), _negated=True), models.Q(('because', ''), _negated=True)), name='office_move_says_who_and_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officemove',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5ae25e523aad401df26b9ccbcd2c826cafadb680', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_63890', table='proof_officemove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officemove',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='9468f04f134401289914d5329b52fbaab1e503c6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_fb2fa', referencing='REFERENCING NEW TABLE AS written ', table='proof_officemove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officemove',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5a3ee94c5cc1de5ba4682f926d2132409b845842', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_954cf', table='proof_officemove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officemove',
            trigger=pgtrigger.compiler.Trigger(name='what_is_made_was_begun', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.what = 'made' AND NOT EXISTS (\n                        SELECT 1 FROM proof_officemove begun\n                        WHERE begun.id = NEW.begun_id AND begun.what = 'begun' AND begun.because = NEW.because\n                          AND begun.account = NEW.account AND begun.is_sealed = NEW.is_sealed\n                    )\n                 THEN RAISE EXCEPTION 'an export is made that was begun, with the same words'; END IF; RETURN COALESCE(NEW, OLD);", hash='979a1d1d535a6f0b1fb4734d437dc6520bb43eb1', operation='INSERT', pgid='pgtrigger_what_is_made_was_begun_13b6c', table='proof_officemove', when='BEFORE')),
        ),
    ]
