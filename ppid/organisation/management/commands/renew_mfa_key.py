"""``manage.py renew_mfa_key``: write every secret of second factors with the first key of MFA_KEY."""

from django.core.management.base import BaseCommand, CommandError

from ppid.organisation.second_factor import encrypt_anew
from ppid.web.refusals import Refused


class Command(BaseCommand):
    help = "Encrypt all secrets of second factors by the first key of MFA_KEY; the others can be left out afterwards."

    def handle(self, **options):
        try:
            count = encrypt_anew()
        except Refused as refusal:
            raise CommandError("A secret was written by a key that MFA_KEY doesn't hold. Nothing changed.") from refusal
        self.stdout.write(f"{count} secrets are written by the newest key.")
