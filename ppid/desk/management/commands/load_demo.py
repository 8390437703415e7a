"""Fills an empty database with the demo: office, people, SOPs in force, and cases that walked their flow."""

from datetime import datetime, timedelta
from io import StringIO

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ppid.desk import demo, demo_duties, demo_office, demo_sheet
from ppid.organisation.models import User
from ppid.scanning.clamd import ScannerAway
from ppid.scanning.verdicts import is_on, scanner
from sop.models import SopVersion
from sop.versions.actions import approve, submit

FIXTURES = ["units", "roles", "holidays", "demo_people", "demo_office", "demo_own_sheet", "legal_bases", "sop"]
FIXTURES += ["word_families"]

# The sources' own slips are kept, so the sheet check warns of them.
_WHY = "Lembar sumber dimuat kata demi kata; kekurangannya diperbaiki pada versi berikutnya."


class Command(BaseCommand):
    help = "Fill an empty database with the demo. Does nothing when there are people already."

    def handle(self, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("The demo's passwords are public, so it is loaded with PPID_DEMO=1 only.")
        if User.objects.exists():
            return
        _refuse_without_the_scanner()
        with transaction.atomic():
            call_command("loaddata", *FIXTURES, verbosity=0)
            User.objects.filter(is_demo=True).update(password=make_password(settings.DEMO_PASSWORD))
            utama, now = User.objects.get(email="utama@demo.example"), timezone.now()
            keeper, began = User.objects.get(email="pengelola@demo.example"), _start_of_year(now)
            for version in SopVersion.objects.all():
                submit(version, actor=keeper, at=began)
                approve(version, actor=utama, at=began, why=_WHY)
            theirs = User.objects.get(email="pengelola2@demo.example")
            demo_office.appoint_stand_ins(now)
            demo_sheet.bring_into_force(keeper=theirs, chief=utama, at=began)
            told = demo.tell(now)
            call_command("load_duties", stdout=StringIO())
            demo_duties.fill(now)
        call_command("mark_ledger", verbosity=0, stdout=StringIO())
        if verbosity:
            self.stdout.write(f"Demo: {told} cases")


def _refuse_without_the_scanner() -> None:
    """Say which setting keeps the demo from being filled: no case goes on whose files wait for the scanner."""
    try:
        if is_on():
            scanner().definitions()
    except ScannerAway as away:
        raise CommandError(
            f"CLAMAV_URL names a virus scanner that does not answer ({settings.CLAMAV_URL}), and the demo's cases need "
            "their files scanned: start the scanner, or leave CLAMAV_URL empty, until the demo is filled."
        ) from away


def _start_of_year(now: datetime) -> datetime:
    """Return a moment in January at which the sheets came into force, before every case of the demo."""
    return min(timezone.make_aware(datetime(timezone.localdate(now).year, 1, 5, 9)), now - timedelta(days=90))
