"""allauth's second factors get our triggers: its tables refer to our people, so they come between."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('mfa', '0003_authenticator_type_uniq'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
            ],
            options={
                'verbose_name': 'langkah kedua',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('mfa.authenticator',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='a_second_factor_comes_with_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF COALESCE((\n    SELECT kind FROM organisation_personchange\n    WHERE person_id = COALESCE(NEW.user_id, OLD.user_id)\n      AND kind IN ('factor_added', 'factor_gone', 'codes', 'rescued')\n    ORDER BY id DESC LIMIT 1\n), '') NOT IN ('factor_added', 'codes') THEN RAISE EXCEPTION 'a second factor comes with a row of the ledger of people only'; END IF; RETURN COALESCE(NEW, OLD);", hash='5d6522b94b235e44bbd0d5f17c7b387fdac7872c', operation='INSERT', pgid='pgtrigger_a_second_factor_comes_with_the_ledger_ce81e', table='mfa_authenticator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='a_second_factor_goes_with_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF COALESCE((\n    SELECT kind FROM organisation_personchange\n    WHERE person_id = COALESCE(NEW.user_id, OLD.user_id)\n      AND kind IN ('factor_added', 'factor_gone', 'codes', 'rescued')\n    ORDER BY id DESC LIMIT 1\n), '') NOT IN ('factor_gone', 'rescued') THEN RAISE EXCEPTION 'a second factor goes with a row of the ledger of people only'; END IF; RETURN COALESCE(NEW, OLD);", hash='9fd7390ecc3bd46d98689d64e5686368399540e3', operation='DELETE', pgid='pgtrigger_a_second_factor_goes_with_the_ledger_68cd8', table='mfa_authenticator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='a_second_factor_stays_its_persons', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."type" IS DISTINCT FROM (NEW."type"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d039a58a54760cb2bd0c605357045a5cbb44fe03', operation='UPDATE', pgid='pgtrigger_a_second_factor_stays_its_persons_8ed29', table='mfa_authenticator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='70903063374a8780c15ff8d2c0df165d529890b2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b1267', table='mfa_authenticator', when='BEFORE')),
        ),
    ]
