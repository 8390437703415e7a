from django.core.management.base import BaseCommand

from ppid.editions.printing import print_next


class Command(BaseCommand):
    help = "Print the annexes of editions of DIP and DIK that are missing."

    def handle(self, **options):
        count = 0
        while print_next():
            count += 1
        self.stdout.write(f"{count} parts of annexes printed")
