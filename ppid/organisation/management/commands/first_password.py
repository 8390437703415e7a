"""``manage.py first_password``: a new first password for somebody who forgot theirs."""

from django.core.management.base import BaseCommand, CommandError

from ppid.organisation.actions import give_password
from ppid.organisation.models import User


class Command(BaseCommand):
    help = "Give a person a new first password and print it, once. It must be changed at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, **options):
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody has the e-mail address {options['email']}.")
        person, passphrase = give_password(person, actor=None)
        self.stdout.write(f"{person.name} <{person.email}>: {passphrase}")
