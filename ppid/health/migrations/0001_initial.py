from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='pekerjaan')),
                ('started_at', models.DateTimeField(verbose_name='dimulai')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='selesai')),
                ('done_at', models.DateTimeField(null=True, verbose_name='terakhir berhasil')),
                ('failed_at', models.DateTimeField(null=True, verbose_name='terakhir gagal')),
                ('because', models.CharField(blank=True, max_length=300, verbose_name='sebab')),
            ],
            options={
                'verbose_name': 'jalannya pekerjaan berkala',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('done_at__isnull', False), ('ended_at', models.F('done_at'))), models.Q(('ended_at', models.F('failed_at')), ('failed_at__isnull', False)), _connector='OR'), name='a_run_ends_as_done_or_failed'), models.CheckConstraint(condition=models.Q(('because', ''), ('failed_at__isnull', False), _connector='OR'), name='a_failed_run_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Trouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, verbose_name='temuan')),
                ('is_bad', models.BooleanField(verbose_name='parah')),
                ('said', models.TextField(verbose_name='kalimat')),
                ('found_at', models.DateTimeField(verbose_name='ditemukan')),
                ('seen_at', models.DateTimeField(verbose_name='terakhir terlihat')),
                ('told_at', models.DateTimeField(null=True, verbose_name='dikabarkan')),
                ('over_at', models.DateTimeField(null=True, verbose_name='berakhir')),
                ('over_told_at', models.DateTimeField(null=True, verbose_name='pulihnya dikabarkan')),
            ],
            options={
                'verbose_name': 'gangguan',
                'ordering': ['-found_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('over_at__isnull', True)), fields=('key',), name='one_open_trouble_of_a_kind'), models.CheckConstraint(condition=models.Q(('over_told_at__isnull', True), models.Q(('over_at__isnull', False), ('told_at__isnull', False)), _connector='OR'), name='nobody_hears_that_something_is_over_before_it_is')],
            },
        ),
    ]
