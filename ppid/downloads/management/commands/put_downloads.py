"""``manage.py put_downloads``: tell the public how much was downloaded, by month."""

from django.core.management.base import BaseCommand

from ppid.downloads.counting import take_all_in, tell_the_public


class Command(BaseCommand):
    help = "Take in what the portal counted, and put the sums of the months on the shelf."

    def handle(self, **options):
        letters, changed = take_all_in(), tell_the_public()
        self.stdout.write(f"{letters} letters taken in, {changed} months told.")
