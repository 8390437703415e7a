import django.core.validators
import django.db.models.deletion
import django.utils.timezone
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
                ('scope', models.CharField(choices=[('city', 'seluruh kota'), ('unit', 'perangkat daerah sendiri')], max_length=10, verbose_name='lingkup')),
            ],
            options={
                'verbose_name': 'peran',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['city', 'unit'])), name='role_scope_is_known')],
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
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='orang')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.role', verbose_name='peran')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'penugasan',
                'ordering': ['user__name', 'starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='appointment_ends_after_it_starts', violation_error_code='ends_on', violation_error_message='Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya.'), models.CheckConstraint(condition=models.Q(('kind', 'definitive'), ('ends_on__isnull', False), _connector='OR'), name='acting_appointment_has_an_end', violation_error_code='ends_on', violation_error_message='Penugasan Plt atau Plh harus punya tanggal akhir.'), models.UniqueConstraint(fields=('user', 'role', 'unit', 'starts_on'), name='appointment_once_from_a_day', violation_error_code='starts_on', violation_error_message='Penugasan yang sama sejak tanggal itu sudah ada.')],
            },
        ),
    ]
