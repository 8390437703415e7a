from django.core.management.base import BaseCommand

from ppid.takeover.models import State, Takeover
from ppid.takeover.working import carry_on


class Command(BaseCommand):
    """For machines without a worker, and after one was away: do what lists taken over still have to be done."""

    help = "Carries on every takeover that is not finished; what was done already is left as it is."

    def handle(self, **options):
        for takeover in Takeover.objects.filter(state=State.RUNNING).order_by("pk"):
            while carry_on(takeover.pk):
                pass
            tally = takeover.rows.tally()
            self.stdout.write(f"{takeover}: {tally['done']} of {tally['taken']} rows done, {tally['failed']} failed.")
