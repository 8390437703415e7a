from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
    ]
