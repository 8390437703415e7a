from django.core.management.base import BaseCommand

from ppid.flows.reasons import begin_library


class Command(BaseCommand):
    help = "Begin the library of sentences for sending back, where there is none yet; prepare does so."
    requires_system_checks = []

    def handle(self, **options):
        begin_library()
