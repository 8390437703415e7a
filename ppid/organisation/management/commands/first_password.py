"""``manage.py first_password``: a new first password for somebody who forgot theirs."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ppid.organisation.actions import new_passphrase
from ppid.organisation.models import User


class Command(BaseCommand):
    help = "Give a person a new first password and print it, once. It must be changed at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args, **options):
        person = User.objects.select_for_update().filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody has the e-mail address {options['email']}.")
        passphrase = new_passphrase()
        person.set_password(passphrase)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        self.stdout.write(f"{person.name} <{person.email}>: {passphrase}")
