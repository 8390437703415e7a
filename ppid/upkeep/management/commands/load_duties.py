"""``manage.py load_duties``: show the duties of ``fixtures/duties.json`` that the shelf doesn't have yet."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand

from ppid.shelf.models import ShownDuty
from ppid.shelf.obligation_actions import show_duty


class Command(BaseCommand):
    help = "Show the duties to publish that the shelf doesn't have yet; what stands there stays as it is."

    def handle(self, **options):
        known = set(ShownDuty.objects.values_list("code", flat=True))
        duties = json.loads((settings.BASE_DIR / "fixtures" / "duties.json").read_text())
        missing = [duty for duty in duties if duty["code"] not in known]
        for duty in missing:
            # No officer has confirmed the article against the law's own text: the public is told none.
            show_duty(**{**duty, "law": "", "law_confirmed_on": None})
        self.stdout.write(f"Duties shown: {len(missing)} new, {len(known)} were there.")
