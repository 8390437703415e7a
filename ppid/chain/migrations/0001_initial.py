import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('ledger', models.CharField(max_length=63)),
                ('row_id', models.BigIntegerField()),
                ('part', models.CharField(max_length=20)),
                ('form_id', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Noted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('xact', models.BigIntegerField(db_index=True)),
                ('ledger', models.CharField(max_length=63)),
                ('row_id', models.BigIntegerField()),
                ('part', models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('xact', models.BigIntegerField(primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.CharField(max_length=63)),
                ('part', models.CharField(max_length=20)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=63), size=None)),
                ('mark', models.CharField(blank=True, max_length=63)),
                ('since', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['ledger', 'part', '-id'], name='newest_form')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='form',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='912c9cef9f5aedc122a726c3464f84bb3a6487fa', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_6dd1a', table='chain_form', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='form',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='ce1825ae41499b5f3994f45db20cc1fa8780f4ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_17518', table='chain_form', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='form',
            trigger=pgtrigger.compiler.Trigger(name='row_enters_the_chain', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO chain_noted (xact, ledger, row_id, part) SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, id, 'written' FROM written ORDER BY id;\n            IF FOUND THEN INSERT INTO chain_turn (xact, round) VALUES (pg_current_xact_id()::text::bigint, 1) ON CONFLICT DO NOTHING; END IF;\n            RETURN NULL;\n        ", hash='14fe6b02e2a5559c63575ec09ad59ce1c6302ed0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_row_enters_the_chain_2b234', referencing='REFERENCING NEW TABLE AS written ', table='chain_form', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('ledger', 'row_id', 'part'), name='linked_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='row_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a61830ab90a9f3a557f07a5b36467bb09ac7370', operation='UPDATE OR DELETE', pgid='pgtrigger_row_is_kept_b97d2', table='chain_link', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;", hash='b02b0786490506cd0f1f3a8e74026bcf053edf51', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3f684', table='chain_link', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='link_follows_the_last_one', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE last chain_link%ROWTYPE;', func='\n                    SELECT * INTO last FROM chain_link ORDER BY position DESC LIMIT 1;\n                    IF NEW.position <> COALESCE(last.position, 0) + 1\n                    OR NEW.hash <> encode(sha256(convert_to(concat_ws(E\'\\n\', COALESCE(last.hash, \'0000000000000000000000000000000000000000000000000000000000000000\'), NEW.position, NEW.ledger, NEW.row_id, NEW.part, NEW.form_id, NEW.digest, to_char(NEW.at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US\')), \'UTF8\')), \'hex\') THEN\n                        RAISE EXCEPTION \'a link follows the last one\';\n                    END IF;\n                    RETURN NEW;\n                ', hash='91e8fdff82b73d0dee75e03ed6a3b139daffa0d3', operation='INSERT', pgid='pgtrigger_link_follows_the_last_one_70c61', table='chain_link', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='everything_else_comes_first', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='UPDATE chain_turn SET round = 2 WHERE xact = NEW.xact; RETURN NULL;', hash='28760021f77a2c8b8c6ba435e99239d9a1160ee6', operation='INSERT', pgid='pgtrigger_everything_else_comes_first_e34bd', table='chain_turn', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='what_was_noted_is_linked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE settings text[] := ARRAY[]::text[]; spoken text[]; query text; noted record; link chain_link%ROWTYPE;', func='\n    FOREACH spoken SLICE 1 IN ARRAY ARRAY[[\'TimeZone\', \'UTC\'], [\'extra_float_digits\', \'1\'], [\'IntervalStyle\', \'iso_8601\'], [\'bytea_output\', \'hex\']] LOOP\n        settings := settings || ARRAY[[spoken[1], current_setting(spoken[1])]];\n        PERFORM set_config(spoken[1], spoken[2], true);\n    END LOOP;\n    SELECT string_agg(format(\n        \'SELECT n.id, n.ledger, n.row_id, n.part, %s::bigint AS form_id, encode(sha256(convert_to(%s, \'\'UTF8\'\')), \'\'hex\'\') AS digest \'\n        \'FROM chain_noted n %s WHERE n.xact = %s AND n.ledger = %L AND n.part = %L\',\n        form.id, COALESCE((SELECT format(\'jsonb_build_object(%s)::text\', string_agg(format(\'%L, r.%I\', named, named), \', \' ORDER BY named)) FROM unnest(form.columns) named), \'\'\'{}\'\'\'),\n        CASE each_part.part WHEN \'gone\'\n            THEN \'JOIN chain_link l ON l.ledger = n.ledger AND l.row_id = n.row_id AND l.part = \'\'written\'\'\'\n            ELSE format(\'JOIN %I r ON r.id = n.row_id\', each_part.ledger) END,\n        NEW.xact, each_part.ledger, each_part.part\n    ), \' UNION ALL \') INTO query\n    FROM (SELECT DISTINCT ledger, part FROM chain_noted WHERE xact = NEW.xact) each_part\n    LEFT JOIN LATERAL (\n        SELECT * FROM chain_form WHERE ledger = each_part.ledger AND part = each_part.part ORDER BY id DESC LIMIT 1\n    ) form ON TRUE;\n    IF query IS NULL OR EXISTS (\n        SELECT 1 FROM chain_noted n WHERE xact = NEW.xact\n          AND NOT EXISTS (SELECT 1 FROM chain_form f WHERE f.ledger = n.ledger AND f.part = n.part)\n    ) THEN\n        RAISE EXCEPTION \'a ledger has no form in the chain: run manage.py prepare\';\n    END IF;\n    FOR noted IN EXECUTE query || \' ORDER BY id\' LOOP\n        IF link.position IS NULL THEN\n            PERFORM pg_advisory_xact_lock(hashtext(\'ppid.chain\'));\n            SELECT * INTO link FROM chain_link ORDER BY position DESC LIMIT 1;\n            link.position := COALESCE(link.position, 0);\n            link.hash := COALESCE(link.hash, \'0000000000000000000000000000000000000000000000000000000000000000\');\n        END IF;\n        link.position := link.position + 1;\n        link.ledger := noted.ledger;\n        link.row_id := noted.row_id;\n        link.part := noted.part;\n        link.form_id := noted.form_id;\n        link.digest := noted.digest;\n        link.at := clock_timestamp();\n        link.hash := encode(sha256(convert_to(concat_ws(E\'\\n\', link.hash, link.position, link.ledger, link.row_id, link.part, link.form_id, link.digest, to_char(link.at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US\')), \'UTF8\')), \'hex\');\n        INSERT INTO chain_link VALUES (link.*);\n    END LOOP;\n    DELETE FROM chain_noted WHERE xact = NEW.xact;\n    DELETE FROM chain_turn WHERE xact = NEW.xact;\n    FOREACH spoken SLICE 1 IN ARRAY settings LOOP\n        PERFORM set_config(spoken[1], spoken[2], true);\n    END LOOP;\n    RETURN NULL;\n', hash='d4051d28f2fa31aa625b3281b1e075d75807a083', operation='UPDATE', pgid='pgtrigger_what_was_noted_is_linked_d2c41', table='chain_turn', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
