import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppid.notices.kinds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=160, verbose_name='kejadian')),
                ('kind', models.CharField(max_length=24, verbose_name='jenis')),
                ('at', models.DateTimeField(verbose_name='terjadi pada')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='nomor')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='judul')),
                ('facts', models.JSONField(default=list, verbose_name='keterangan')),
                ('url', models.CharField(max_length=300, verbose_name='alamat di meja')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggat')),
                ('nth', models.PositiveSmallIntegerField(default=1, verbose_name='keberapa kali')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='mendesak')),
                ('is_secret', models.BooleanField(default=False, verbose_name='rahasia')),
                ('about', models.CharField(blank=True, max_length=40, verbose_name='tentang')),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None, verbose_name='dikirim lewat')),
                ('read_at', models.DateTimeField(null=True, verbose_name='dibaca pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kabar',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10, verbose_name='lewat')),
                ('stage', models.CharField(choices=[('waiting', 'Menunggu dikirim'), ('sending', 'Sedang dikirim'), ('sent', 'Terkirim'), ('failed', 'Gagal'), ('unknown', 'Tidak diketahui'), ('digest', 'Untuk ringkasan'), ('skipped', 'Tidak dikirim')], default='waiting', max_length=10, verbose_name='keadaan')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('because', models.CharField(blank=True, max_length=300, verbose_name='sebab')),
                ('next_at', models.DateTimeField(null=True, verbose_name='dicoba lagi mulai')),
                ('tried_at', models.DateTimeField(null=True, verbose_name='dicoba pada')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='terkirim pada')),
                ('token', models.UUIDField(unique=True)),
                ('again_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='notices.notice')),
            ],
            options={
                'verbose_name': 'kiriman',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RefusedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, verbose_name='surel')),
                ('because', models.CharField(max_length=300, verbose_name='sebab')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refused_address', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'alamat yang menolak',
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='jenis')),
                ('how', models.CharField(choices=[('at_once', 'langsung'), ('digest', 'ringkasan pagi'), ('both', 'langsung dan ringkasan pagi'), ('none', 'hanya di meja')], max_length=10, verbose_name='cara')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='switches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pilihan kabar',
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('made_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='dicabut pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'alamat kalender',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person',), name='one_calendar_address_a_person'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='calendar_key_is_a_hash'), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('revoked_at__gte', models.F('made_at')), _connector='OR'), name='calendar_key_ends_after_it_was_made')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarkey',
            trigger=pgtrigger.compiler.Trigger(name='revoked_calendar_key_stays_so', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d286342e76123906b3f86a33952e3142bb350e30', operation='UPDATE', pgid='pgtrigger_revoked_calendar_key_stays_so_c3150', table='notices_calendarkey', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarkey',
            trigger=pgtrigger.compiler.Trigger(name='calendar_key_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ea4a980fae8f3ea865b94e3abfe0bddbddeeade2', operation='UPDATE', pgid='pgtrigger_calendar_key_stays_46258', table='notices_calendarkey', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['person', '-at', '-id'], name='notice_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['event'], name='notice_of_an_event'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about'], name='notice_about'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('person', 'event'), name='one_notice_for_a_person_and_an_event'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'answered', 'appointment_ending', 'arrived', 'asked', 'confirm_test', 'decided', 'digest', 'due_soon', 'due_today', 'due_tomorrow', 'ended', 'exclusion_ending', 'infected', 'item_to_renew', 'new_device', 'office_moved', 'overdue', 'overdue_others', 'problem', 'published', 'reminded', 'returned', 'session_moved', 'sheet_sent_back', 'sheet_to_approve', 'taken_over', 'trouble', 'undone', 'urgent'])), name='kind_of_news_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('is_secret', False), models.Q(('facts', []), ('title', '')), _connector='OR'), name='what_is_secret_is_a_number_only'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', '/meja/'), models.Q(('event', ''), _negated=True)), name='notice_leads_to_the_desk'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='secret_is_told_as_secret', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT NEW.is_secret AND NEW.about <> '' AND EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = substring(NEW.about FROM '^item:([0-9]+)$')::bigint AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    ) THEN RAISE EXCEPTION 'what is excluded is told by its number alone'; END IF; RETURN COALESCE(NEW, OLD);", hash='54a92661d6fae8a1b49854881ef01813c88f65b4', operation='INSERT', pgid='pgtrigger_secret_is_told_as_secret_7f994', table='notices_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='notice_is_sealed_never_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.title <> OLD.title AND NOT NEW.is_secret OR NEW.facts <> OLD.facts AND NOT NEW.is_secret OR OLD.is_secret AND NOT NEW.is_secret THEN RAISE EXCEPTION 'a notice stays as it was told, but for what is taken out of it'; END IF; RETURN COALESCE(NEW, OLD);", hash='35b44b9ddfdd82e4966721cbe5f9354f7f7336cc', operation='UPDATE', pgid='pgtrigger_notice_is_sealed_never_rewritten_30690', table='notices_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='notice_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."event" IS DISTINCT FROM (NEW."event") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."nth" IS DISTINCT FROM (NEW."nth") OR OLD."is_urgent" IS DISTINCT FROM (NEW."is_urgent") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."channels" IS DISTINCT FROM (NEW."channels"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d29988646c3afe6feef199e560f79bbcaa03fafd', operation='UPDATE', pgid='pgtrigger_notice_stays_44235', table='notices_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='asks_to_be_sent', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO notices_dispatch (notice_id, channel, stage, tries, because, token)\n    SELECT news.id, asked.channel, 'waiting', 0, '', gen_random_uuid()\n    FROM told news CROSS JOIN unnest(news.channels) AS asked(channel);\n    IF FOUND THEN\n        INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'ppid.notices.tasks.send');\n    END IF;\n    RETURN NULL;\n", hash='33aa9a912a8ec28cdad7004999560525f30aaf63', level='STATEMENT', operation='INSERT', pgid='pgtrigger_asks_to_be_sent_36d5b', referencing='REFERENCING NEW TABLE AS told ', table='notices_notice', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('stage', 'waiting')), fields=['next_at', 'id'], name='dispatch_waiting'),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('stage__in', ['sending', 'failed', 'unknown'])), fields=['id'], name='dispatch_unsent'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(fields=('notice', 'channel'), name='a_notice_goes_each_way_once'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ('mail', 'webhook'))), name='channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['waiting', 'sending', 'sent', 'failed', 'unknown', 'digest', 'skipped'])), name='dispatch_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('stage', 'sent')), models.Q(models.Q(('stage', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='what_was_sent_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['failed', 'unknown', 'skipped']), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='what_was_not_sent_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispatch',
            trigger=pgtrigger.compiler.Trigger(name='dispatch_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."stage", \':\', NEW."stage") = ANY(\'{waiting:sending,waiting:digest,waiting:skipped,sending:sent,sending:waiting,sending:failed,sending:unknown,sending:skipped,digest:skipped,failed:waiting,unknown:waiting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."stage" IS DISTINCT FROM NEW."stage") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "stage" from "%" to "%" on table %\', OLD."stage", NEW."stage", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a772454094af23849e90fc59c3e76aae08503629', operation='UPDATE', pgid='pgtrigger_dispatch_moves_c8496', table='notices_dispatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispatch',
            trigger=pgtrigger.compiler.Trigger(name='dispatch_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."notice_id" IS DISTINCT FROM (NEW."notice_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."token" IS DISTINCT FROM (NEW."token"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8ef21e85d37aa4446ce5f486ee56684e945bdfb1', operation='UPDATE', pgid='pgtrigger_dispatch_stays_d78ad', table='notices_dispatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispatch',
            trigger=pgtrigger.compiler.Trigger(name='only_a_person_sends_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.stage IN ('failed', 'unknown') AND NEW.stage = 'waiting' AND NEW.again_by_id IS NULL THEN RAISE EXCEPTION 'what failed, or whose outcome nobody knows, is sent again by a person alone'; END IF; RETURN COALESCE(NEW, OLD);", hash='92c0b0001487986fb35ee72d19dbbdaaa2589d94', operation='UPDATE', pgid='pgtrigger_only_a_person_sends_again_d4714', table='notices_dispatch', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='refusedaddress',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='refused_address_says_why'),
        ),
        migrations.AddConstraint(
            model_name='switch',
            constraint=models.UniqueConstraint(fields=('person', 'kind'), name='one_switch_for_a_person_and_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='switch',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['answered', 'appointment_ending', 'arrived', 'asked', 'confirm_test', 'decided', 'due_soon', 'due_today', 'due_tomorrow', 'ended', 'exclusion_ending', 'infected', 'item_to_renew', 'overdue', 'overdue_others', 'problem', 'published', 'reminded', 'returned', 'sheet_sent_back', 'sheet_to_approve', 'taken_over', 'trouble', 'undone', 'urgent']), ('how__in', [ppid.notices.kinds.How['AT_ONCE'], ppid.notices.kinds.How['BOTH'], ppid.notices.kinds.How['DIGEST'], ppid.notices.kinds.How['NONE']])), name='switch_is_known'),
        ),
    ]
