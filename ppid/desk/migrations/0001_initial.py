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
            name='TypedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300, verbose_name='alamat formulir')),
                ('fields', models.JSONField(verbose_name='isian')),
                ('files', models.JSONField(default=list, verbose_name='nama berkas')),
                ('saved_at', models.DateTimeField(verbose_name='disimpan pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='penulis')),
            ],
            options={
                'verbose_name': 'isian yang belum terkirim',
                'constraints': [models.UniqueConstraint(fields=('person', 'path'), name='one_draft_of_a_person_at_a_form')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='typeddraft',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='6ece078fa427112c0026eda18699d584a47213fc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6a0e6', table='desk_typeddraft', when='BEFORE')),
        ),
    ]
