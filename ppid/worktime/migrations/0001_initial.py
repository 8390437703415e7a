from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='tanggal')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('kind', models.CharField(choices=[('national', 'Hari libur nasional'), ('joint_leave', 'Cuti bersama'), ('local', 'Libur daerah')], max_length=12, verbose_name='jenis')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='dasar hukum')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='sudah ditetapkan')),
            ],
            options={
                'verbose_name': 'hari libur',
                'ordering': ['date'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_confirmed', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='confirmed_holiday_names_its_source', violation_error_code='source', violation_error_message='Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya.')],
            },
        ),
    ]
