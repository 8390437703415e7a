from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TakenLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='nama')),
                ('taken_at', models.DateTimeField(db_index=True, verbose_name='diterima pada')),
            ],
            options={
                'verbose_name': 'surat unduhan',
            },
        ),
        migrations.CreateModel(
            name='DownloadTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='hari')),
                ('kind', models.CharField(max_length=10, verbose_name='jenis')),
                ('n', models.PositiveBigIntegerField(verbose_name='unduhan')),
            ],
            options={
                'verbose_name': 'unduhan',
                'constraints': [models.UniqueConstraint(fields=('day', 'kind'), name='downloads_of_a_day_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['item', 'sop', 'register'])), name='download_is_of_a_kind')],
            },
        ),
    ]
