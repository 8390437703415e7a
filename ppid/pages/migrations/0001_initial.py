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
            name='PageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_name', models.CharField(max_length=150, verbose_name='nama penulis')),
                ('written_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('written_at', models.DateTimeField(verbose_name='diajukan pada')),
                ('decision', models.CharField(blank=True, choices=[('', 'Menunggu persetujuan'), ('approved', 'Disetujui'), ('returned', 'Dikembalikan'), ('withdrawn', 'Ditarik penulisnya')], max_length=10, verbose_name='putusan')),
                ('decided_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang memutuskan')),
                ('decided_as', models.CharField(blank=True, max_length=200, verbose_name='memutuskan sebagai')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputuskan pada')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='alasan')),
                ('number', models.PositiveIntegerField(null=True, verbose_name='nomor')),
                ('slug', models.SlugField(max_length=40, verbose_name='halaman')),
                ('body', models.TextField(max_length=20000, verbose_name='isi')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='yang berubah')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditulis oleh')),
            ],
            options={
                'verbose_name': 'naskah halaman',
                'ordering': ['slug', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_name', models.CharField(max_length=150, verbose_name='nama penulis')),
                ('written_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('written_at', models.DateTimeField(verbose_name='diajukan pada')),
                ('decision', models.CharField(blank=True, choices=[('', 'Menunggu persetujuan'), ('approved', 'Disetujui'), ('returned', 'Dikembalikan'), ('withdrawn', 'Ditarik penulisnya')], max_length=10, verbose_name='putusan')),
                ('decided_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang memutuskan')),
                ('decided_as', models.CharField(blank=True, max_length=200, verbose_name='memutuskan sebagai')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputuskan pada')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='alasan')),
                ('number', models.PositiveIntegerField(null=True, verbose_name='nomor')),
                ('text', models.CharField(max_length=200, verbose_name='teks')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='tautan')),
                ('ends_on', models.DateField(verbose_name='hari terakhir')),
                ('ended_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang mengakhiri')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='diakhiri pada')),
                ('ended_because', models.TextField(blank=True, max_length=4000, verbose_name='alasan diakhiri')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diakhiri oleh')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditulis oleh')),
            ],
            options={
                'verbose_name': 'pengumuman di atas halaman',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_as', ''), ('decided_at', None), ('decided_by', None), ('decided_name', ''), ('decision', ''), ('reason', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ['approved', 'returned', 'withdrawn']), models.Q(('decided_name', ''), _negated=True), models.Q(('decided_as', ''), _negated=True)), _connector='OR'), name='announcement_is_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'approved'), ('number__isnull', False)), models.Q(models.Q(('decision', 'approved'), _negated=True), ('number', None)), _connector='OR'), name='announcement_is_numbered_by_its_approval'), models.CheckConstraint(condition=models.Q(('decision', 'returned'), ('reason', ''), _negated=True), name='announcement_is_sent_back_for_a_reason'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='announcement_says_something'), models.CheckConstraint(condition=models.Q(('link', ''), models.Q(('link__startswith', '/'), models.Q(('link__startswith', '//'), _negated=True)), _connector='OR'), name='announcement_leads_into_the_portal'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_because', ''), ('ended_by', None), ('ended_name', '')), models.Q(('decision', 'approved'), ('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_name', ''), _negated=True), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='announcement_is_ended_by_somebody'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('decided_at')), _connector='OR'), name='announcement_ends_after_its_decision'), models.UniqueConstraint(fields=('number',), name='announcement_number_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.written_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='d91eee188e7f103ecea76bd26f9ee16d992f5744', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_6d067', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='proposal_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3cf4877ffbaebbe2dd30fe3e86f6eaeef8c1a7b0', operation='DELETE', pgid='pgtrigger_proposal_is_kept_e6db7', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='62a8f96c8434da81343a1ed95acbcb80803da90e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b9086', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='d72c7c4d13dbc2f0cba9d7ea8254ea060306a993', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_d6cb9', referencing='REFERENCING NEW TABLE AS written ', table='pages_announcement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='decided_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.decided_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.decided_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'decided');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='70d3b9dca6ad8c59442f9c627d0fd507da64f0ff', operation='INSERT OR UPDATE', pgid='pgtrigger_decided_enters_the_chain_6711a', table='pages_announcement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='proposal_stays_as_handed_in', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."written_name" IS DISTINCT FROM (NEW."written_name") OR OLD."written_as" IS DISTINCT FROM (NEW."written_as") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9b0f51c30128074906ba1285e460daa8e52c9a12', operation='UPDATE', pgid='pgtrigger_proposal_stays_as_handed_in_db2b5', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='decision_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.decided_at IS NOT NULL AND (OLD.decision IS DISTINCT FROM NEW.decision OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id OR OLD.decided_name IS DISTINCT FROM NEW.decided_name OR OLD.decided_as IS DISTINCT FROM NEW.decided_as OR OLD.decided_at IS DISTINCT FROM NEW.decided_at OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.number IS DISTINCT FROM NEW.number) THEN RAISE EXCEPTION 'what was decided stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='6bb47c9a03a169a641a5c29d65d25154a12d9031', operation='UPDATE', pgid='pgtrigger_decision_stands_d39e1', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='nobody_approves_their_own_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                (NEW.decision IN ('approved', 'returned') AND NEW.written_by_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.decided_by_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ))\n                OR (NEW.decision = 'withdrawn' AND NEW.written_by_id <> NEW.decided_by_id)\n             THEN RAISE EXCEPTION 'nobody decides on their own work'; END IF; RETURN COALESCE(NEW, OLD);", hash='e528aa4ce88f1615c6007bc79c7ffd33490a9057', operation='INSERT OR UPDATE', pgid='pgtrigger_nobody_approves_their_own_words_738a3', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='approvals_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NEW.decision = 'approved' AND NEW.number <> 1 + (\n                    SELECT COALESCE(max(each.number), 0) FROM pages_announcement each WHERE TRUE AND each.id <> NEW.id\n                )\n             THEN RAISE EXCEPTION 'what is approved is counted without a gap'; END IF; RETURN COALESCE(NEW, OLD);", hash='7325bd2fd432e257738e699fa41e65286c757242', operation='INSERT OR UPDATE', pgid='pgtrigger_approvals_are_counted_f6b17', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='first_handed_in_then_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.decision <> '' THEN RAISE EXCEPTION 'what is handed in waits for its decision'; END IF; RETURN COALESCE(NEW, OLD);", hash='502fad8e0ba72dfecaa4540fd93d1db76fe74142', operation='INSERT', pgid='pgtrigger_first_handed_in_then_decided_deeb9', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='ended_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.ended_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.ended_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'ended');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='74ad2e850934827ba683285f32535287106f57a5', operation='INSERT OR UPDATE', pgid='pgtrigger_ended_enters_the_chain_c2e6e', table='pages_announcement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.ended_at IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6ea1ec1ae218409901c6001b727f4bb8704e1b4b', operation='UPDATE', pgid='pgtrigger_ended_once_78b31', table='pages_announcement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='few_stand_on_top', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.decision = 'approved' AND OLD.decision = '' AND 3 <= (\n                        SELECT count(*) FROM pages_announcement\n                        WHERE decision = 'approved' AND ended_at IS NULL AND id <> NEW.id\n                          AND ends_on >= (NEW.decided_at AT TIME ZONE 'Asia/Pontianak')::date\n                    )\n                 THEN RAISE EXCEPTION 'so many announcements stand on top already'; END IF; RETURN COALESCE(NEW, OLD);", hash='5e53e8ec2ef0b54c37dffc5ae1cef7230fc9eb0f', operation='UPDATE', pgid='pgtrigger_few_stand_on_top_c0790', table='pages_announcement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_as', ''), ('decided_at', None), ('decided_by', None), ('decided_name', ''), ('decision', ''), ('reason', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ['approved', 'returned', 'withdrawn']), models.Q(('decided_name', ''), _negated=True), models.Q(('decided_as', ''), _negated=True)), _connector='OR'), name='page_text_is_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'approved'), ('number__isnull', False)), models.Q(models.Q(('decision', 'approved'), _negated=True), ('number', None)), _connector='OR'), name='page_text_is_numbered_by_its_approval'),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'returned'), ('reason', ''), _negated=True), name='page_text_is_sent_back_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='page_text_says_something'),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('slug',), name='one_text_of_a_page_waits'),
        ),
        migrations.AddConstraint(
            model_name='pagetext',
            constraint=models.UniqueConstraint(fields=('slug', 'number'), name='page_edition_number_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.written_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='9367740986f4f0181f5a6988018ed35eb2083978', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_82a36', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='proposal_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f7ca53fb22ec14d726e513b35160ba8e62cf3040', operation='DELETE', pgid='pgtrigger_proposal_is_kept_65529', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='95a81dc14938c6700738a31a5a5df33a3ddc52d4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a2b2c', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='dd668e5e9a2bfddc41876632728d98464ba0050c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_0f3d4', referencing='REFERENCING NEW TABLE AS written ', table='pages_pagetext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='decided_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.decided_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.decided_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'decided');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='23b3409a4d287063607241b05e4a91415fb541ac', operation='INSERT OR UPDATE', pgid='pgtrigger_decided_enters_the_chain_748e8', table='pages_pagetext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='proposal_stays_as_handed_in', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."written_name" IS DISTINCT FROM (NEW."written_name") OR OLD."written_as" IS DISTINCT FROM (NEW."written_as") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."note" IS DISTINCT FROM (NEW."note"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ecfe5a332ac351d489c027d51694d6b628f47422', operation='UPDATE', pgid='pgtrigger_proposal_stays_as_handed_in_b11dd', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='decision_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.decided_at IS NOT NULL AND (OLD.decision IS DISTINCT FROM NEW.decision OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id OR OLD.decided_name IS DISTINCT FROM NEW.decided_name OR OLD.decided_as IS DISTINCT FROM NEW.decided_as OR OLD.decided_at IS DISTINCT FROM NEW.decided_at OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.number IS DISTINCT FROM NEW.number) THEN RAISE EXCEPTION 'what was decided stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='98adf7d005750dfec138d900a9f9467274337f93', operation='UPDATE', pgid='pgtrigger_decision_stands_b4770', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='nobody_approves_their_own_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                (NEW.decision IN ('approved', 'returned') AND NEW.written_by_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.decided_by_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ))\n                OR (NEW.decision = 'withdrawn' AND NEW.written_by_id <> NEW.decided_by_id)\n             THEN RAISE EXCEPTION 'nobody decides on their own work'; END IF; RETURN COALESCE(NEW, OLD);", hash='6ffb6fe29b069edb5c064a809cacd726373031f4', operation='INSERT OR UPDATE', pgid='pgtrigger_nobody_approves_their_own_words_f0ee6', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='approvals_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NEW.decision = 'approved' AND NEW.number <> 1 + (\n                    SELECT COALESCE(max(each.number), 0) FROM pages_pagetext each WHERE each.slug = NEW.slug AND each.id <> NEW.id\n                )\n             THEN RAISE EXCEPTION 'what is approved is counted without a gap'; END IF; RETURN COALESCE(NEW, OLD);", hash='21e43da64d0e48dc35a999f35be7cffa9854e1e8', operation='INSERT OR UPDATE', pgid='pgtrigger_approvals_are_counted_6f6d6', table='pages_pagetext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pagetext',
            trigger=pgtrigger.compiler.Trigger(name='first_handed_in_then_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.decision <> '' THEN RAISE EXCEPTION 'what is handed in waits for its decision'; END IF; RETURN COALESCE(NEW, OLD);", hash='0998fe703dd8cd834dfcc480b18c3f3f3e476f5d', operation='INSERT', pgid='pgtrigger_first_handed_in_then_decided_03c64', table='pages_pagetext', when='BEFORE')),
        ),
    ]
