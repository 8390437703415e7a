import django.db.models.deletion
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('information', '0001_initial'),
        ('organisation', '0001_initial'),
        ('sop', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.CharField(choices=[('publication', 'Pengumuman informasi publik'), ('exclusion', 'Pengecualian informasi')], max_length=12, verbose_name='alur')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='nomor perkara')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka pada')),
                ('state', django_fsm.FSMField(max_length=12, protected=True, verbose_name='keadaan')),
                ('step', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state='updating', then=1), models.When(state='coordinating', then=2), models.When(state='preparing', then=3), models.When(state='clarifying', then=4), models.When(state='releasing', then=5), models.When(state='renewing', then=6), models.When(state='publishing', then=7), models.When(state='collecting', then=1), models.When(state='screening', then=2), models.When(state='testing', then=3), models.When(state='reviewing', then=4), models.When(state='adopting', then=5)), output_field=models.PositiveSmallIntegerField(null=True))),
                ('moves', models.PositiveIntegerField(default=0, verbose_name='jumlah gerak')),
                ('received_at', models.DateTimeField(verbose_name='diterima pada')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggat')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='berakhir pada')),
                ('diverted_from', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='diverted_to', to='flows.case')),
                ('exclusion', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case', to='information.exclusion')),
                ('information', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='information.information')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuka oleh')),
                ('sop_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='sop.sopversion', verbose_name='versi SOP')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='organisation.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'perkara',
                'ordering': ['-opened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExclusionCase',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('flows.case',),
        ),
        migrations.CreateModel(
            name='PublicationCase',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('flows.case',),
        ),
        migrations.CreateModel(
            name='StepRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='urutan')),
                ('kind', models.CharField(choices=[('step', 'Step'), ('return', 'Return'), ('reopening', 'Reopening'), ('diversion', 'Diversion'), ('withdrawal', 'Withdrawal'), ('retraction', 'Retraction')], max_length=12, verbose_name='jenis')),
                ('key', models.CharField(max_length=40, verbose_name='kunci langkah')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='langkah')),
                ('from_state', models.CharField(max_length=12, verbose_name='dari')),
                ('to_state', models.CharField(max_length=12, verbose_name='ke')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('received_at', models.DateTimeField(verbose_name='diterima')),
                ('done_at', models.DateTimeField(verbose_name='selesai')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggat')),
                ('on_time', models.GeneratedField(db_persist=True, expression=models.Case(models.When(due_at__isnull=True, then=None), default=models.Q(('done_at__lte', models.F('due_at')))), output_field=models.BooleanField(null=True))),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='flows.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='untuk perangkat daerah')),
            ],
            options={
                'verbose_name': 'riwayat',
                'ordering': ['case', 'sequence'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('requirement', 'Kelengkapan'), ('output', 'Output'), ('approved', 'Disetujui')], max_length=12, verbose_name='bagian')),
                ('sha256', models.CharField(max_length=64)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.document')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='flows.steprecord')),
            ],
            options={
                'verbose_name': 'bukti',
                'ordering': ['record', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['due_at', 'received_at', 'id'], name='case_urgent'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['flow', '-opened_at'], name='case_register'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('information',), name='one_running_case_for_an_item'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('flow', 'publication'), ('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'published', 'retracted', 'diverted', 'withdrawn'])), models.Q(('flow', 'exclusion'), ('state__in', ['collecting', 'screening', 'testing', 'reviewing', 'adopting', 'adopted', 'withdrawn'])), _connector='OR'), name='state_belongs_to_flow'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'collecting', 'screening', 'testing', 'reviewing', 'adopting'])), models.Q(('ended_at__isnull', False), models.Q(('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'collecting', 'screening', 'testing', 'reviewing', 'adopting']), _negated=True)), _connector='OR'), name='case_ends_with_its_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exclusion__isnull', False), ('flow', 'exclusion')), models.Q(('exclusion__isnull', True), ('flow', 'publication')), _connector='OR'), name='exclusion_case_has_an_exclusion'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_moves_by_the_sheet', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{updating:coordinating,coordinating:preparing,preparing:clarifying,clarifying:releasing,releasing:renewing,renewing:publishing,publishing:published,clarifying:preparing,releasing:preparing,renewing:preparing,publishing:preparing,clarifying:diverted,published:retracted,updating:withdrawn,coordinating:withdrawn,preparing:withdrawn,clarifying:withdrawn,releasing:withdrawn,renewing:withdrawn,publishing:withdrawn,collecting:screening,screening:testing,testing:reviewing,reviewing:adopting,adopting:adopted,screening:collecting,reviewing:testing,adopting:testing,collecting:withdrawn,screening:withdrawn,testing:withdrawn,reviewing:withdrawn,adopting:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7082968a8d1242d05fa03a823910981e66d8dd3a', operation='UPDATE', pgid='pgtrigger_case_moves_by_the_sheet_f077b', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_keeps_its_subject', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."flow" IS DISTINCT FROM (NEW."flow") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."information_id" IS DISTINCT FROM (NEW."information_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."sop_version_id" IS DISTINCT FROM (NEW."sop_version_id") OR OLD."exclusion_id" IS DISTINCT FROM (NEW."exclusion_id") OR OLD."diverted_from_id" IS DISTINCT FROM (NEW."diverted_from_id") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='567df540062ae671f56e41d9c49b5b4de2b60a43', operation='UPDATE', pgid='pgtrigger_case_keeps_its_subject_e78f7', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='02b100279828a880accc4c49b03aeb1632d51174', operation='DELETE', pgid='pgtrigger_case_is_kept_3aa55', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_starts_at_step_one', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.moves <> 0 OR NEW.state NOT IN ('updating', 'collecting') THEN\n                        RAISE EXCEPTION 'a case starts at step 1';\n                    END IF;\n                    IF (SELECT state FROM sop_sopversion WHERE id = NEW.sop_version_id) <> 'approved' THEN\n                        RAISE EXCEPTION 'a case follows a version in force';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9f98bec53ccbdd75ea472ce9a14fa24643647c6d', operation='INSERT', pgid='pgtrigger_case_starts_at_step_one_04c43', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_moves_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."moves" IS DISTINCT FROM (NEW."moves") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF NEW.moves <> OLD.moves + 1 OR NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord\n                        WHERE case_id = OLD.id AND sequence = NEW.moves\n                          AND from_state = OLD.state AND to_state = NEW.state\n                    ) THEN\n                        RAISE EXCEPTION 'a case moves with its ledger row only';\n                    END IF;\n                    RETURN NEW;\n                ", hash='0929ae48b2f47483c48e56299dea6d0e6b10de32', operation='UPDATE', pgid='pgtrigger_case_moves_with_its_ledger_bb13c', table='flows_case', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.UniqueConstraint(fields=('case', 'sequence'), name='ledger_row_once'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__gte', models.F('received_at'))), name='done_after_received'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'step'), models.Q(('note', ''), _negated=True), _connector='OR'), name='only_steps_need_no_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa4527bc4145c931274c85041ed5f3ed92ed797f', operation='UPDATE OR DELETE', pgid='pgtrigger_ledger_is_kept_de677', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_is_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the ledger is kept';", hash='a90c23dadc3b575515ad5a82f619440b8ed78361', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_is_not_emptied_5fa00', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_follows_the_case', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_case\n                        WHERE id = NEW.case_id AND state = NEW.from_state AND moves = NEW.sequence - 1\n                    ) THEN\n                        RAISE EXCEPTION 'a ledger row starts where its case stands';\n                    END IF;\n                    IF NEW.kind = 'step' AND NEW.step = 4 AND EXISTS (\n                        SELECT 1 FROM flows_steprecord\n                        WHERE case_id = NEW.case_id AND kind = 'step' AND step = 3\n                          AND actor_id = NEW.actor_id\n                    ) THEN\n                        RAISE EXCEPTION 'nobody approves their own work';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5dadff1393e8b4c1879aba79584093bac6a296a5', operation='INSERT', pgid='pgtrigger_ledger_follows_the_case_1b20b', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_row_moves_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    IF NOT EXISTS (SELECT 1 FROM flows_case WHERE id = NEW.case_id AND moves >= NEW.sequence) THEN\n                        RAISE EXCEPTION 'a ledger row without its move';\n                    END IF;\n                    RETURN NULL;\n                ", hash='7253065d441fa42494521f52790ad993ea2ae888', operation='INSERT', pgid='pgtrigger_ledger_row_moves_its_case_817b6', table='flows_steprecord', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('record', 'part', 'document'), name='evidence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='22b7ae3a58be93697de9d36a75d083290729ee10', operation='UPDATE OR DELETE', pgid='pgtrigger_evidence_is_kept_68731', table='flows_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_is_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the ledger is kept';", hash='6cb38103d5f0abc7f7cc2a8cd3cc6c6cd0a27d8c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_evidence_is_not_emptied_95015', table='flows_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_belongs_to_the_item', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord record\n                        JOIN flows_case c ON c.id = record.case_id\n                        JOIN information_document document ON document.information_id = c.information_id\n                        WHERE record.id = NEW.record_id AND document.id = NEW.document_id\n                          AND document.sha256 = NEW.sha256\n                    ) THEN\n                        RAISE EXCEPTION 'evidence is a document of the same item';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9fca69bd087e3c63507c4d7290d5fa6e10a74cfc', operation='INSERT', pgid='pgtrigger_evidence_belongs_to_the_item_34d32', table='flows_evidence', when='BEFORE')),
        ),
    ]
