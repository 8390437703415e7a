"""``manage.py forget_sign_in_tries``: delete the tries to sign in that count no longer."""

from django.core.management.base import BaseCommand

from ppid.organisation.sign_in import forget_old_tries


class Command(BaseCommand):
    help = "Delete wrong tries to sign in that are older than a day."

    def handle(self, **options):
        self.stdout.write(f"{forget_old_tries()} tries forgotten.")
