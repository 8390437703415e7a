import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
import ppid.flows.proving
import ppid.flows.walking
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
                ('number', models.CharField(max_length=20, unique=True, verbose_name='nomor proses')),
                ('opened_because', models.CharField(blank=True, max_length=300, verbose_name='dibuka karena')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka pada')),
                ('state', django_fsm.FSMField(max_length=12, protected=True, verbose_name='keadaan')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='langkah pada lembar')),
                ('moves', models.PositiveIntegerField(default=0, verbose_name='jumlah gerak')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='serta merta')),
                ('urgent_because', models.CharField(blank=True, max_length=200, verbose_name='serta merta karena')),
                ('urgent_since', models.DateTimeField(null=True, verbose_name='serta merta sejak')),
                ('published_first_at', models.DateTimeField(null=True, verbose_name='diumumkan lebih dahulu pada')),
                ('received_at', models.DateTimeField(verbose_name='diterima pada')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggat')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='berakhir pada')),
                ('passed_on_at', models.DateTimeField(null=True, verbose_name='diteruskan pada')),
                ('worked_days', models.PositiveIntegerField(null=True, verbose_name='hari kerja sampai akhir')),
                ('diverted_from', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='diverted_to', to='flows.case')),
                ('exclusion', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case', to='information.exclusion')),
                ('information', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='information.information')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuka oleh')),
                ('sop_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='sop.sopversion', verbose_name='versi SOP')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='organisation.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'proses',
                'ordering': ['-opened_at', '-pk'],
            },
            bases=(ppid.flows.walking.Walking, ppid.flows.proving.Proving, models.Model),
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='jenis')),
                ('before', models.JSONField(verbose_name='semula')),
                ('after', models.JSONField(verbose_name='menjadi')),
                ('reason', models.TextField(max_length=2000, verbose_name='alasan')),
                ('ground', models.CharField(blank=True, max_length=20, verbose_name='dasar')),
                ('letter_number', models.CharField(blank=True, max_length=120, verbose_name='nomor surat atau putusan')),
                ('letter_date', models.DateField(null=True, verbose_name='tanggal surat atau putusan')),
                ('proposed_name', models.CharField(max_length=150, verbose_name='nama pengusul')),
                ('proposed_as', models.CharField(max_length=200, verbose_name='mengusulkan sebagai')),
                ('proposed_at', models.DateTimeField(verbose_name='diusulkan pada')),
                ('decision', models.CharField(blank=True, choices=[('approved', 'Disetujui'), ('refused', 'Tidak disetujui'), ('withdrawn', 'Ditarik pengusul')], max_length=10, verbose_name='keputusan')),
                ('decided_name', models.CharField(blank=True, max_length=150, verbose_name='nama pemutus')),
                ('decided_as', models.CharField(blank=True, max_length=200, verbose_name='memutuskan sebagai')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputuskan pada')),
                ('decided_note', models.TextField(blank=True, max_length=2000, verbose_name='catatan keputusan')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.document', verbose_name='hasil pindaian')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diusulkan oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='flows.case')),
            ],
            options={
                'verbose_name': 'usul perubahan',
                'ordering': ['case', 'pk'],
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
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('column', models.PositiveSmallIntegerField(verbose_name='kolom')),
                ('kind', models.CharField(choices=[('taken', 'Sedang dikerjakan'), ('let_go', 'Dilepaskan')], max_length=6, verbose_name='jenis')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('until', models.DateTimeField(verbose_name='sampai')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='flows.case')),
                ('over', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flows.claim', verbose_name='mengambil alih')),
            ],
            options={
                'verbose_name': 'sedang dikerjakan',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('column', models.PositiveSmallIntegerField(verbose_name='kolom')),
                ('label', models.TextField(verbose_name='pelaksana')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('digest', models.CharField(max_length=64)),
                ('confirmed_at', models.DateTimeField(verbose_name='dikonfirmasi pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='all_confirmations', to='flows.case')),
            ],
            options={
                'verbose_name': 'konfirmasi langkah bersama',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ExclusionOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('term', 'Jangka waktunya berakhir'), ('declared', 'Pernyataan PPID: alasannya sudah tidak ada'), ('ruling_ki', 'Putusan Komisi Informasi'), ('ruling_court', 'Putusan pengadilan'), ('consent', 'Persetujuan tertulis pemilik data'), ('new_test', 'Uji konsekuensi baru menyimpulkan terbuka')], max_length=12, verbose_name='dasar')),
                ('opened_on', models.DateField(verbose_name='terbuka sejak')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
                ('amendment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='flows.amendment')),
                ('by_case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opened_exclusion', to='flows.case')),
                ('exclusion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='information.exclusion')),
            ],
            options={
                'verbose_name': 'pembukaan kembali',
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HeadApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('test_digest', models.CharField(max_length=64, verbose_name='SHA-256 lembar uji')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('approved_on', models.DateField(verbose_name='disetujui pada')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='catatan')),
                ('recorded_by_name', models.CharField(max_length=150, verbose_name='nama pencatat')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='head_approvals', to='flows.case')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.document', verbose_name='pindaian')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
            ],
            options={
                'verbose_name': 'persetujuan pimpinan',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MovedDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('calendar', 'Tenggat bergeser'), ('urgent', 'Ditandai serta merta')], default='calendar', max_length=8, verbose_name='jenis')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('due_before', models.DateTimeField(null=True, verbose_name='tenggat semula')),
                ('due_after', models.DateTimeField(null=True, verbose_name='tenggat baru')),
                ('because', models.CharField(max_length=300, verbose_name='sebab')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('moved_at', models.DateTimeField(verbose_name='digeser pada')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved_deadlines', to='flows.case')),
            ],
            options={
                'verbose_name': 'tenggat yang bergeser',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='surat')),
                ('number', models.CharField(max_length=120, verbose_name='nomor')),
                ('date', models.DateField(verbose_name='tanggal')),
                ('says', models.JSONField(editable=False, verbose_name='isi')),
                ('mark', models.CharField(editable=False, max_length=64)),
                ('recorded_by_name', models.CharField(max_length=150, verbose_name='nama pencatat')),
                ('recorded_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat pada')),
                ('cancelled_by_name', models.CharField(blank=True, max_length=150, verbose_name='nama pembatal')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='dibatalkan pada')),
                ('cancelled_because', models.TextField(blank=True, max_length=2000, verbose_name='alasan pembatalan')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_numbers', to='flows.case')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='information.document')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
            ],
            options={
                'verbose_name': 'nomor surat',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ParticipantConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 kata-katanya')),
                ('by_step', models.BooleanField(default=False, verbose_name='dengan mengerjakan langkahnya')),
                ('confirmed_at', models.DateTimeField(verbose_name='dikonfirmasi pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participant_confirmations', to='flows.case')),
            ],
            options={
                'verbose_name': 'konfirmasi peserta uji',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PassedOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_name', models.CharField(max_length=200, verbose_name='nama asal')),
                ('to_name', models.CharField(max_length=200, verbose_name='nama penerus')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('because', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='flows.case')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='dari')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='kepada')),
            ],
            options={
                'verbose_name': 'proses yang diteruskan',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('clarify', 'Mengembalikan pengumuman'), ('screen', 'Tidak layak diuji'), ('accept', 'Mengembalikan hasil uji'), ('head', 'Mengembalikan sebagai pimpinan'), ('amendment', 'Menolak usul perubahan'), ('sheet', 'Mengembalikan lembar SOP')], max_length=12, verbose_name='untuk')),
                ('text', models.CharField(max_length=300, verbose_name='kalimat')),
                ('written_name', models.CharField(blank=True, max_length=150, verbose_name='nama penulis')),
                ('written_at', models.DateTimeField(verbose_name='ditulis pada')),
                ('retired_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang menghentikan')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='dihentikan pada')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='flows.reason')),
                ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dihentikan oleh')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditulis oleh')),
            ],
            options={
                'verbose_name': 'kalimat alasan',
                'ordering': ['of', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves', models.PositiveIntegerField(verbose_name='jumlah gerak')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='langkah')),
                ('kind', models.CharField(choices=[('question', 'Pertanyaan'), ('answer', 'Jawaban'), ('taken_back', 'Pertanyaan ditarik'), ('note', 'Catatan'), ('reminder', 'Pengingat')], max_length=10, verbose_name='jenis')),
                ('text', models.CharField(blank=True, max_length=4000, verbose_name='isi')),
                ('asked_name', models.CharField(blank=True, max_length=150, verbose_name='nama yang ditanya')),
                ('asked_as', models.CharField(blank=True, max_length=200, verbose_name='peran yang ditanya')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('unit_name', models.CharField(editable=False, max_length=200, verbose_name='nama perangkat daerah')),
                ('unit_short_name', models.CharField(editable=False, max_length=60, verbose_name='nama pendek perangkat daerah')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('asked', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kepada')),
                ('asked_role', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.role', verbose_name='kepada peran')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='flows.case')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='flows.remark', verbose_name='pertanyaan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='untuk perangkat daerah')),
            ],
            options={
                'verbose_name': 'pertanyaan dan catatan',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SignedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_by_name', models.CharField(max_length=150, verbose_name='nama pengunggah')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='scan_of', to='information.document')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='flows.papernumber')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'pindaian bertanda tangan',
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='urutan')),
                ('kind', models.CharField(choices=[('step', 'Step'), ('return', 'Return'), ('reopening', 'Reopening'), ('diversion', 'Diversion'), ('conclusion', 'Conclusion'), ('withdrawal', 'Withdrawal'), ('retraction', 'Retraction'), ('first', 'First_Publication'), ('takeover', 'Takeover'), ('undo', 'Undo')], max_length=12, verbose_name='jenis')),
                ('key', models.CharField(max_length=40, verbose_name='kunci langkah')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='langkah')),
                ('to_step', models.PositiveSmallIntegerField(null=True, verbose_name='ke langkah')),
                ('from_state', models.CharField(max_length=12, verbose_name='dari')),
                ('to_state', models.CharField(max_length=12, verbose_name='ke')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('unit_name', models.CharField(editable=False, max_length=200, verbose_name='nama perangkat daerah')),
                ('unit_short_name', models.CharField(editable=False, max_length=60, verbose_name='nama pendek perangkat daerah')),
                ('received_at', models.DateTimeField(verbose_name='diterima')),
                ('done_at', models.DateTimeField(verbose_name='selesai')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggat')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='menurut hukum, tanpa penundaan')),
                ('on_time', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('due_at__isnull', True), ('kind', 'undo'), _connector='OR'), then=None), models.When(models.Q(('is_urgent', True), django.db.models.lookups.LessThanOrEqual(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('done_at'), '-', models.F('due_at')), models.DurationField()), datetime.timedelta(seconds=3600))), then=None), default=models.Q(('done_at__lte', models.F('due_at')))), output_field=models.BooleanField(null=True))),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('approved', models.JSONField(editable=False, null=True, verbose_name='yang disetujui')),
                ('stood', models.JSONField(editable=False, null=True, verbose_name='yang didapati')),
                ('back_to', models.PositiveIntegerField(editable=False, null=True, verbose_name='kembali ke catatan')),
                ('used_days', models.PositiveIntegerField(null=True, verbose_name='hari kerja terpakai')),
                ('used_minutes', models.PositiveIntegerField(null=True, verbose_name='menit kerja terpakai')),
                ('allowed_days', models.PositiveIntegerField(null=True, verbose_name='hari kerja tersedia')),
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
            name='HeldTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(verbose_name='sejak')),
                ('until', models.DateTimeField(verbose_name='sampai')),
                ('due_at', models.DateTimeField(null=True, verbose_name='tenggatnya')),
                ('minutes', models.PositiveIntegerField(verbose_name='menit kerja')),
                ('days', models.PositiveIntegerField(verbose_name='hari kerja')),
                ('took_it', models.BooleanField(verbose_name='mengerjakannya')),
                ('is_late', models.GeneratedField(db_persist=True, expression=models.Case(models.When(due_at__isnull=True, then=None), default=models.Q(('until__gt', models.F('due_at')))), output_field=models.BooleanField(null=True))),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='di meja')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='flows.steprecord')),
            ],
            options={
                'verbose_name': 'waktu di meja',
                'ordering': ['record', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('requirement', 'Kelengkapan'), ('output', 'Output'), ('approved', 'Disetujui')], max_length=12, verbose_name='bagian')),
                ('sha256', models.CharField(max_length=64)),
                ('means', models.CharField(blank=True, max_length=20, verbose_name='yang dimaksud')),
                ('by_portal', models.BooleanField(default=False, verbose_name='dicatat portal')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.document')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='flows.steprecord')),
            ],
            options={
                'verbose_name': 'bukti',
                'ordering': ['record', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StillRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed_on', models.DateField(verbose_name='masih sesuai per')),
                ('renew_by', models.DateField(verbose_name='diperbarui paling lambat')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('acting_as', models.CharField(max_length=200, verbose_name='bertindak sebagai')),
                ('confirmed_at', models.DateTimeField(verbose_name='dinyatakan pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.appointment', verbose_name='penugasan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='flows.case')),
            ],
            options={
                'verbose_name': 'pernyataan masih sesuai',
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(choices=[('days', 'hari kerja terpakai'), ('minutes', 'menit kerja terpakai'), ('allowed', 'hari kerja tersedia'), ('on_time', 'tepat waktu (1) atau tidak (0)'), ('cases', 'proses'), ('sent_back', 'dikembalikan')], max_length=9)),
                ('value', models.PositiveIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('sop_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.sopversion')),
            ],
        ),
        migrations.CreateModel(
            name='UndoneApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_name', models.CharField(max_length=150, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='flows.headapproval')),
            ],
            options={
                'verbose_name': 'persetujuan pimpinan yang diurungkan',
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('wrongly_published', 'Salah terbit'), ('replaced', 'Digantikan informasi lain'), ('withdrawn', 'Ditarik')], max_length=20, verbose_name='sebab')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='flows.steprecord')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.information', verbose_name='digantikan oleh')),
            ],
            options={
                'verbose_name': 'sebab pencabutan',
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['-is_urgent', 'due_at', 'received_at', 'id'], name='case_urgent'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['flow', '-opened_at'], name='case_register'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['sop_version', 'opened_at'], name='case_ended_opened_at'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['sop_version', 'ended_at'], name='case_ended_ended_at'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('information',), name='one_running_case_for_an_item'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('flow', 'publication'), ('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'published', 'retracted', 'diverted', 'withdrawn'])), models.Q(('flow', 'exclusion'), ('state__in', ['collecting', 'screening', 'testing', 'reviewing', 'adopting', 'adopted', 'tested_open', 'withdrawn'])), _connector='OR'), name='state_belongs_to_flow'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'collecting', 'screening', 'testing', 'reviewing', 'adopting', 'published', 'adopted']), ('step__isnull', False)), models.Q(('ended_at__isnull', False), ('step__isnull', True), models.Q(('state__in', ['updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'collecting', 'screening', 'testing', 'reviewing', 'adopting']), _negated=True)), _connector='OR'), name='case_ends_with_its_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_because', ''), ('opened_by__isnull', False)), models.Q(('opened_by__isnull', True), models.Q(('opened_because', ''), _negated=True)), _connector='OR'), name='case_is_opened_by_somebody_or_by_law'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('is_urgent', False), models.Q(('flow', 'publication'), ('urgent_since__isnull', False), models.Q(('urgent_because', ''), _negated=True)), _connector='OR'), name='urgency_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('published_first_at__isnull', True), models.Q(('flow', 'publication'), ('urgent_since__isnull', False), ('urgent_since__lte', models.F('published_first_at'))), _connector='OR'), name='only_a_publication_is_announced_first'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exclusion__isnull', False), ('flow', 'exclusion')), models.Q(('exclusion__isnull', True), ('flow', 'publication')), _connector='OR'), name='exclusion_case_has_an_exclusion'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_moves_by_the_sheet', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{updating:coordinating,coordinating:preparing,preparing:clarifying,clarifying:releasing,releasing:renewing,renewing:publishing,publishing:published,clarifying:diverted,updating:published,published:retracted,updating:withdrawn,coordinating:withdrawn,preparing:withdrawn,clarifying:withdrawn,releasing:withdrawn,renewing:withdrawn,publishing:withdrawn,collecting:screening,screening:testing,testing:reviewing,reviewing:adopting,adopting:adopted,collecting:adopted,reviewing:tested_open,collecting:withdrawn,screening:withdrawn,testing:withdrawn,reviewing:withdrawn,adopting:withdrawn,coordinating:updating,preparing:updating,preparing:coordinating,clarifying:updating,clarifying:coordinating,clarifying:preparing,releasing:updating,releasing:coordinating,releasing:preparing,releasing:clarifying,renewing:updating,renewing:coordinating,renewing:preparing,renewing:clarifying,renewing:releasing,publishing:updating,publishing:coordinating,publishing:preparing,publishing:clarifying,publishing:releasing,publishing:renewing,screening:collecting,testing:collecting,testing:screening,reviewing:collecting,reviewing:screening,reviewing:testing,adopting:collecting,adopting:screening,adopting:testing,adopting:reviewing,updating:clarifying,coordinating:clarifying,collecting:reviewing,screening:reviewing,collecting:adopting,screening:adopting,testing:adopting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a23cf12897f30e419eade0144a7a51f18ee9d725', operation='UPDATE', pgid='pgtrigger_case_moves_by_the_sheet_f077b', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='past_the_steps_only_by_undoing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF \n            (OLD.state, NEW.state) IN (('updating', 'clarifying'), ('coordinating', 'clarifying'), ('collecting', 'reviewing'), ('screening', 'reviewing'), ('collecting', 'adopting'), ('screening', 'adopting'), ('testing', 'adopting'))\n            AND NOT EXISTS (\n                SELECT 1 FROM flows_steprecord WHERE case_id = OLD.id AND sequence = NEW.moves AND kind = 'undo'\n            )\n         THEN RAISE EXCEPTION 'a case goes on past a step only where its return is undone'; END IF; RETURN COALESCE(NEW, OLD);", hash='17c6547b41e042a52bb955ae1ec314a3923d0ff8', operation='UPDATE', pgid='pgtrigger_past_the_steps_only_by_undoing_1d4b3', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_keeps_its_subject', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."flow" IS DISTINCT FROM (NEW."flow") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."information_id" IS DISTINCT FROM (NEW."information_id") OR OLD."sop_version_id" IS DISTINCT FROM (NEW."sop_version_id") OR OLD."exclusion_id" IS DISTINCT FROM (NEW."exclusion_id") OR OLD."diverted_from_id" IS DISTINCT FROM (NEW."diverted_from_id") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."opened_because" IS DISTINCT FROM (NEW."opened_because") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2966707480c3dafd022e1669c50da5b673aa2a07', operation='UPDATE', pgid='pgtrigger_case_keeps_its_subject_e78f7', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='6251ab4f9955b43468d7c0b54c6ba9470b900403', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_489ed', referencing='REFERENCING NEW TABLE AS written ', table='flows_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='passes_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func="IF \n            NOT EXISTS (\n                SELECT 1 FROM (SELECT * FROM flows_passedon WHERE case_id = OLD.id ORDER BY id DESC LIMIT 1) newest\n                WHERE newest.from_unit_id = OLD.unit_id AND newest.to_unit_id = NEW.unit_id\n            )\n         THEN RAISE EXCEPTION 'what belongs to a unit passes on with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='0b37c049943bfc81d7035aa72311691fc61367a6', operation='UPDATE', pgid='pgtrigger_passes_with_its_ledger_35ea7', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='passes_at_the_moment_of_its_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."passed_on_at" IS DISTINCT FROM (NEW."passed_on_at") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func="IF NEW.passed_on_at IS DISTINCT FROM (SELECT max(at) FROM flows_passedon WHERE case_id = OLD.id) THEN RAISE EXCEPTION 'what belongs to a unit passes on with its ledger row only'; END IF; RETURN COALESCE(NEW, OLD);", hash='3440f1379d777845dc96480ece44a48c102722c8', operation='UPDATE', pgid='pgtrigger_passes_at_the_moment_of_its_line_d0613', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='belongs_to_an_open_unit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n            EXISTS (\n                SELECT 1 FROM flows_case here JOIN organisation_unit unit ON unit.id = here.unit_id\n                WHERE here.id = NEW.id AND NOT unit.is_active AND TRUE\n            )\n         THEN RAISE EXCEPTION 'nothing begins at a unit that has closed'; END IF; RETURN COALESCE(NEW, OLD);", hash='979be5830c2d9ce11d05db3a554be3235c4c1af6', operation='INSERT', pgid='pgtrigger_belongs_to_an_open_unit_84d96', table='flows_case', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='02b100279828a880accc4c49b03aeb1632d51174', operation='DELETE', pgid='pgtrigger_case_is_kept_3aa55', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='31dbd979aeef439eee14ac75c91c8d8e44d1a9ad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c063e', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_starts_at_step_one', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.moves <> 0 OR NEW.state NOT IN ('updating', 'collecting')\n               OR NEW.received_at <> NEW.opened_at OR NEW.urgent_since <> NEW.opened_at\n               OR NEW.is_urgent AND NEW.due_at IS DISTINCT FROM NEW.opened_at\n               OR NEW.published_first_at IS NOT NULL THEN\n                RAISE EXCEPTION 'a case starts at step 1, as it is opened';\n            END IF;\n            IF NOT EXISTS (\n                SELECT 1 FROM sop_sopversion\n                WHERE id = NEW.sop_version_id AND state = 'approved' AND runs = NEW.flow\n            ) THEN\n                RAISE EXCEPTION 'a case follows a version in force that runs its flow';\n            END IF;\n            IF NEW.sop_version_id <> (\n                SELECT version.id FROM sop_sopversion version JOIN sop_sop sop ON sop.id = version.sop_id\n                WHERE sop.flow = NEW.flow AND (sop.unit_id = NEW.unit_id OR sop.is_master)\n                  AND version.state = 'approved' AND version.runs = NEW.flow\n                  AND version.in_force_from <= (NEW.opened_at AT TIME ZONE 'Asia/Pontianak')::date\n                ORDER BY sop.unit_id = NEW.unit_id DESC, version.version DESC LIMIT 1\n            ) THEN\n                RAISE EXCEPTION 'a case follows the sheet of its unit, else the one of the city';\n            END IF;\n            IF NEW.step IS DISTINCT FROM (\n                SELECT min(number) FROM sop_activity WHERE version_id = NEW.sop_version_id\n            ) THEN\n                RAISE EXCEPTION 'a case starts at the first row of its sheet';\n            END IF;\n            RETURN NEW;\n        ", hash='948d3d5ee8b5835715b1280e970e39b978d16a10', operation='INSERT', pgid='pgtrigger_case_starts_at_step_one_04c43', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_moves_with_its_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."moves" IS DISTINCT FROM (NEW."moves") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."step" IS DISTINCT FROM (NEW."step"))', func="\n            IF NEW.state = 'adopted' AND NOT EXISTS (\n                SELECT 1 FROM information_exclusion exclusion\n                JOIN information_consequencetest test ON test.exclusion_id = exclusion.id\n                JOIN information_classificationdecree decree ON decree.exclusion_id = exclusion.id\n                WHERE exclusion.id = NEW.exclusion_id AND exclusion.adopted_at IS NOT NULL\n                  AND test.conclusion <> 'open'\n            ) THEN\n                RAISE EXCEPTION 'an exclusion is adopted with its test and its decree';\n            END IF;\n            IF NEW.moves <> OLD.moves + 1 OR NEW.ended_at <> NEW.received_at OR NOT EXISTS (\n                SELECT 1 FROM flows_steprecord\n                WHERE case_id = OLD.id AND sequence = NEW.moves\n                  AND from_state = OLD.state AND to_state = NEW.state\n                  AND NEW.received_at = CASE kind WHEN 'first' THEN OLD.received_at WHEN 'undo' THEN (\n                      SELECT undone.received_at FROM flows_steprecord undone\n                      WHERE undone.case_id = OLD.id AND undone.sequence = flows_steprecord.back_to + 1\n                  ) ELSE done_at END\n                  AND step IS NOT DISTINCT FROM OLD.step AND to_step IS NOT DISTINCT FROM NEW.step\n            ) THEN\n                RAISE EXCEPTION 'a case moves with its ledger row only';\n            END IF;\n            RETURN NEW;\n        ", hash='7bf712d5f935900d2d26a16ca0447dea0de37920', operation='UPDATE', pgid='pgtrigger_case_moves_with_its_ledger_bb13c', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='urgency_comes_with_its_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_urgent" IS DISTINCT FROM (NEW."is_urgent") OR OLD."urgent_because" IS DISTINCT FROM (NEW."urgent_because") OR OLD."urgent_since" IS DISTINCT FROM (NEW."urgent_since"))', func="IF \n            NOT (NEW.is_urgent AND NOT OLD.is_urgent AND NEW.moves = OLD.moves AND EXISTS (\n                SELECT 1 FROM flows_moveddeadline\n                WHERE case_id = OLD.id AND kind = 'urgent' AND moves = OLD.moves\n                  AND moved_at = NEW.urgent_since AND because = NEW.urgent_because\n            ) OR NEW.is_urgent AND NOT OLD.is_urgent AND EXISTS (\n                SELECT 1 FROM flows_steprecord\n                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'\n                  AND approved->>'category' = 'immediate' AND done_at = NEW.urgent_since\n            ) OR OLD.is_urgent AND NOT NEW.is_urgent\n             AND NEW.urgent_because = OLD.urgent_because AND NEW.urgent_since IS NOT DISTINCT FROM OLD.urgent_since\n             AND EXISTS (\n                SELECT 1 FROM flows_steprecord\n                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'\n                  AND approved->>'category' <> 'immediate' AND note <> ''\n            ) OR EXISTS (\n                SELECT 1 FROM flows_steprecord undo\n                JOIN flows_steprecord undone ON undone.case_id = undo.case_id AND undone.key = 'clarify'\n                 AND undone.sequence BETWEEN undo.back_to + 1 AND undo.sequence\n                WHERE undo.case_id = OLD.id AND undo.sequence = NEW.moves AND undo.sequence > OLD.moves\n                  AND (undone.stood->>'is_urgent')::boolean = NEW.is_urgent\n                  AND undone.stood->>'urgent_because' = NEW.urgent_because\n                  AND (undone.stood->>'urgent_since')::timestamptz IS NOT DISTINCT FROM NEW.urgent_since\n            ))\n         THEN RAISE EXCEPTION 'a case becomes or ceases to be urgent with its line in the ledger only'; END IF; RETURN COALESCE(NEW, OLD);", hash='a926adfa52642de93be4ef0aabb85eb14fa4576d', operation='UPDATE', pgid='pgtrigger_urgency_comes_with_its_line_2f7a0', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='announced_first_with_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_first_at" IS DISTINCT FROM (NEW."published_first_at"))', func="IF \n            OLD.published_first_at IS NOT NULL OR NOT OLD.is_urgent OR NEW.step IS DISTINCT FROM OLD.step\n               OR NOT EXISTS (\n                SELECT 1 FROM flows_steprecord\n                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND kind = 'first'\n                  AND done_at = NEW.published_first_at\n            )\n         THEN RAISE EXCEPTION 'an urgent case is announced first once, with its ledger row'; END IF; RETURN COALESCE(NEW, OLD);", hash='1dafed22cf92860bd89b2b36f9bdd1e14819e2d3', operation='UPDATE', pgid='pgtrigger_announced_first_with_its_row_ef73f', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='what_was_announced_first_goes_with_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.published_first_at IS NOT NULL AND OLD.ended_at IS NULL AND NEW.state IN ('withdrawn', 'diverted'))", func="IF \n            EXISTS (\n                SELECT 1 FROM shelf_publisheditem item\n                JOIN information_information information ON information.number = item.number\n                WHERE information.id = OLD.information_id\n            )\n         THEN RAISE EXCEPTION 'what was announced first is taken off the shelf as its case is given up'; END IF; RETURN COALESCE(NEW, OLD);", hash='64d768df9dab7d1cf5ea8d84d8b4245110f01a39', operation='UPDATE', pgid='pgtrigger_what_was_announced_first_goes_with_its_case_525ef', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_walks_along_its_sheet', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."moves" IS DISTINCT FROM (NEW."moves") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."step" IS DISTINCT FROM (NEW."step"))', declare='DECLARE record flows_steprecord%ROWTYPE; lawful INTEGER; onward INTEGER[];', func="\n            SELECT * INTO record FROM flows_steprecord WHERE case_id = OLD.id AND sequence = NEW.moves;\n            IF record.kind = 'step' THEN\n                SELECT CASE WHEN here.kind = 'end' THEN ARRAY[]::int[]\n                            WHEN here.kind = 'decision' THEN ARRAY[here.if_yes, here.if_no]::int[]\n                            ELSE ARRAY(SELECT min(number) FROM sop_activity below\n                                       WHERE below.version_id = here.version_id AND below.number > here.number)\n                       END INTO onward\n                FROM sop_activity here WHERE version_id = OLD.sop_version_id AND number = OLD.step;\n                IF NOT (NEW.step > OLD.step AND NEW.step = ANY (onward) OR NEW.step = OLD.step\n                        OR NEW.step IS NULL AND NOT EXISTS (SELECT 1 FROM unnest(onward) n WHERE n > OLD.step))\n                THEN\n                    RAISE EXCEPTION 'a case goes on along the rows of its sheet';\n                END IF;\n            ELSIF record.kind IN ('return', 'reopening') AND NOT (NEW.step < OLD.step AND EXISTS (\n                SELECT 1 FROM sop_activity WHERE version_id = OLD.sop_version_id AND number = NEW.step\n            )) THEN\n                RAISE EXCEPTION 'a case goes back to an earlier row of its sheet';\n            END IF;\n            IF record.kind = 'undo' AND NOT EXISTS (\n                SELECT 1 FROM flows_steprecord undone\n                WHERE undone.case_id = OLD.id AND undone.sequence = record.back_to + 1\n                  AND undone.step = NEW.step AND undone.from_state = NEW.state AND NEW.ended_at IS NULL\n                  AND (undone.due_at IS NOT DISTINCT FROM NEW.due_at OR EXISTS (\n                      SELECT 1 FROM flows_moveddeadline\n                      WHERE case_id = OLD.id AND moves BETWEEN undone.sequence AND OLD.moves\n                  ))\n            ) THEN\n                RAISE EXCEPTION 'what is undone is as it was';\n            END IF;\n            lawful := (CASE NEW.state WHEN 'updating' THEN 1 WHEN 'coordinating' THEN 2 WHEN 'preparing' THEN 3 WHEN 'clarifying' THEN 4 WHEN 'releasing' THEN 5 WHEN 'renewing' THEN 6 WHEN 'publishing' THEN 7 WHEN 'collecting' THEN 1 WHEN 'screening' THEN 2 WHEN 'testing' THEN 3 WHEN 'reviewing' THEN 4 WHEN 'adopting' THEN 5 ELSE 99 END);\n            IF NEW.step = OLD.step AND NOT EXISTS (\n                SELECT 1 FROM sop_activity\n                WHERE version_id = NEW.sop_version_id AND number = NEW.step AND lawful = ANY (carries)\n            ) OR NEW.step <> OLD.step AND lawful <> COALESCE((\n                SELECT min(carried) FROM sop_activity, unnest(carries) carried\n                WHERE version_id = NEW.sop_version_id AND number >= NEW.step\n            ), 99) THEN\n                RAISE EXCEPTION 'a case waits at the row that carries its lawful step';\n            END IF;\n            RETURN NEW;\n        ", hash='d06d58e86cbaf486d881ca6e2e6e473520217e9d', operation='UPDATE', pgid='pgtrigger_case_walks_along_its_sheet_0fbc9', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='ended_case_is_tallied', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)', func="\n            INSERT INTO flows_tally (sop_version_id, step, measure, value, n)\n            WITH record AS (\n                SELECT * FROM flows_steprecord made\n                WHERE case_id = NEW.id AND step IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM flows_steprecord undo WHERE undo.case_id = made.case_id AND undo.kind = 'undo'\n          AND undo.back_to < made.sequence AND undo.sequence > made.sequence\n    )\n            ),\n            taken AS (SELECT * FROM record WHERE kind IN ('step', 'return'))\n            SELECT NEW.sop_version_id, step, measure, value, count(*) FROM (\n                SELECT 0 AS step, 'days' AS measure, NEW.worked_days AS value\n                UNION ALL SELECT step, 'days', used_days FROM taken\n                UNION ALL SELECT step, 'minutes', used_minutes FROM taken\n                UNION ALL SELECT step, 'allowed', allowed_days FROM taken\n                UNION ALL SELECT step, 'on_time', on_time::int FROM taken\n                UNION ALL SELECT DISTINCT step, 'cases', 0 FROM taken\n                UNION ALL SELECT step, 'sent_back', 0 FROM record WHERE kind IN ('return', 'reopening')\n            ) counted\n            WHERE value IS NOT NULL GROUP BY step, measure, value ORDER BY step, measure, value\n            ON CONFLICT (sop_version_id, step, measure, value)\n            DO UPDATE SET n = flows_tally.n + EXCLUDED.n;\n            RETURN NULL;\n        ", hash='9a40643f762ddc7e926201c892f02fe6bed752b2', operation='UPDATE', pgid='pgtrigger_ended_case_is_tallied_d92d3', table='flows_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='seals_what_was_told', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."flow" = \'exclusion\')', declare='DECLARE unaware BIGINT[];', func="\n            SELECT array_agg(news.id) INTO unaware FROM notices_notice news\n            WHERE about = 'item:' || NEW.information_id AND about <> '' AND NOT is_secret AND NOT EXISTS (\n    SELECT FROM organisation_appointment held\n    JOIN organisation_role role ON role.id = held.role_id\n    JOIN flows_case c ON c.id = NEW.id\n    WHERE held.user_id = news.person_id AND \n        NOT held.is_void AND held.starts_on <= (now() AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (now() AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (now() AT TIME ZONE 'Asia/Pontianak')::date)\n    \n      AND (role.scope = 'city' OR held.unit_id = c.unit_id) AND \n        role.scope <> 'office' AND (role.code IN ('atasan_ppid', 'ppid_utama') OR (\n            (c.flow <> 'exclusion' OR EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = c.sop_version_id AND link.role_id = role.id\n    ))\n            AND (NOT EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (now() AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (now() AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    )\n                 OR EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (now() AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (now() AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n     AND EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = s.sop_version_id AND link.role_id = role.id\n    )))\n        ))\n    \n);\n            DELETE FROM notices_dispatch WHERE notice_id = ANY (unaware);\n            DELETE FROM notices_notice WHERE id = ANY (unaware);\n            UPDATE notices_notice SET title = '', facts = '[]', is_secret = true\n            WHERE about = 'item:' || NEW.information_id AND about <> '' AND NOT is_secret;\n            RETURN NULL;\n        ", hash='06b30a563f18051d8f02229e4e77abe758ee9f21', operation='INSERT', pgid='pgtrigger_seals_what_was_told_f45d9', table='flows_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='due_date_moves_with_its_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at AND OLD.moves = NEW.moves)', func="IF \n            NOT EXISTS (\n                SELECT 1 FROM (\n                    SELECT * FROM flows_moveddeadline WHERE case_id = OLD.id ORDER BY id DESC LIMIT 1\n                ) line\n                WHERE line.moves = OLD.moves AND line.due_before IS NOT DISTINCT FROM OLD.due_at\n                  AND line.due_after IS NOT DISTINCT FROM NEW.due_at\n            )\n         THEN RAISE EXCEPTION 'a due date moves with its line in the ledger only'; END IF; RETURN COALESCE(NEW, OLD);", hash='c0a152694bf43b81bb69f5eb23297400cf9614c1', operation='UPDATE', pgid='pgtrigger_due_date_moves_with_its_line_a445e', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='test_goes_on_once_confirmed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'testing' AND NEW.state = 'reviewing')", func="IF \n                EXISTS (\n                    SELECT 1 FROM information_consequencetest test\n                    JOIN information_participant named ON named.test_id = test.id\n                    WHERE test.exclusion_id = OLD.exclusion_id AND named.person_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_participantconfirmation said\n                        WHERE said.case_id = OLD.id AND said.actor_id = named.person_id\n                          AND said.digest = test.words_digest\n                    )\n                )\n             THEN RAISE EXCEPTION 'a test goes on once each participant has confirmed its words'; END IF; RETURN COALESCE(NEW, OLD);", hash='8d0679076e43e25554c3d218a659da4bba7e1d7a', operation='UPDATE', pgid='pgtrigger_test_goes_on_once_confirmed_0b4bb', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='reopened_test_voids_its_decree', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'adopting' AND NEW.state NOT IN ('adopting', 'adopted'))", func="IF \n                NEW.ended_at IS NULL AND EXISTS (\n                    SELECT 1 FROM information_classificationdecree WHERE exclusion_id = NEW.exclusion_id\n                )\n             THEN RAISE EXCEPTION 'a test that is open again has no decree'; END IF; RETURN COALESCE(NEW, OLD);", hash='402892691bfeaadd9e5a723533569e17af8ab34a', operation='UPDATE', pgid='pgtrigger_reopened_test_voids_its_decree_b44e6', table='flows_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='signed_papers_come_with_their_step', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                IF OLD.state = 'testing' AND NEW.state = 'reviewing' AND NOT \n    EXISTS (\n        SELECT 1 FROM flows_evidence evidence\n        JOIN flows_steprecord record ON record.id = evidence.record_id\n        WHERE record.case_id = OLD.id AND record.done_at = NEW.received_at\n          AND evidence.part = 'output' AND evidence.means = 'test_sheet'\n    )\n THEN\n                    RAISE EXCEPTION 'a test goes on with its signed sheet';\n                END IF;\n                IF OLD.state = 'collecting' AND NEW.state = 'adopted' AND EXISTS (\n                    SELECT 1 FROM flows_steprecord\n                    WHERE case_id = OLD.id AND sequence = NEW.moves AND kind = 'takeover'\n                ) THEN\n                    RETURN NEW;  -- signed elsewhere: its list's scan is what was approved\n                END IF;\n                IF NEW.state = 'adopted' AND NOT \n    EXISTS (\n        SELECT 1 FROM flows_evidence evidence\n        JOIN flows_steprecord record ON record.id = evidence.record_id\n        WHERE record.case_id = OLD.id AND record.done_at = NEW.received_at\n          AND evidence.part = 'output' AND evidence.means = 'decree'\n    )\n THEN\n                    RAISE EXCEPTION 'an exclusion is adopted with its signed decree';\n                END IF;\n                IF NEW.state = 'adopted' AND NOT EXISTS (\n                    SELECT 1 FROM flows_headapproval approval\n                    JOIN information_consequencetest test ON test.exclusion_id = OLD.exclusion_id\n                    JOIN information_classificationdecree decree ON decree.exclusion_id = OLD.exclusion_id\n                    WHERE approval.case_id = OLD.id AND approval.test_digest = test.digest\n                      AND decree.approved_on = approval.approved_on\n                      AND NOT EXISTS (\n                          SELECT 1 FROM flows_steprecord record\n                          WHERE record.case_id = OLD.id AND record.sequence > approval.moves\n                            AND record.to_state NOT IN ('adopting', 'adopted') AND NOT EXISTS (\n        SELECT 1 FROM flows_steprecord undo WHERE undo.case_id = record.case_id AND undo.kind = 'undo'\n          AND undo.back_to < record.sequence AND undo.sequence > record.sequence\n    )\n                      )\n                ) THEN\n                    RAISE EXCEPTION 'an exclusion is adopted with the approval of the head';\n                END IF;\n                RETURN NEW;\n            ", hash='da80fe994a01d64d0bcc7d20e0e8efcb921c6a48', operation='UPDATE', pgid='pgtrigger_signed_papers_come_with_their_step_131ab', table='flows_case', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='amendment',
            index=models.Index(condition=models.Q(('decision', '')), fields=['case'], name='amendment_undecided'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('case', 'kind'), name='one_undecided_amendment_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(('decided_by__isnull', False), ('decision__in', ['approved', 'refused', 'withdrawn']), ('decided_at__gte', models.F('proposed_at')), ('decided_at__isnull', False), models.Q(('decided_name', ''), _negated=True)), _connector='OR'), name='amendment_is_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['approved', 'refused']), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='nobody_decides_their_own_amendment'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'withdrawn'), _negated=True), ('decided_by', models.F('proposed_by')), _connector='OR'), name='only_its_proposer_withdraws_an_amendment'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('decided_note', ''), _negated=True), _connector='OR'), name='a_refused_amendment_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.proposed_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='19039ab9bf8cddc4abc5447757ea4f7d1a5cbd26', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_23c5f', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='364797ef359b258d159c0e27e8dcffa9b1dfcfd7', operation='DELETE', pgid='pgtrigger_amendment_is_kept_d2a3b', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='9c6041b927563821c9ede10744f20aed2ed71530', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3687c', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='bc40f2a5d58e4ce963e3208e89626f80a685dae5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_c0f9b', referencing='REFERENCING NEW TABLE AS written ', table='flows_amendment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='decided_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.decided_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.decided_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'decided');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='7f1d066dc8b6934324ca1415a313a5ea1a111b1c', operation='INSERT OR UPDATE', pgid='pgtrigger_decided_enters_the_chain_1ae17', table='flows_amendment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_stays_as_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."ground" IS DISTINCT FROM (NEW."ground") OR OLD."letter_number" IS DISTINCT FROM (NEW."letter_number") OR OLD."letter_date" IS DISTINCT FROM (NEW."letter_date") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_name" IS DISTINCT FROM (NEW."proposed_name") OR OLD."proposed_as" IS DISTINCT FROM (NEW."proposed_as") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='61255cea2ba2499cf04adff25b0b4c93260fea52', operation='UPDATE', pgid='pgtrigger_amendment_stays_as_proposed_ca882', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_is_decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.decision <> '')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='003112c76baf40813def4ca37a0c763079858d97', operation='UPDATE', pgid='pgtrigger_amendment_is_decided_once_b29b3', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_is_of_an_ended_case', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.decision <> '' OR NOT EXISTS (\n                        SELECT 1 FROM flows_case\n                        WHERE id = NEW.case_id AND ended_at IS NOT NULL AND ended_at <= NEW.proposed_at\n                    ) THEN\n                        RAISE EXCEPTION 'an amendment is proposed for an ended case, and decided later';\n                    END IF;\n                    IF NEW.letter_date > (NEW.proposed_at AT TIME ZONE 'Asia/Pontianak')::date THEN\n                        RAISE EXCEPTION 'an amendment rests on a letter that was written already';\n                    END IF;\n                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM information_document document\n                        JOIN flows_case c ON c.information_id = document.information_id\n                        WHERE document.id = NEW.document_id AND c.id = NEW.case_id AND document.purpose = 'evidence'\n                    ) THEN\n                        RAISE EXCEPTION 'the document of an amendment is evidence of the same item';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f434a6802a31cfd38234d498aa2240e29c651f97', operation='INSERT', pgid='pgtrigger_amendment_is_of_an_ended_case_b18d0', table='flows_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='what_is_amended_is_in_force', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.decision = 'approved' AND OLD.decision = '')", func="IF \n                    EXISTS (\n                        SELECT 1 FROM flows_case c JOIN information_exclusion exclusion ON exclusion.id = c.exclusion_id\n                        WHERE c.id = NEW.case_id AND (\n                            exclusion.adopted_at IS NULL OR exclusion.continued_by_id IS NOT NULL\n                            OR exclusion.opened_on IS NOT NULL\n                            OR exclusion.ends_on < (NEW.decided_at AT TIME ZONE 'Asia/Pontianak')::date\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'an exclusion that is not in force is not amended'; END IF; RETURN COALESCE(NEW, OLD);", hash='005e527c9f5f2e013f469d713ed01ee7b7dcbfad', operation='UPDATE', pgid='pgtrigger_what_is_amended_is_in_force_4eae9', table='flows_amendment', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['case', 'moves', 'column', '-id'], name='claim_newest'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'taken'), ('until__gt', models.F('at'))), models.Q(('kind', 'let_go'), ('over__isnull', True), ('until', models.F('at'))), _connector='OR'), name='claim_is_taken_for_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='79a74e7e68b1263d225484f00228b02fd6cec48b', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_47546', table='flows_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dc4b0eca4ddc2f41517551dab01d9d07d8b64eb7', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_fef87', table='flows_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='8f0dd28b5e013d2ece292c74fca0652c76999711', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_3636e', referencing='REFERENCING NEW TABLE AS written ', table='flows_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='acc19a08d2eeb889d7cff173d630fe531300e22f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6ba9e', table='flows_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claimed_by_who_may_take_the_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                        JOIN sop_performer first_column ON first_column.id = here.performer_id\n                        LEFT JOIN sop_performer last_column ON last_column.id = here.last_performer_id\n                        JOIN sop_performer mine ON mine.version_id = c.sop_version_id AND mine.position = NEW.column\n                        JOIN sop_performerrole link ON link.performer_id = mine.id\n                        JOIN organisation_appointment held ON held.id = NEW.appointment_id\n                         AND held.role_id = link.role_id AND held.user_id = NEW.actor_id\n                        JOIN organisation_role role ON role.id = held.role_id\n                        WHERE c.id = NEW.case_id AND c.moves = NEW.moves AND c.step = NEW.step\n                          AND mine.position BETWEEN first_column.position\n                              AND COALESCE(last_column.position, first_column.position)\n                          AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n                    )\n                 THEN RAISE EXCEPTION 'a row is claimed where its case stands, by who holds its column'; END IF; RETURN COALESCE(NEW, OLD);", hash='afc4ff905e988ddf50083b71ee309326247266fa', operation='INSERT', pgid='pgtrigger_claimed_by_who_may_take_the_row_78e87', table='flows_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='one_person_claims_a_row', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF \n                    EXISTS (\n                        SELECT 1 FROM flows_claim newest WHERE newest.id = (\n                            SELECT max(id) FROM flows_claim\n                            WHERE case_id = NEW.case_id AND moves = NEW.moves AND "column" = NEW."column"\n                        ) AND newest.kind = \'taken\' AND newest.until > NEW.at AND newest.actor_id <> NEW.actor_id\n                          AND (NEW.kind = \'let_go\' OR NEW.over_id IS DISTINCT FROM newest.id)\n                    )\n                 THEN RAISE EXCEPTION \'one person claims a row; another takes it over by name\'; END IF; RETURN COALESCE(NEW, OLD);', hash='2f8ffe9b1367d2cc8b510386bdec30cafdf1a1fc', operation='INSERT', pgid='pgtrigger_one_person_claims_a_row_83a8f', table='flows_claim', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('case', 'moves', 'column', 'digest'), name='column_confirmed_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='68ade4871d477f956051887ae08cdf2f2d996501', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_04221', table='flows_confirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12ca277c0617469165fc58e7163368784ba35912', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_15756', table='flows_confirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='7aaae0b5b360c95322be3971d2a123ab6e348e3c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_aded6', referencing='REFERENCING NEW TABLE AS written ', table='flows_confirmation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='ea6f90b2cd7533ed8d5889db003cd84c74bf281d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7238f', table='flows_confirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='confirmed_where_the_case_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                        JOIN sop_performer first_column ON first_column.id = here.performer_id\n                        JOIN sop_performer last_column ON last_column.id = here.last_performer_id\n                        WHERE c.id = NEW.case_id AND c.moves = NEW.moves AND c.step = NEW.step\n                          AND NEW.column BETWEEN first_column.position AND last_column.position\n                    ) THEN\n                        RAISE EXCEPTION 'a column of the joint row is confirmed where the case stands';\n                    END IF;\n                    IF EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                        WHERE c.id = NEW.case_id AND 4 = ANY (here.carries)\n                    ) AND EXISTS (\n        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n        CROSS JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n        WHERE c.id = NEW.case_id AND (\n    \n    EXISTS (\n        SELECT 1 FROM flows_steprecord taken\n        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ('prepare', 'test_consequences')\n          AND taken.actor_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part\n        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step\n        WHERE part.case_id = c.id AND part.actor_id = hand.id\n          AND row.carries && ARRAY[3]::smallint[]\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_participantconfirmation took_part\n        WHERE took_part.case_id = c.id AND took_part.actor_id = hand.id\n    )\n OR EXISTS (\n        SELECT 1 FROM information_document document\n        LEFT JOIN information_document newer ON newer.replaces_id = document.id\n        WHERE document.information_id = item.id AND document.purpose = 'content' AND document.removed_at IS NULL\n          AND newer.id IS NULL AND (document.uploaded_by_id = hand.id OR EXISTS (\n              SELECT 1 FROM information_findinganswer answer\n              JOIN information_finding finding ON finding.id = answer.finding_id\n              JOIN information_documentreading reading ON reading.id = finding.reading_id\n              WHERE reading.document_id = document.id AND answer.actor_id = hand.id\n          ))\n    ) OR EXISTS (\n        SELECT 1 FROM information_descriptionchange line\n        WHERE line.information_id = item.id AND line.author_id = hand.id AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange newer\n            WHERE newer.information_id = item.id AND newer.field = line.field AND newer.id > line.id\n        )\n    ) OR item.created_by_id = hand.id AND EXISTS (\n        SELECT 1 FROM unnest(ARRAY['title', 'summary', 'responsible', 'made_place', 'made_when', 'retention']) name\n        WHERE COALESCE(to_jsonb(item)->>name, '') <> '' AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange line WHERE line.information_id = item.id AND line.field = name\n        )\n    ) OR c.opened_by_id = hand.id AND (\n        item.created_by_id = c.opened_by_id AND item.created_at = c.opened_at OR EXISTS (\n            SELECT 1 FROM information_document document\n            WHERE document.information_id = item.id AND document.purpose = 'content'\n              AND document.uploaded_by_id = c.opened_by_id AND document.uploaded_at = c.opened_at\n        )\n    )\n)\n    ) THEN\n                        RAISE EXCEPTION 'nobody approves their own work';\n                    END IF;\n                    IF EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                        WHERE c.id = NEW.case_id AND c.flow = 'exclusion' AND 5 = ANY (here.carries)\n                    ) AND EXISTS (\n        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n        CROSS JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n        WHERE c.id = NEW.case_id AND (\n    EXISTS (\n        SELECT 1 FROM flows_steprecord taken\n        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ('prepare', 'test_consequences')\n          AND taken.actor_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part\n        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step\n        WHERE part.case_id = c.id AND part.actor_id = hand.id\n          AND row.carries && ARRAY[3]::smallint[]\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_participantconfirmation took_part\n        WHERE took_part.case_id = c.id AND took_part.actor_id = hand.id\n    )\n)\n    ) THEN\n                        RAISE EXCEPTION 'nobody adopts what they tested';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2931c3aa958366c5073d8edfcfe49e582f7a4517', operation='INSERT', pgid='pgtrigger_confirmed_where_the_case_stands_a9c53', table='flows_confirmation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='exclusionopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amendment__isnull', True), ('by_case__isnull', True), ('ground', 'term')), models.Q(('amendment__isnull', True), ('by_case__isnull', False), ('ground', 'new_test')), models.Q(('ground__in', ['declared', 'ruling_ki', 'ruling_court', 'consent']), ('amendment__isnull', False), ('by_case__isnull', True)), _connector='OR'), name='opening_has_its_ground'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusionopening',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='509f59402d186172d81850c35a6d9a9d290ac3e5', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_09074', table='flows_exclusionopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusionopening',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='c62f5d93f9fa7fbb8b0535d8cdbc13b40462f72a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_0e912', referencing='REFERENCING NEW TABLE AS written ', table='flows_exclusionopening', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusionopening',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='7fa871e9b7e250d5e9776bd1e98862c12c3e6b75', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4487c', table='flows_exclusionopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusionopening',
            trigger=pgtrigger.compiler.Trigger(name='opening_follows_the_law', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM information_exclusion\n                        WHERE id = NEW.exclusion_id AND adopted_at IS NOT NULL AND opened_on IS NULL\n                          AND continued_by_id IS NULL AND CASE\n                            WHEN NEW.ground = 'term'\n                                THEN NEW.opened_on = ends_on + 1 AND NEW.opened_on <= (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date\n                            ELSE NEW.opened_on = (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date\n                             AND (ends_on IS NULL OR ends_on >= NEW.opened_on)\n                          END\n                    ) THEN\n                        RAISE EXCEPTION 'what is in force is opened, from its day on';\n                    END IF;\n                    IF NEW.amendment_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_amendment amendment\n                        JOIN flows_case c ON c.id = amendment.case_id\n                        JOIN information_classificationdecree decree ON decree.exclusion_id = c.exclusion_id\n                        WHERE amendment.id = NEW.amendment_id AND c.exclusion_id = NEW.exclusion_id\n                          AND amendment.kind = 'lift_exclusion' AND amendment.decision = 'approved'\n                          AND amendment.ground = NEW.ground AND amendment.letter_number <> ''\n                          AND amendment.document_id IS NOT NULL AND amendment.letter_date >= decree.date\n                    ) THEN\n                        RAISE EXCEPTION 'an exclusion is lifted by an approved amendment with its letter';\n                    END IF;\n                    IF NEW.ground = 'consent' AND NOT EXISTS (\n                        SELECT 1 FROM information_consequencetest\n                        WHERE exclusion_id = NEW.exclusion_id AND grounds <@ ARRAY['g', 'h']::varchar[]\n                    ) THEN\n                        RAISE EXCEPTION 'consent opens what letters g and h exclude';\n                    END IF;\n                    IF NEW.by_case_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence >= c.moves\n                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id\n                        JOIN information_exclusion opened ON opened.information_id = c.information_id\n                        WHERE c.id = NEW.by_case_id AND opened.id = NEW.exclusion_id\n                          AND record.to_state = 'tested_open' AND test.conclusion = 'open'\n                    ) THEN\n                        RAISE EXCEPTION 'a new test opens what it found open';\n                    END IF;\n                    RETURN NEW;\n                ", hash='97b27c09cb73d16be4097b85ef4c7b64ed94de7f', operation='INSERT', pgid='pgtrigger_opening_follows_the_law_277cd', table='flows_exclusionopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusionopening',
            trigger=pgtrigger.compiler.Trigger(name='opening_opens_its_exclusion', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM information_exclusion\n                        WHERE id = NEW.exclusion_id AND opened_on = NEW.opened_on\n                    )\n                 THEN RAISE EXCEPTION 'a row of the ledger without its opening'; END IF; RETURN COALESCE(NEW, OLD);", hash='ed7352d2f3e98e669d461792b9e1f679d659ea2e', operation='INSERT', pgid='pgtrigger_opening_opens_its_exclusion_82297', table='flows_exclusionopening', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headapproval',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.recorded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='7637ae65ae53dd8ebe7645fa85ff43881a8026dd', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_66e66', table='flows_headapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headapproval',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3705bbcd397926509d5461a9a38708357cf4614a', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_b398e', table='flows_headapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headapproval',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='5b51ea01760da806ed1eac40a51e54045bcd45e5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_88722', referencing='REFERENCING NEW TABLE AS written ', table='flows_headapproval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headapproval',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='26d4b56000d8ef99ebfaa18ccaa2125cbfe0258e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2e5ce', table='flows_headapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headapproval',
            trigger=pgtrigger.compiler.Trigger(name='head_approves_what_waits', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id\n                        WHERE c.id = NEW.case_id AND c.state = 'adopting' AND c.moves = NEW.moves\n                          AND test.digest = NEW.test_digest AND test.conclusion <> 'open'\n                          AND test.tested_on <= NEW.approved_on\n                          AND NEW.approved_on <= (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date\n                    ) THEN\n                        RAISE EXCEPTION 'the head approves a test that waits to be adopted, on a day since it was made';\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT 1 FROM organisation_appointment held\n                        JOIN organisation_role role ON role.id = held.role_id\n                        WHERE held.id = NEW.appointment_id AND role.code = 'atasan_ppid'\n                          AND held.starts_on <= NEW.approved_on\n                          AND (held.ends_on IS NULL OR NEW.approved_on <= held.ends_on)\n                          AND (NEW.document_id IS NOT NULL OR held.user_id = NEW.recorded_by_id)\n                    ) THEN\n                        RAISE EXCEPTION 'the head approves in person, or by a scan that the head signed';\n                    END IF;\n                    IF EXISTS (\n                        SELECT 1 FROM flows_steprecord record\n                        WHERE record.case_id = NEW.case_id AND record.kind = 'step'\n                          AND record.actor_id IN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT ((SELECT user_id FROM organisation_appointment WHERE id = NEW.appointment_id))::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    )\n                    ) OR EXISTS (\n        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n        CROSS JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT ((SELECT user_id FROM organisation_appointment WHERE id = NEW.appointment_id))::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n        WHERE c.id = NEW.case_id AND (\n    \n    EXISTS (\n        SELECT 1 FROM flows_steprecord taken\n        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ('prepare', 'test_consequences')\n          AND taken.actor_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part\n        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step\n        WHERE part.case_id = c.id AND part.actor_id = hand.id\n          AND row.carries && ARRAY[3]::smallint[]\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_participantconfirmation took_part\n        WHERE took_part.case_id = c.id AND took_part.actor_id = hand.id\n    )\n OR EXISTS (\n        SELECT 1 FROM information_document document\n        LEFT JOIN information_document newer ON newer.replaces_id = document.id\n        WHERE document.information_id = item.id AND document.purpose = 'content' AND document.removed_at IS NULL\n          AND newer.id IS NULL AND (document.uploaded_by_id = hand.id OR EXISTS (\n              SELECT 1 FROM information_findinganswer answer\n              JOIN information_finding finding ON finding.id = answer.finding_id\n              JOIN information_documentreading reading ON reading.id = finding.reading_id\n              WHERE reading.document_id = document.id AND answer.actor_id = hand.id\n          ))\n    ) OR EXISTS (\n        SELECT 1 FROM information_descriptionchange line\n        WHERE line.information_id = item.id AND line.author_id = hand.id AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange newer\n            WHERE newer.information_id = item.id AND newer.field = line.field AND newer.id > line.id\n        )\n    ) OR item.created_by_id = hand.id AND EXISTS (\n        SELECT 1 FROM unnest(ARRAY['title', 'summary', 'responsible', 'made_place', 'made_when', 'retention']) name\n        WHERE COALESCE(to_jsonb(item)->>name, '') <> '' AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange line WHERE line.information_id = item.id AND line.field = name\n        )\n    ) OR c.opened_by_id = hand.id AND (\n        item.created_by_id = c.opened_by_id AND item.created_at = c.opened_at OR EXISTS (\n            SELECT 1 FROM information_document document\n            WHERE document.information_id = item.id AND document.purpose = 'content'\n              AND document.uploaded_by_id = c.opened_by_id AND document.uploaded_at = c.opened_at\n        )\n    )\n)\n    ) THEN\n                        RAISE EXCEPTION 'nobody approves their own work';\n                    END IF;\n                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN information_document document ON document.information_id = c.information_id\n                        WHERE c.id = NEW.case_id AND document.id = NEW.document_id AND document.purpose = 'evidence'\n                    ) THEN\n                        RAISE EXCEPTION 'the scan of an approval is kept with its item';\n                    END IF;\n                    RETURN NEW;\n                ", hash='e1b644fc62553d71f00c10305e18f3a8762b931e', operation='INSERT', pgid='pgtrigger_head_approves_what_waits_b51f8', table='flows_headapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveddeadline',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b6704dbc983a8e106a909f65c138f18333fb9589', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_5e2ef', table='flows_moveddeadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveddeadline',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='6db325e64799da2f3ed9a2ecf32708bbdc358a19', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_2aeb6', referencing='REFERENCING NEW TABLE AS written ', table='flows_moveddeadline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveddeadline',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='9172ef1ecce7c0b29a55dc3d68e2d7db8e98f278', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bd1a7', table='flows_moveddeadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveddeadline',
            trigger=pgtrigger.compiler.Trigger(name='line_starts_where_its_case_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_case\n                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS NOT DISTINCT FROM NEW.due_before\n                    )\n                 THEN RAISE EXCEPTION 'a line of the ledger starts where its case stands'; END IF; RETURN COALESCE(NEW, OLD);", hash='9ca350ed10b877ce0d55f0a5a5b4369c211d7e20', operation='INSERT', pgid='pgtrigger_line_starts_where_its_case_stands_de65b', table='flows_moveddeadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveddeadline',
            trigger=pgtrigger.compiler.Trigger(name='line_moves_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                    EXISTS (\n                        SELECT 1 FROM flows_case\n                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS DISTINCT FROM NEW.due_after\n                    ) AND NOT EXISTS (\n                        SELECT 1 FROM flows_moveddeadline WHERE case_id = NEW.case_id AND id > NEW.id\n                    )\n                 THEN RAISE EXCEPTION 'a line of the ledger without its move'; END IF; RETURN COALESCE(NEW, OLD);", hash='88fdd404c24e574a6bb4884c92b8753777b90fa7', operation='INSERT', pgid='pgtrigger_line_moves_its_case_ad99e', table='flows_moveddeadline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('case', 'kind'), name='one_number_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.UniqueConstraint(models.F('kind'), models.F('number'), django.db.models.functions.datetime.ExtractYear('date'), condition=models.Q(('cancelled_at', None)), name='a_number_means_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='a_number_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_because', ''), ('cancelled_by', None), ('cancelled_by_name', '')), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('cancelled_by_name', ''), _negated=True), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='a_number_is_cancelled_with_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.recorded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='d4326eecf34366de61a7115c4a96da1337994956', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_cb7fe', table='flows_papernumber', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='a_numbered_paper_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."says" IS DISTINCT FROM (NEW."says") OR OLD."mark" IS DISTINCT FROM (NEW."mark") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_by_name" IS DISTINCT FROM (NEW."recorded_by_name") OR OLD."recorded_as" IS DISTINCT FROM (NEW."recorded_as") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f5ffcd066e8ce2183998cfbf4a48fb589c173d9d', operation='UPDATE', pgid='pgtrigger_a_numbered_paper_stays_811a1', table='flows_papernumber', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='paper_number_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1a913be98d19337bc27c749ac8dcd8ad54f6aaa5', operation='DELETE', pgid='pgtrigger_paper_number_is_kept_f0b44', table='flows_papernumber', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='8d7ed138d4ac7d37d34a6ba5f82e7e2d7b2b8cc2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0ee0c', table='flows_papernumber', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='661bb06b9c932eb6667d048a75193b40dfb7ff8b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_2a94a', referencing='REFERENCING NEW TABLE AS written ', table='flows_papernumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='cancelled_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.cancelled_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.cancelled_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'cancelled');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='af3a556aa3d8664fc41e0ef35c3cf504ff5a61a3', operation='INSERT OR UPDATE', pgid='pgtrigger_cancelled_enters_the_chain_dda23', table='flows_papernumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='paper_is_numbered_in_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.cancelled_at IS NOT NULL OR NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN information_document document ON document.information_id = c.information_id\n                        WHERE c.id = NEW.case_id AND c.ended_at IS NULL\n                          AND document.id = NEW.document_id AND document.purpose = 'paper'\n                    ) THEN\n                        RAISE EXCEPTION 'a paper is numbered while its case runs, with its file';\n                    END IF;\n                    IF NEW.date > (NEW.recorded_at AT TIME ZONE 'Asia/Pontianak')::date THEN\n                        RAISE EXCEPTION 'a paper bears no date to come';\n                    END IF;\n                    RETURN NEW;\n                ", hash='6f4a41aff64e63976c6aed44234b33e24dc5809b', operation='INSERT', pgid='pgtrigger_paper_is_numbered_in_its_case_dd656', table='flows_papernumber', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papernumber',
            trigger=pgtrigger.compiler.Trigger(name='paper_number_is_cancelled_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_because" IS DISTINCT FROM (NEW."cancelled_because") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."cancelled_by_name" IS DISTINCT FROM (NEW."cancelled_by_name"))', func="IF \n                    OLD.cancelled_at IS NOT NULL OR NOT EXISTS (\n                        SELECT 1 FROM flows_case WHERE id = OLD.case_id AND ended_at IS NULL\n                    )\n                 THEN RAISE EXCEPTION 'a number is cancelled once, and while its case runs'; END IF; RETURN COALESCE(NEW, OLD);", hash='83bdaad9089f745e836392af88006606032361ab', operation='UPDATE', pgid='pgtrigger_paper_number_is_cancelled_once_0477f', table='flows_papernumber', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='participantconfirmation',
            constraint=models.UniqueConstraint(fields=('case', 'actor', 'digest'), name='words_confirmed_once_by_each'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='462c9d7abd4c314f5917d3da868c37fd9337f437', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_ff976', table='flows_participantconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='791cb9bc664bb22899462682f78860bbbcfa7d5b', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_601b6', table='flows_participantconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='a4948c151cdf9d36b4cd5549f41fc48ed5ba84f2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_cc5b1', referencing='REFERENCING NEW TABLE AS written ', table='flows_participantconfirmation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='922cc3118712c59314e7d9fbff7ba56e5cd91dab', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6f23a', table='flows_participantconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='confirmed_by_who_takes_part', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                         AND 3 = ANY (here.carries)\n                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id\n                        JOIN information_participant named ON named.test_id = test.id AND named.person_id = NEW.actor_id\n                        JOIN organisation_appointment held ON held.id = NEW.appointment_id\n                         AND held.user_id = NEW.actor_id\n                        JOIN organisation_role role ON role.id = held.role_id\n                        WHERE c.id = NEW.case_id AND c.state = 'testing' AND c.moves = NEW.moves\n                          AND test.words_digest = NEW.digest AND NEW.confirmed_at >= test.filled_at\n                          AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n                          AND \n        NOT held.is_void AND held.starts_on <= (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n     AND \n        role.scope <> 'office' AND (role.code IN ('atasan_ppid', 'ppid_utama') OR (\n            (c.flow <> 'exclusion' OR EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = c.sop_version_id AND link.role_id = role.id\n    ))\n            AND (NOT EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    )\n                 OR EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n     AND EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = s.sop_version_id AND link.role_id = role.id\n    )))\n        ))\n    \n                    )\n                 THEN RAISE EXCEPTION 'a test is confirmed in its words, while it is made, by whom it names and who may know of it'; END IF; RETURN COALESCE(NEW, OLD);", hash='57d4ef5330b0a57fe50fdd331d0a29ad29023b19', operation='INSERT', pgid='pgtrigger_confirmed_by_who_takes_part_32a98', table='flows_participantconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participantconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='by_step_with_its_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.by_step <> EXISTS (\n                        SELECT 1 FROM flows_steprecord\n                        WHERE case_id = NEW.case_id AND sequence = NEW.moves + 1 AND kind = 'step'\n                          AND key = 'test_consequences' AND actor_id = NEW.actor_id AND done_at = NEW.confirmed_at\n                    )\n                 THEN RAISE EXCEPTION 'whoever takes the step confirms by it, and nobody else'; END IF; RETURN COALESCE(NEW, OLD);", hash='2ef2b19f5b2640a62469cc9a3a39f6de53d06aa0', operation='INSERT', pgid='pgtrigger_by_step_with_its_step_0eba8', table='flows_participantconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passedon',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d6d73223e9fcff664c6cc04360935e09279eef47', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_c41ca', table='flows_passedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passedon',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='c4a9987681d25bf11ec79c90877770b8451b2944', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_32ed8', referencing='REFERENCING NEW TABLE AS written ', table='flows_passedon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passedon',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='c5a78ead3df3e64e6c3445bc9a847cc4ad88cf12', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7f039', table='flows_passedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passedon',
            trigger=pgtrigger.compiler.Trigger(name='passes_from_a_closed_unit', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM organisation_unit\n                    WHERE id = NEW.from_unit_id AND NOT is_active AND successor_id = NEW.to_unit_id\n                ) OR NOT EXISTS (SELECT 1 FROM flows_case WHERE id = NEW.case_id AND unit_id = NEW.from_unit_id)\n             THEN RAISE EXCEPTION 'what belongs to a unit passes to its successor as it closes'; END IF; RETURN COALESCE(NEW, OLD);", hash='1dc5713c8df93c229076069a80e36eb48fd92324', operation='INSERT', pgid='pgtrigger_passes_from_a_closed_unit_a1f45', table='flows_passedon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passedon',
            trigger=pgtrigger.compiler.Trigger(name='line_passes_what_it_names', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF \n                (SELECT unit_id FROM flows_case WHERE id = NEW.case_id) IS DISTINCT FROM (\n                    SELECT to_unit_id FROM flows_passedon WHERE case_id = NEW.case_id ORDER BY id DESC LIMIT 1\n                )\n             THEN RAISE EXCEPTION 'a line of the ledger without what passes'; END IF; RETURN COALESCE(NEW, OLD);", hash='d9db265d417694f87285564000be4a7d8e0be385', operation='INSERT', pgid='pgtrigger_line_passes_what_it_names_49bae', table='flows_passedon', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_reason_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by__isnull', True), ('retired_name', '')), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False), models.Q(('retired_name', ''), _negated=True)), _connector='OR'), name='a_reason_is_retired_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.written_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='c03ad3fe4d2dd8b74fd71974137253fc71e9d887', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_df75d', table='flows_reason', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='reason_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3c2484573779ea0cfe9045b325690bfe783c1380', operation='DELETE', pgid='pgtrigger_reason_is_kept_270ab', table='flows_reason', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='5280dd0ec9a5c030670b2e49a46ad93aef8cd691', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a9226', table='flows_reason', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='495588bbfef49822e62ad540e9459a97389f0bcb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_70b65', referencing='REFERENCING NEW TABLE AS written ', table='flows_reason', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='retired_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.retired_at IS NOT NULL THEN\n                IF TG_OP = 'INSERT' OR OLD.retired_at IS NULL THEN\n                    INSERT INTO chain_noted (xact, ledger, row_id, part) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, NEW.id, 'retired');\n                    INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='4890588135e1684d8f762ee5ae6e6265b5dc4a89', operation='INSERT OR UPDATE', pgid='pgtrigger_retired_enters_the_chain_9a1fa', table='flows_reason', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='reason_stays_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."of" IS DISTINCT FROM (NEW."of") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."written_name" IS DISTINCT FROM (NEW."written_name") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c502721e711e4fc501f90cb973fa926ccf0db74f', operation='UPDATE', pgid='pgtrigger_reason_stays_as_written_98eb1', table='flows_reason', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='reason_is_retired_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.retired_at IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='98bd9e888d3771506db5a6decc3e4836499abfbc', operation='UPDATE', pgid='pgtrigger_reason_is_retired_once_02ad5', table='flows_reason', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reason',
            trigger=pgtrigger.compiler.Trigger(name='what_is_replaced_was_offered', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF \n                    NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_reason\n                        WHERE id = NEW.replaces_id AND retired_at IS NULL AND "of" = NEW."of"\n                    )\n                 THEN RAISE EXCEPTION \'a sentence takes the place of one of its kind that is still offered\'; END IF; RETURN COALESCE(NEW, OLD);', hash='53076b17b8743e7017d1fa3c948a63ad6a3206b5', operation='INSERT', pgid='pgtrigger_what_is_replaced_was_offered_4e184', table='flows_reason', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(condition=models.Q(('kind', 'question')), fields=['asked_role', 'case'], name='remark_asks'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(fields=('question',), name='question_closed_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_role__isnull', False), ('kind__in', ['question', 'reminder']), ('question__isnull', True)), models.Q(('asked_role__isnull', True), ('kind__in', ['answer', 'taken_back']), ('question__isnull', False)), models.Q(('asked_role__isnull', True), ('kind', 'note'), ('question__isnull', True)), _connector='OR'), name='remark_says_whom_it_asks_and_what_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'taken_back'), models.Q(('text', ''), _negated=True), _connector='OR'), name='remark_says_something'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked__isnull', True), ('asked_name', '')), models.Q(('asked__isnull', False), ('asked_role__isnull', False), models.Q(('asked_name', ''), _negated=True)), _connector='OR'), name='a_person_is_asked_in_a_role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='81681d2ab26b49002230039b0fbf47f877c42af9', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_e3422', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='952f1740bc556a0e5154f45a49b147e36b98ff84', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_df7c5', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='a231486d63a42b77c560ac82ca36f6fe93be73cf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_359b4', referencing='REFERENCING NEW TABLE AS written ', table='flows_remark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='effc923d52704c08c5daefd7d71287c7e2590cc2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9a2b6', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='a_row_keeps_the_name_of_its_day', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            SELECT name, short_name INTO NEW.unit_name, NEW.unit_short_name FROM organisation_unit WHERE id = NEW.unit_id;\n            RETURN NEW;\n        ', hash='7cd8ec25b226ddfdeaf97912f5444946aac9fb5b', operation='INSERT', pgid='pgtrigger_a_row_keeps_the_name_of_its_day_9a450', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='remark_is_of_who_may_know', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN organisation_appointment held ON held.id = NEW.appointment_id\n                        JOIN organisation_role role ON role.id = held.role_id\n                        WHERE c.id = NEW.case_id AND c.unit_id = NEW.unit_id AND c.moves = NEW.moves\n                          AND c.step IS NOT DISTINCT FROM NEW.step AND held.user_id = NEW.actor_id\n                          AND \n        NOT held.is_void AND held.starts_on <= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n     AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n                          AND \n        role.scope <> 'office' AND (role.code IN ('atasan_ppid', 'ppid_utama') OR (\n            (c.flow <> 'exclusion' OR EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = c.sop_version_id AND link.role_id = role.id\n    ))\n            AND (NOT EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    )\n                 OR EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n     AND EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = s.sop_version_id AND link.role_id = role.id\n    )))\n        ))\n    \n                    )\n                 THEN RAISE EXCEPTION 'who speaks about a case holds an office for it and may know of it'; END IF; RETURN COALESCE(NEW, OLD);", hash='147fc41c3ad31215e5b11ba1269bd524d4a5bcc3', operation='INSERT', pgid='pgtrigger_remark_is_of_who_may_know_6f464', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='who_is_asked_may_know', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.asked_role_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN organisation_role role ON role.id = NEW.asked_role_id\n                        JOIN organisation_appointment held ON held.role_id = role.id\n                        WHERE c.id = NEW.case_id AND (NEW.asked_id IS NULL OR held.user_id = NEW.asked_id)\n                          AND \n        NOT held.is_void AND held.starts_on <= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n     AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n                          AND \n        role.scope <> 'office' AND (role.code IN ('atasan_ppid', 'ppid_utama') OR (\n            (c.flow <> 'exclusion' OR EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = c.sop_version_id AND link.role_id = role.id\n    ))\n            AND (NOT EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n    )\n                 OR EXISTS (SELECT 1 FROM \n        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id\n        WHERE s.information_id = c.information_id AND (s.ended_at IS NULL OR (\n            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n            AND (e.opened_on IS NULL OR e.opened_on > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        ))\n     AND EXISTS (\n        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id\n        WHERE p.version_id = s.sop_version_id AND link.role_id = role.id\n    )))\n        ))\n    \n                    )\n                 THEN RAISE EXCEPTION 'who is asked about a case holds an office for it and may know of it'; END IF; RETURN COALESCE(NEW, OLD);", hash='f491e9ce7bc0002a0e7d69253db1a07f262fe651', operation='INSERT', pgid='pgtrigger_who_is_asked_may_know_40949', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='a_question_is_closed_by_whose_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.question_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM flows_remark q\n                        JOIN flows_case c ON c.id = q.case_id\n                        JOIN organisation_appointment mine ON mine.id = NEW.appointment_id\n                        WHERE q.id = NEW.question_id AND q.kind = 'question' AND q.case_id = NEW.case_id AND (\n                            NEW.kind = 'taken_back' AND q.actor_id = NEW.actor_id\n                            OR NEW.kind = 'answer' AND q.actor_id <> NEW.actor_id\n                            AND mine.role_id = q.asked_role_id AND (\n                                q.asked_id IS NULL OR q.asked_id = NEW.actor_id OR mine.kind = 'plh'\n                                OR NOT EXISTS (\n                                    SELECT 1 FROM organisation_appointment held\n                                    JOIN organisation_role role ON role.id = held.role_id\n                                    JOIN organisation_user person ON person.id = held.user_id AND person.is_active\n                                    WHERE held.user_id = q.asked_id AND held.role_id = q.asked_role_id\n                                      AND \n        NOT held.is_void AND held.starts_on <= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date AND (held.ends_on IS NULL OR held.ends_on >= (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n        AND (held.closed_at IS NULL OR (held.closed_at AT TIME ZONE 'Asia/Pontianak')::date > (NEW.at AT TIME ZONE 'Asia/Pontianak')::date)\n    \n                                      AND (role.scope = 'city' OR held.unit_id = c.unit_id)\n                                )\n                            )\n                        )\n                    )\n                 THEN RAISE EXCEPTION 'a question is answered by whom it asks, and taken back by who asked it'; END IF; RETURN COALESCE(NEW, OLD);", hash='06d1e5c8df2218455d6c7f3f39e105dc25ef08bc', operation='INSERT', pgid='pgtrigger_a_question_is_closed_by_whose_it_is_66714', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='reminded_once_a_day', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.kind = 'reminder' AND EXISTS (\n                        SELECT 1 FROM flows_remark other WHERE other.case_id = NEW.case_id AND other.kind = 'reminder'\n                          AND other.moves = NEW.moves AND (other.at AT TIME ZONE 'Asia/Pontianak')::date = (NEW.at AT TIME ZONE 'Asia/Pontianak')::date\n                    )\n                 THEN RAISE EXCEPTION 'whoever is waited for is reminded once a day'; END IF; RETURN COALESCE(NEW, OLD);", hash='1e9678eeb5e5ba2a9215b9f828bd825d86f812be', operation='INSERT', pgid='pgtrigger_reminded_once_a_day_79bce', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='nobody_asks_themselves', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.kind = 'question' AND NEW.asked_id IS NOT DISTINCT FROM NEW.actor_id THEN RAISE EXCEPTION 'nobody asks themselves'; END IF; RETURN COALESCE(NEW, OLD);", hash='70577b606d20962339bfad53e5692605cdea0f65', operation='INSERT', pgid='pgtrigger_nobody_asks_themselves_3ef74', table='flows_remark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedpaper',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.uploaded_by_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='83f00de13393a8476f073840905c33665175d83f', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_af737', table='flows_signedpaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedpaper',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b91330a73ec165f12d9505b662aec32bcfec75a2', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_23abb', table='flows_signedpaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedpaper',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='c986b04c52f5acfe8bcef5aaa592ec2130771582', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_be7fa', referencing='REFERENCING NEW TABLE AS written ', table='flows_signedpaper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedpaper',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='59dc640cae1c8583ed7cd955cd744653ca8c378a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b879a', table='flows_signedpaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedpaper',
            trigger=pgtrigger.compiler.Trigger(name='scan_lies_beside_its_paper', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_papernumber paper\n                        JOIN flows_case c ON c.id = paper.case_id\n                        JOIN information_document document ON document.information_id = c.information_id\n                        WHERE paper.id = NEW.paper_id AND paper.cancelled_at IS NULL\n                          AND document.id = NEW.document_id AND document.purpose = 'evidence'\n                    )\n                 THEN RAISE EXCEPTION 'a scan lies beside a numbered paper of its item'; END IF; RETURN COALESCE(NEW, OLD);", hash='6a8d8ad601f32c6d7695301d8da754332e3b19b4', operation='INSERT', pgid='pgtrigger_scan_lies_beside_its_paper_152d5', table='flows_signedpaper', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='steprecord',
            index=models.Index(fields=['done_at'], name='ledger_by_day'),
        ),
        migrations.AddIndex(
            model_name='steprecord',
            index=models.Index(condition=models.Q(('approved__isnull', False)), fields=['case', '-sequence'], name='ledger_approvals'),
        ),
        migrations.AddIndex(
            model_name='steprecord',
            index=models.Index(condition=models.Q(('kind', 'undo')), fields=['case', 'back_to', 'sequence'], name='ledger_undos'),
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
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['step', 'undo']), models.Q(('note', ''), _negated=True), _connector='OR'), name='only_steps_need_no_reason'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('back_to__isnull', False), ('back_to__lt', models.F('sequence')), ('key', 'undo'), ('kind', 'undo')), models.Q(models.Q(('kind', 'undo'), _negated=True), models.Q(('key', 'undo'), _negated=True), ('back_to__isnull', True)), _connector='OR'), name='undo_says_where_it_leads'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', 'clarify'), _negated=True), models.Q(('stood__has_key', 'category'), ('stood__isnull', False)), _connector='OR'), name='a_class_says_what_it_overwrote'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key__in', ['clarify', 'accept', 'conclude_open', 'publish_first', 'take_over']), _negated=True), ('approved__isnull', False), _connector='OR'), name='approval_says_what_it_approves'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', 'take_over'), ('kind', 'takeover'), ('sequence', 1), models.Q(models.Q(('from_state', 'updating'), ('to_state', 'published')), models.Q(('from_state', 'collecting'), ('to_state', 'adopted')), _connector='OR')), models.Q(models.Q(('kind', 'takeover'), _negated=True), models.Q(('key', 'take_over'), _negated=True), models.Q(('from_state', 'updating'), ('to_state', 'published'), _negated=True), models.Q(('from_state', 'collecting'), ('to_state', 'adopted'), _negated=True)), _connector='OR'), name='taken_over_as_one_move'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'first'), _negated=True), models.Q(('approved__category', 'immediate'), ('approved__has_key', 'category'), ('key', 'publish_first')), _connector='OR'), name='announced_first_as_immediate'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='4863ce05b9530c72c16501583af33a165673a46a', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_5db4f', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a86bd7ee57e758b2b7a46e7011c8660a4d8aa4a', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_6f48f', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='b73619c77aeef3060f5ef7b29e4fdaa7cfac1404', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_d14a4', referencing='REFERENCING NEW TABLE AS written ', table='flows_steprecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='3eabd76e2acd003641f835e44f460b50f8bb318e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0f1c8', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='a_row_keeps_the_name_of_its_day', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            SELECT name, short_name INTO NEW.unit_name, NEW.unit_short_name FROM organisation_unit WHERE id = NEW.unit_id;\n            RETURN NEW;\n        ', hash='3ac6c10fa6405ed807a771cbffd464a18192e8fc', operation='INSERT', pgid='pgtrigger_a_row_keeps_the_name_of_its_day_c771f', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_follows_the_case', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_case\n                        WHERE id = NEW.case_id AND state = NEW.from_state AND moves = NEW.sequence - 1\n                          AND received_at = NEW.received_at AND due_at IS NOT DISTINCT FROM NEW.due_at\n                    ) THEN\n                        RAISE EXCEPTION 'a ledger row starts where its case stands';\n                    END IF;\n                    IF NEW.key IN ('clarify', 'accept', 'conclude_open', 'publish_first', 'take_over')\n                    AND EXISTS (\n        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n        CROSS JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n        WHERE c.id = NEW.case_id AND (\n    \n    EXISTS (\n        SELECT 1 FROM flows_steprecord taken\n        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ('prepare', 'test_consequences')\n          AND taken.actor_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part\n        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step\n        WHERE part.case_id = c.id AND part.actor_id = hand.id\n          AND row.carries && ARRAY[3]::smallint[]\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_participantconfirmation took_part\n        WHERE took_part.case_id = c.id AND took_part.actor_id = hand.id\n    )\n OR EXISTS (\n        SELECT 1 FROM information_document document\n        LEFT JOIN information_document newer ON newer.replaces_id = document.id\n        WHERE document.information_id = item.id AND document.purpose = 'content' AND document.removed_at IS NULL\n          AND newer.id IS NULL AND (document.uploaded_by_id = hand.id OR EXISTS (\n              SELECT 1 FROM information_findinganswer answer\n              JOIN information_finding finding ON finding.id = answer.finding_id\n              JOIN information_documentreading reading ON reading.id = finding.reading_id\n              WHERE reading.document_id = document.id AND answer.actor_id = hand.id\n          ))\n    ) OR EXISTS (\n        SELECT 1 FROM information_descriptionchange line\n        WHERE line.information_id = item.id AND line.author_id = hand.id AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange newer\n            WHERE newer.information_id = item.id AND newer.field = line.field AND newer.id > line.id\n        )\n    ) OR item.created_by_id = hand.id AND EXISTS (\n        SELECT 1 FROM unnest(ARRAY['title', 'summary', 'responsible', 'made_place', 'made_when', 'retention']) name\n        WHERE COALESCE(to_jsonb(item)->>name, '') <> '' AND NOT EXISTS (\n            SELECT 1 FROM information_descriptionchange line WHERE line.information_id = item.id AND line.field = name\n        )\n    ) OR c.opened_by_id = hand.id AND (\n        item.created_by_id = c.opened_by_id AND item.created_at = c.opened_at OR EXISTS (\n            SELECT 1 FROM information_document document\n            WHERE document.information_id = item.id AND document.purpose = 'content'\n              AND document.uploaded_by_id = c.opened_by_id AND document.uploaded_at = c.opened_at\n        )\n    )\n)\n    ) THEN\n                        RAISE EXCEPTION 'nobody approves their own work';\n                    END IF;\n                    IF NEW.key = 'adopt' AND EXISTS (\n        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n        CROSS JOIN (\n        WITH RECURSIVE hand(id) AS (\n            SELECT (NEW.actor_id)::bigint UNION\n            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id\n            WHERE (\n        vouched.actor_id <> vouched.person_id AND NOT EXISTS (\n            SELECT 1 FROM organisation_personchange confirmed\n            WHERE confirmed.person_id = vouched.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > vouched.id\n        ) AND (\n            vouched.kind = 'added' AND EXISTS (\n                SELECT 1 FROM organisation_appointment held\n                WHERE held.user_id = vouched.person_id AND held.appointed_by_id = vouched.actor_id\n                  AND (held.recorded_at AT TIME ZONE 'Asia/Pontianak')::date = (vouched.at AT TIME ZONE 'Asia/Pontianak')::date\n            ) OR vouched.kind = 'password' AND NOT EXISTS (\n                SELECT 1 FROM organisation_personchange anew\n                WHERE anew.person_id = vouched.person_id AND anew.kind = 'password' AND anew.id > vouched.id\n                  AND anew.actor_id IS DISTINCT FROM anew.person_id\n            )\n        )\n    )\n        ) SELECT id FROM hand\n    ) hand\n        WHERE c.id = NEW.case_id AND (\n    EXISTS (\n        SELECT 1 FROM flows_steprecord taken\n        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ('prepare', 'test_consequences')\n          AND taken.actor_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part\n        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step\n        WHERE part.case_id = c.id AND part.actor_id = hand.id\n          AND row.carries && ARRAY[3]::smallint[]\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = hand.id\n    ) OR EXISTS (\n        SELECT 1 FROM flows_participantconfirmation took_part\n        WHERE took_part.case_id = c.id AND took_part.actor_id = hand.id\n    )\n)\n    ) THEN\n                        RAISE EXCEPTION 'nobody adopts what they tested';\n                    END IF;\n                    IF NEW.kind = 'step' AND NEW.key <> 'row' AND NEW.from_state IN ('releasing', 'renewing', 'publishing', 'adopting')\n                    AND EXISTS (\n                        WITH current_documents AS (\n                            SELECT document.id FROM information_document document\n                            JOIN flows_case c ON c.information_id = document.information_id AND c.id = NEW.case_id\n                            LEFT JOIN information_document newer ON newer.replaces_id = document.id\n                            WHERE document.purpose = 'content' AND document.removed_at IS NULL AND newer.id IS NULL\n                        ), approved_documents AS (\n                            SELECT document_id FROM flows_evidence WHERE part = 'approved' AND record_id = (\n                                SELECT id FROM flows_steprecord\n                                WHERE case_id = NEW.case_id AND key IN ('clarify', 'accept')\n                                ORDER BY sequence DESC LIMIT 1\n                            )\n                        )\n                        (TABLE current_documents EXCEPT TABLE approved_documents)\n                        UNION ALL (TABLE approved_documents EXCEPT TABLE current_documents)\n                    ) THEN\n                        RAISE EXCEPTION 'what goes on is what step 4 approved';\n                    END IF;\n                    IF NEW.kind = 'step' AND NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord\n                        WHERE case_id = NEW.case_id AND sequence = NEW.sequence - 1 AND kind = 'step'\n                          AND step = NEW.step AND to_step = NEW.step\n                    ) AND EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step\n                        JOIN sop_performer first_column ON first_column.id = here.performer_id\n                        JOIN sop_performer last_column ON last_column.id = here.last_performer_id\n                        JOIN sop_performer each_column ON each_column.version_id = here.version_id\n                         AND each_column.position BETWEEN first_column.position AND last_column.position\n                        WHERE c.id = NEW.case_id AND last_column.position > first_column.position AND NOT EXISTS (\n                            SELECT 1 FROM flows_confirmation confirmed\n                            WHERE confirmed.case_id = c.id AND confirmed.moves = c.moves\n                              AND confirmed.column = each_column.position AND confirmed.digest = (\n                                SELECT digest FROM flows_confirmation WHERE case_id = c.id ORDER BY id DESC LIMIT 1\n                              )\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'a joint row is taken once a person of each column has confirmed it';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c5d5c0c3ecc96cabb75fba086b9da7215748dbfe', operation='INSERT', pgid='pgtrigger_ledger_follows_the_case_1b20b', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='what_stood_is_kept_with_a_decision', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.key = 'clarify' AND NOT EXISTS (\n                        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id\n                        WHERE c.id = NEW.case_id AND NEW.stood->>'category' = item.category\n                          AND (NEW.stood->>'is_urgent')::boolean = c.is_urgent\n                          AND NEW.stood->>'urgent_because' = c.urgent_because\n                          AND (NEW.stood->>'urgent_since')::timestamptz IS NOT DISTINCT FROM c.urgent_since\n                    )\n                 THEN RAISE EXCEPTION 'a decision keeps what it found'; END IF; RETURN COALESCE(NEW, OLD);", hash='5f8b1fe0302ff17f4363427618d403efef77b1de', operation='INSERT', pgid='pgtrigger_what_stood_is_kept_with_a_decision_8f84f', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='undone_by_who_decided', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.kind = 'undo')", declare='DECLARE made flows_steprecord%ROWTYPE; first flows_steprecord%ROWTYPE; begins INTEGER;', func="\n            SELECT * INTO made FROM flows_steprecord WHERE case_id = NEW.case_id AND sequence = NEW.sequence - 1;\n            SELECT COALESCE(max(sequence), NEW.back_to) + 1 INTO begins FROM flows_steprecord\n            WHERE case_id = NEW.case_id AND kind = 'undo' AND sequence > NEW.back_to;\n            SELECT * INTO first FROM flows_steprecord WHERE case_id = NEW.case_id AND sequence = begins;\n            IF made.id IS NULL OR first.id IS NULL OR made.actor_id <> NEW.actor_id\n            OR NEW.done_at > made.done_at + interval '600 seconds' THEN\n                RAISE EXCEPTION 'who decided takes it back, within ten minutes';\n            END IF;\n            IF NEW.back_to <> COALESCE((\n                SELECT COALESCE(back_to, sequence) FROM flows_steprecord\n                WHERE case_id = NEW.case_id AND sequence = begins - 1\n            ), 0) OR NEW.to_state <> first.from_state OR NEW.to_step IS DISTINCT FROM first.step\n            OR first.from_state NOT IN ('clarifying', 'screening', 'reviewing', 'adopting', 'updating', 'coordinating', 'preparing', 'collecting', 'screening', 'testing')\n            OR NEW.from_state NOT IN ('updating', 'coordinating', 'preparing', 'clarifying', 'releasing', 'renewing', 'publishing', 'collecting', 'screening', 'testing', 'reviewing', 'adopting')\n            OR NOT (made.kind = 'return' AND made.from_state IN ('clarifying', 'screening', 'reviewing', 'adopting') OR EXISTS (\n                SELECT 1 FROM flows_steprecord decided\n                WHERE decided.case_id = NEW.case_id AND decided.sequence BETWEEN begins AND made.sequence\n                  AND decided.kind = 'step' AND decided.key IN ('clarify', 'screen', 'accept')\n            )) OR EXISTS (\n                SELECT 1 FROM flows_steprecord part\n                WHERE part.case_id = NEW.case_id AND part.sequence BETWEEN begins AND made.sequence\n                  AND (part.kind <> made.kind OR part.done_at <> made.done_at OR part.actor_id <> made.actor_id\n                       OR part.step IS DISTINCT FROM first.step)\n            ) OR EXISTS (\n                SELECT 1 FROM flows_steprecord before\n                WHERE before.case_id = NEW.case_id AND before.sequence = NEW.back_to\n                  AND (before.kind = 'undo' OR before.kind = 'step' AND before.to_step = before.step)\n            ) OR EXISTS (\n                SELECT 1 FROM flows_steprecord other\n                WHERE other.case_id = NEW.case_id AND other.kind = 'undo' AND other.sequence < begins\n                  AND NEW.back_to BETWEEN other.back_to + 1 AND other.sequence\n            ) OR EXISTS (\n                SELECT 1 FROM flows_case c\n                JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = first.step\n                WHERE c.id = NEW.case_id AND here.last_performer_id <> here.performer_id\n            ) THEN\n                RAISE EXCEPTION 'a decision is taken back whole, where it can be, and nothing before it';\n            END IF;\n            IF EXISTS (SELECT 1 FROM flows_case c WHERE c.id = NEW.case_id AND (EXISTS (\n        SELECT 1 FROM information_document document WHERE document.information_id = c.information_id\n        AND (document.uploaded_at >= made.done_at OR document.removed_at >= made.done_at)\n    ) OR EXISTS (\n        SELECT 1 FROM information_descriptionchange line\n        WHERE line.information_id = c.information_id AND line.at >= made.done_at\n    ) OR EXISTS (\n        SELECT 1 FROM information_fillingoftest filling\n        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_at >= made.done_at\n    ) OR EXISTS (\n        SELECT 1 FROM information_classificationdecree decree\n        WHERE decree.exclusion_id = c.exclusion_id AND decree.recorded_at >= made.done_at\n    ) OR EXISTS (\n        SELECT 1 FROM information_voideddecree voided\n        WHERE voided.exclusion_id = c.exclusion_id AND voided.voided_at >= made.done_at\n    ) OR EXISTS (\n        SELECT 1 FROM flows_confirmation part WHERE part.case_id = c.id AND part.moves = c.moves\n    ) OR EXISTS (\n        SELECT 1 FROM flows_headapproval approval WHERE approval.case_id = c.id AND approval.moves = c.moves\n    ) OR EXISTS (\n        SELECT 1 FROM flows_papernumber paper\n        WHERE paper.case_id = c.id AND (paper.recorded_at >= made.done_at OR paper.cancelled_at >= made.done_at)\n    ) OR EXISTS (\n        SELECT 1 FROM flows_moveddeadline line\n        WHERE line.case_id = c.id AND line.moves = c.moves AND line.kind = 'urgent'\n    ) OR EXISTS (\n        SELECT 1 FROM flows_claim claim WHERE claim.case_id = c.id AND claim.moves = c.moves\n    ) OR EXISTS (\n        SELECT 1 FROM flows_remark remark WHERE remark.case_id = c.id AND remark.moves = c.moves\n    ) OR EXISTS (\n        SELECT 1 FROM flows_passedon line WHERE line.case_id = c.id AND line.at >= made.done_at\n    ))) THEN\n                RAISE EXCEPTION 'nothing is taken back once something came of it';\n            END IF;\n            RETURN NEW;\n        ", hash='d294fefde344949daa39e67cdc0660138ceb8feb', operation='INSERT', pgid='pgtrigger_undone_by_who_decided_e3c5f', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='measured_stay_says_whose_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."kind" IN (\'step\', \'return\') AND NEW."used_days" IS NOT NULL)', constraint='CONSTRAINT', func="IF NOT EXISTS (SELECT 1 FROM flows_heldtime WHERE record_id = NEW.id AND took_it) THEN RAISE EXCEPTION 'a stay that is measured was somebody''s'; END IF; RETURN COALESCE(NEW, OLD);", hash='baaf1f249842c36dddbd09138899f0d82ce7acb3', operation='INSERT', pgid='pgtrigger_measured_stay_says_whose_it_was_4a915', table='flows_steprecord', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='ledger_row_moves_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF NOT EXISTS (SELECT 1 FROM flows_case WHERE id = NEW.case_id AND moves >= NEW.sequence) THEN RAISE EXCEPTION 'a ledger row without its move'; END IF; RETURN COALESCE(NEW, OLD);", hash='ab205aaa973379889104d575a7dbc1d58c971cf6', operation='INSERT', pgid='pgtrigger_ledger_row_moves_its_case_817b6', table='flows_steprecord', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='documents_were_read_and_answered', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.key IN ('clarify', 'prepare', 'publish_first') AND NEW.kind IN ('step', 'first'))", func="IF EXISTS (\n        SELECT 1 FROM information_document document\n        LEFT JOIN information_documentreading reading ON reading.document_id = document.id\n        WHERE document.information_id = (SELECT information_id FROM flows_case WHERE id = NEW.case_id) AND document.purpose = 'content'\n          AND document.removed_at IS NULL\n          AND NOT EXISTS (SELECT 1 FROM information_document newer WHERE newer.replaces_id = document.id)\n          AND (reading.id IS NULL OR EXISTS (\n              SELECT 1 FROM information_finding finding WHERE finding.reading_id = reading.id\n                AND NOT EXISTS (SELECT 1 FROM information_findinganswer answer WHERE answer.finding_id = finding.id)\n          ))\n    ) THEN RAISE EXCEPTION 'nothing goes on to be published while its documents are unread, or a finding in them has no reason'; END IF; RETURN COALESCE(NEW, OLD);", hash='a51b7d4e1307934d7a1204af2d7e6280ef93601d', operation='INSERT', pgid='pgtrigger_documents_were_read_and_answered_b7345', table='flows_steprecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='retraction_says_why', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.kind = 'retraction')", constraint='CONSTRAINT', func="IF NOT EXISTS (SELECT 1 FROM flows_withdrawal WHERE record_id = NEW.id) THEN RAISE EXCEPTION 'a retraction says why'; END IF; RETURN COALESCE(NEW, OLD);", hash='79b137f6a53c4ac7d7c8e5de4f01abd7e84ccf3a', operation='INSERT', pgid='pgtrigger_retraction_says_why_c8cf4', table='flows_steprecord', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steprecord',
            trigger=pgtrigger.compiler.Trigger(name='taken_over_by_an_approved_list', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.kind = 'takeover')", constraint='CONSTRAINT', func="IF \n                NOT EXISTS (\n                    SELECT 1 FROM takeover_takeoverrow taken\n                    JOIN takeover_takeover list ON list.id = taken.takeover_id\n                    WHERE taken.case_id = NEW.case_id AND list.way = 'moved' AND list.state IN ('running', 'done')\n                      AND list.kind = CASE NEW.to_state WHEN 'adopted' THEN 'dik' ELSE 'dip' END\n                      AND list.approved_by_id = NEW.actor_id AND list.approved_as_id = NEW.appointment_id\n                )\n             THEN RAISE EXCEPTION 'an item is taken over as a row of a list that was approved'; END IF; RETURN COALESCE(NEW, OLD);", hash='81081adc40053a2a86b693b76a8394fa24bd37dc', operation='INSERT', pgid='pgtrigger_taken_over_by_an_approved_list_fe50b', table='flows_steprecord', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='heldtime',
            index=models.Index(fields=['person', '-until'], name='held_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='heldtime',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='held_from_to'),
        ),
        migrations.AddConstraint(
            model_name='heldtime',
            constraint=models.UniqueConstraint(condition=models.Q(('took_it', True)), fields=('record',), name='taken_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldtime',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4022270ee60f152033fe138bda4a2d2dd8d60036', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_0dc10', table='flows_heldtime', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldtime',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='e587d470c59057da6fc00a343de46c2e6b5b0f76', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_112a2', referencing='REFERENCING NEW TABLE AS written ', table='flows_heldtime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldtime',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='f2e1f52121d62efcb5fa578c811d5a173322b769', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1fc7b', table='flows_heldtime', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldtime',
            trigger=pgtrigger.compiler.Trigger(name='parts_lie_within_the_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord record\n                        JOIN flows_case c ON c.id = record.case_id\n                        JOIN organisation_appointment held ON held.id = NEW.appointment_id\n                        WHERE record.id = NEW.record_id AND record.sequence = c.moves + 1\n                          AND held.user_id = NEW.person_id\n                          AND NEW.since >= record.received_at AND NEW.until <= record.done_at\n                          AND (NOT NEW.took_it OR NEW.until = record.done_at AND NEW.person_id = record.actor_id)\n                          AND NEW.days + (SELECT coalesce(sum(days), 0) FROM flows_heldtime\n                                          WHERE record_id = record.id) <= record.used_days\n                    ) OR EXISTS (\n                        SELECT 1 FROM flows_heldtime\n                        WHERE record_id = NEW.record_id AND since < NEW.until AND NEW.since < until\n                    )\n                 THEN RAISE EXCEPTION 'the parts of a stay lie within it, beside each other, and come with its row'; END IF; RETURN COALESCE(NEW, OLD);", hash='1e87be1924d706461bb7efd018c4bb9791e434d8', operation='INSERT', pgid='pgtrigger_parts_lie_within_the_stay_2f6a3', table='flows_heldtime', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('record', 'part', 'document'), name='evidence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9ac01ef16579b9b481b09f803b6be509616ea605', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_c0229', table='flows_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='76d9df710629a8bf158e0f8a4c3a0531aa488656', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_2386d', referencing='REFERENCING NEW TABLE AS written ', table='flows_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='aade829fa786e76df94df3e9eef0d7125f7f6830', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8004d', table='flows_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_belongs_to_the_item', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord record\n                        JOIN flows_case c ON c.id = record.case_id\n                        JOIN information_document document ON document.information_id = c.information_id\n                        WHERE record.id = NEW.record_id AND document.id = NEW.document_id\n                          AND document.sha256 = NEW.sha256 AND record.sequence = c.moves + 1\n                          AND (document.exclusion_id IS NULL OR document.exclusion_id = c.exclusion_id)\n                    ) THEN\n                        RAISE EXCEPTION 'evidence is a document of the same item, and comes with its move';\n                    END IF;\n                    IF NEW.means = ANY (ARRAY['coordination_letter', 'coordination_report', 'decree', 'exclusion_list', 'minutes', 'receipt', 'test_sheet']::varchar[]) AND (\n                        (SELECT purpose = 'content' FROM information_document WHERE id = NEW.document_id)\n                        OR EXISTS (\n                            SELECT 1 FROM flows_evidence other\n                            JOIN flows_steprecord theirs ON theirs.id = other.record_id\n                            JOIN flows_steprecord ours ON ours.id = NEW.record_id AND ours.case_id = theirs.case_id\n                            WHERE other.document_id = NEW.document_id AND other.means <> NEW.means\n                              AND other.means = ANY (ARRAY['coordination_letter', 'coordination_report', 'decree', 'exclusion_list', 'minutes', 'receipt', 'test_sheet']::varchar[]) AND NOT EXISTS (\n        SELECT 1 FROM flows_steprecord undo WHERE undo.case_id = theirs.case_id AND undo.kind = 'undo'\n          AND undo.back_to < theirs.sequence AND undo.sequence > theirs.sequence\n    )\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'what is born at a step is no document of the item, and proves nothing else';\n                    END IF;\n                    RETURN NEW;\n                ", hash='403adc342b48186a55befb3e4a898faa52ac224d', operation='INSERT', pgid='pgtrigger_evidence_belongs_to_the_item_34d32', table='flows_evidence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='stillright',
            constraint=models.UniqueConstraint(fields=('case', 'confirmed_on'), name='confirmed_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stillright',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='1be6f1fb5962559a16ce6f8655032aa5bbbb68de', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_45655', table='flows_stillright', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stillright',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d5f164e8421dc0fe30695321592c6be3912df61', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_2fcb3', table='flows_stillright', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stillright',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='1c3bdc15fdec569e43928217a3d9237004489d84', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_00f52', referencing='REFERENCING NEW TABLE AS written ', table='flows_stillright', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stillright',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='343a0d86d91e14cba2875111d71189337256377c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0605d', table='flows_stillright', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stillright',
            trigger=pgtrigger.compiler.Trigger(name='what_is_confirmed_stands_on_the_shelf', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NEW.confirmed_on <> (NEW.confirmed_at AT TIME ZONE 'Asia/Pontianak')::date OR NOT EXISTS (\n                        SELECT 1 FROM flows_case c\n                        JOIN information_information item ON item.id = c.information_id\n                        JOIN shelf_publisheditem shown ON shown.number = item.number\n                        WHERE c.id = NEW.case_id AND c.state = 'published' AND c.ended_at <= NEW.confirmed_at\n                          AND shown.category = 'periodic'\n                          AND NEW.renew_by = (NEW.confirmed_on + make_interval(months => shown.rhythm))::date\n                          AND NOT EXISTS (\n                              SELECT 1 FROM flows_case later\n                              WHERE later.information_id = c.information_id AND later.id > c.id\n                                AND (later.ended_at IS NULL OR later.state IN ('published', 'retracted', 'adopted'))\n                          )\n                    )\n                 THEN RAISE EXCEPTION 'what is confirmed is a periodic item that its case put on the shelf'; END IF; RETURN COALESCE(NEW, OLD);", hash='de7cf9abdbd8f97df6422cb26171cdd9b7598f9c', operation='INSERT', pgid='pgtrigger_what_is_confirmed_stands_on_the_shelf_64202', table='flows_stillright', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('sop_version', 'step', 'measure', 'value'), name='tallied_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tally',
            trigger=pgtrigger.compiler.Trigger(name='tally_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='06a064924c6d5ecec83ac73eb41c4a9aadf57c25', operation='DELETE', pgid='pgtrigger_tally_is_kept_8a75e', table='flows_tally', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tally',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='e2fef6b6de7eaa0b1d9626981ec4f6312cc662ff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3f26f', table='flows_tally', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undoneapproval',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_with_a_first_password', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password) THEN RAISE EXCEPTION 'a first password is changed before its person does anything'; END IF; RETURN COALESCE(NEW, OLD);", hash='47d703d231dbfe786b15f76978b501f87c5f1f70', operation='INSERT', pgid='pgtrigger_nobody_acts_with_a_first_password_fed27', table='flows_undoneapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undoneapproval',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='718db690a64767bebb52cad24f6517a41146301f', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_37d1d', table='flows_undoneapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undoneapproval',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='d55723f012df16d694c78af3f197883e89e69b59', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0cd5a', table='flows_undoneapproval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undoneapproval',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='067f226d6b32c246c0da3ee943991c64ebadaa3b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_ab8f1', referencing='REFERENCING NEW TABLE AS written ', table='flows_undoneapproval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undoneapproval',
            trigger=pgtrigger.compiler.Trigger(name='head_takes_back_what_nothing_came_of', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF \n                    NOT EXISTS (\n                        SELECT 1 FROM flows_headapproval approval JOIN flows_case c ON c.id = approval.case_id\n                        WHERE approval.id = NEW.approval_id AND approval.recorded_by_id = NEW.actor_id\n                          AND approval.document_id IS NULL AND c.moves = approval.moves AND c.state = 'adopting'\n                          AND NEW.at <= approval.recorded_at\n                              + interval '600 seconds'\n                          AND NOT EXISTS (\n                              SELECT 1 FROM information_classificationdecree decree\n                              WHERE decree.exclusion_id = c.exclusion_id AND decree.recorded_at > approval.recorded_at\n                          )\n                          AND NOT EXISTS (\n                              SELECT 1 FROM information_document document\n                              WHERE document.information_id = c.information_id\n                                AND (document.uploaded_at > approval.recorded_at\n                                     OR document.removed_at > approval.recorded_at)\n                          )\n                    )\n                 THEN RAISE EXCEPTION 'the head takes an approval back within ten minutes, while nothing has come of it'; END IF; RETURN COALESCE(NEW, OLD);", hash='277197809cabd15647d0c78f12d84e2d73e682b0', operation='INSERT', pgid='pgtrigger_head_takes_back_what_nothing_came_of_771b7', table='flows_undoneapproval', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('successor__isnull', False), ('why', 'replaced')), models.Q(('successor__isnull', True), ('why__in', ['wrongly_published', 'withdrawn'])), _connector='OR'), name='withdrawal_has_one_of_three_reasons'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='815d40a745907b2e04238f2f38b9bc2b98977d7f', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_2a916', table='flows_withdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='a4c537fbb116653dde7685527510aebaadc1c5de', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_a8b64', referencing='REFERENCING NEW TABLE AS written ', table='flows_withdrawal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='4cc5dc6277b9c2415ff5b24086b36c4a0ad7eeff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d0261', table='flows_withdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='withdrawal_belongs_to_a_retraction', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM flows_steprecord record JOIN flows_case c ON c.id = record.case_id\n                        WHERE record.id = NEW.record_id AND record.kind = 'retraction'\n                          AND record.sequence = c.moves + 1\n                          AND NEW.successor_id IS DISTINCT FROM c.information_id\n                    ) THEN\n                        RAISE EXCEPTION 'a withdrawal comes with the retraction of its item';\n                    END IF;\n                    IF NEW.successor_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM information_information item\n                        JOIN shelf_publisheditem shown ON shown.number = item.number WHERE item.id = NEW.successor_id\n                    ) THEN\n                        RAISE EXCEPTION 'what replaces an item stands on the shelf';\n                    END IF;\n                    RETURN NEW;\n                ", hash='05ac6494b4a155bbd417c38b310d71b496dad45b', operation='INSERT', pgid='pgtrigger_withdrawal_belongs_to_a_retraction_8e753', table='flows_withdrawal', when='BEFORE')),
        ),
    ]
