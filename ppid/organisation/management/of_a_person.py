"""What commands about one person share: whom the e-mail address names."""

from django.core.management.base import BaseCommand, CommandError

from ppid.organisation.models import User


class PersonCommand(BaseCommand):
    """A command about the person of an e-mail address; ``do`` is what it does."""

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        self.do(person)

    def do(self, person: User) -> None:
        raise NotImplementedError
