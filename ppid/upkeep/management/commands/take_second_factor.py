"""``manage.py take_second_factor``: for somebody who lost it, where no two keepers of people are there to vouch."""

from django.core.management.base import CommandError

from ppid.notices.recovering import take_away_at_the_terminal
from ppid.organisation.management.of_a_person import PersonCommand
from ppid.web.refusals import Refused


class Command(PersonCommand):
    help = "Take the second factor of a person away; they set up a new one at the next sign-in. The ledger says so."

    def do(self, person):
        try:
            take_away_at_the_terminal(person)
        except Refused as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal
        self.stdout.write(f"{person.name} <{person.email}>: the second factor is gone. They set up a new one now.")
