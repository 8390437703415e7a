"""``manage.py appoint``: the first PPID Utama of a fresh installation, who then appoints everybody else at the desk."""

from datetime import date
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ppid import env
from ppid.organisation.actions import CHIEF, PeopleRefused, one_act_at_a_time
from ppid.organisation.appointing import appoint
from ppid.organisation.first_password import ends_at
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.web.moments import in_words
from ppid.worktime.models import Holiday


class Command(BaseCommand):
    help = (
        "Appoint a person, by default as PPID Utama at Diskominfo. A person who isn't known yet is added, with a "
        "password typed here or taken from APPOINT_PASSWORD (or APPOINT_PASSWORD_FILE)."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="e-mail address, also the name to sign in with")
        parser.add_argument("--name", default="", help="name with titles; needed for a new person")
        parser.add_argument("--nip", default="", help="18 digits")
        parser.add_argument("--role", default=CHIEF)
        parser.add_argument("--unit", default="diskominfo")
        parser.add_argument("--kind", default=Appointment.Kind.DEFINITIVE, choices=Appointment.Kind.values)
        parser.add_argument("--order", required=True, help="number of the order («nomor surat»)")
        parser.add_argument("--order-date", type=date.fromisoformat, help="date of the order")
        parser.add_argument("--reason", default="", help="why a Plt or Plh beside a holder, or for longer than usual")
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, help="first day, today when left out")
        parser.add_argument("--until", dest="ends_on", type=date.fromisoformat, help="last day, open when left out")

    def handle(self, *args, **options):
        is_known = User.objects.filter(email__iexact=options["email"]).exists()
        password = "" if is_known else self.password(options)  # asked for before anybody has to wait
        with transaction.atomic():
            add_missing("units", "roles")
            if not Holiday.objects.exists():  # later on a day that isn't there was taken away
                call_command("loaddata", "holidays", verbosity=0)
            one_act_at_a_time()
            person = self.person(options, password)
            appointment = Appointment(
                user=person,
                role=self.known(Role, options["role"]),
                unit=self.known(Unit, options["unit"]),
                kind=options["kind"],
                starts_on=options["starts_on"] or timezone.localdate(),
                ends_on=options["ends_on"],
                order_number=options["order"],
                order_date=options["order_date"],
                reason=options["reason"],
            )
            complain(appoint, appointment, actor=None)
        self.stdout.write(f"{person.name} <{person.email}>: {appointment}, since {appointment.starts_on}.")
        if password:
            self.stdout.write(f"The password must be changed until {in_words(ends_at(person))}.")
        self.stdout.write(f"Next: sign in at {settings.SITE_URL}/meja/siapkan/, which leads through the first day.")

    def person(self, options, password) -> User:
        if known := User.objects.filter(email__iexact=options["email"]).first():
            return known
        first = {"must_change_password": True, "first_password_at": timezone.now()}
        fields = {"name": options["name"], "nip": options["nip"], **first}
        return complain(User.objects.create_user, options["email"], password, **fields)

    def password(self, options) -> str:
        if not options["name"]:
            raise CommandError("This person isn't known yet: give --name, with titles.")
        password = env.text("APPOINT_PASSWORD") or self.typed_password()
        person = User(email=options["email"].lower(), name=options["name"], nip=options["nip"])
        complain(validate_password, password, person)
        return password

    def typed_password(self) -> str:
        password = getpass("Password: ")
        if password != getpass("Password again: "):
            raise CommandError("The two passwords differ. Nothing was written.")
        return password

    def known(self, model, code):
        if found := model.objects.filter(code=code).first():
            return found
        codes = ", ".join(model.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"No {model.__name__.lower()} «{code}». There are: {codes}.")


def add_missing(*fixtures: str) -> None:
    """Add the rows of the fixtures that aren't there; those that are stay as the office has them."""
    for name in fixtures:
        text = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text()
        for row in serializers.deserialize("json", text):
            if not type(row.object).objects.filter(code=row.object.code).exists():
                row.save()


def complain(act, *args, **kwargs):
    """Do the act; what doesn't fit becomes one line on the terminal."""
    try:
        return act(*args, **kwargs)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    except PeopleRefused as refusal:
        raise CommandError(" ".join(refusal.sentences)) from refusal
