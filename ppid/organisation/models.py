"""Who: units, roles, people, and the appointments that let a person act in a role for a unit."""

from datetime import date, datetime, time, timedelta

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ppid.chain.triggers import chained
from ppid.organisation import unit_history
from ppid.organisation.appointment_rules import of_appointments, of_changes
from ppid.organisation.city_account import CityAccount as CityAccount
from ppid.organisation.factor_recovery import FactorRecovery as FactorRecovery
from ppid.organisation.factor_recovery import SecondFactor as SecondFactor
from ppid.organisation.order_scan import OrderScan as OrderScan
from ppid.organisation.people_ledger import PersonChange as PersonChange
from ppid.organisation.people_ledger import changes_with_its_ledger
from ppid.organisation.sessions import SignInSession as SignInSession
from ppid.shelf.obligations import CITY
from ppid.shelf.units import spoken
from ppid.triggers import acts_with_own_password, kept, never_emptied
from ppid.web.fixed_queries import FixedQuery


class UnitQuerySet(models.QuerySet):
    def open(self):
        """Keep the units that have not closed."""
        return self.filter(is_active=True)

    def with_spoken(self):
        """Fetch along what people call each unit and those that it succeeded, as ``spoken``."""
        return self.annotate(spoken=spoken("code"))

    def called(self, words):
        """Keep the units that bear all the words in their names, those of every day and of former days included."""
        for word in words.split()[:10]:
            former = unit_history.UnitName.objects.filter(
                Q(name__icontains=word) | Q(short_name__icontains=word), unit=models.OuterRef("pk")
            )
            self = self.filter(Q(everyday_names__icontains=word) | Q(code__icontains=word) | models.Exists(former))
        return self

    def visible_to(self, user, *, on):
        """Keep the units whose work ``user`` may see: all of them in a city-wide role, else the own ones."""
        held = Appointment.objects.in_force(on=on).filter(user=user)
        if held.filter(role__scope=Role.Scope.CITY).exists():
            return self
        return self.filter(pk__in=held.filter(role__scope=Role.Scope.UNIT).values("unit"))


class UnitManager(models.Manager.from_queryset(UnitQuerySet)):
    def get_by_natural_key(self, code):
        return self.get(code=code)


# What a telephone number and an address of mail look like, for Python and for PostgreSQL.
TELEPHONE = r"^\+?(?:[ ().\-/]*[0-9]){6,15}[ )]*$"
MAIL = r"^[^@ ]+@[^@ ]+\.[^@ .]+$"


class Unit(models.Model):
    """An office of the city («perangkat daerah», OPD). Its code is its address and never changes.

    ``name`` and ``short_name`` are those it bears now; those of other days stand in ``UnitName``. ``everyday_names``
    are what people say («Capil»). Once closed it has its last day and the ``successor`` to which all of it passed.
    Where it is reached itself stands in ``address``, ``phone``, ``email`` and ``hours``; what is "" the office's own
    contact answers.
    """

    code = models.SlugField("kode", unique=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama pendek", max_length=60)
    everyday_names = ArrayField(
        models.CharField(max_length=60), verbose_name="nama sehari-hari", default=list, blank=True
    )
    opened_on = models.DateField("berdiri sejak", null=True, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    closed_on = models.DateField("hari terakhir", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="penerus"
    )
    address = models.CharField("alamat", max_length=300, blank=True)
    phone = models.CharField("telepon", max_length=60, blank=True)
    email = models.CharField("surel", max_length=254, blank=True)
    hours = models.CharField("jam layanan", max_length=200, blank=True)
    objects = UnitManager()

    class Meta:
        verbose_name = "perangkat daerah"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="unit_closes_with_a_successor",
                condition=Q(is_active=True, closed_on__isnull=True, successor__isnull=True)
                | Q(is_active=False, closed_on__isnull=False, successor__isnull=False),
            ),
            models.CheckConstraint(name="no_unit_succeeds_itself", condition=~Q(successor=F("pk"))),
            models.CheckConstraint(
                name="no_unit_is_called_as_the_city",
                condition=~Q(code=CITY),
                violation_error_code="code",
                violation_error_message="Kode ini berarti pemerintah kota sendiri. Pilih kode yang lain.",
            ),
            models.CheckConstraint(
                name="a_unit_is_reached_where_it_says",
                condition=(Q(phone="") | Q(phone__regex=TELEPHONE)) & (Q(email="") | Q(email__regex=MAIL)),
            ),
        ]
        triggers = [
            unit_history.first_name,
            unit_history.called_on_the_shelf,
            unit_history.changes_with_its_ledger,
            pgtrigger.ReadOnly(name="unit_keeps_its_code", fields=["code", "opened_on"]),
            pgtrigger.Protect(name="unit_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    def name_on(self, day) -> unit_history.UnitName:
        """Return the name that it bore on the day; for a day before its first one, that first one."""
        names = list(self.names.all())  # they may have been fetched along
        borne = [name for name in names if name.starts_on is None or name.starts_on <= day]
        return borne[-1] if borne else names[0]

    @property
    def present(self) -> "Unit":
        """The unit that it is today: itself, or the last one to which what it was passed on."""
        unit = self
        while unit.successor is not None:
            unit = unit.successor
        return unit

    @property
    def told(self) -> dict:
        """What a row of its ledger tells of it."""
        return {
            "name": self.name,
            "short_name": self.short_name,
            "everyday_names": self.everyday_names,
            "is_active": self.is_active,
            "closed_on": self.closed_on and self.closed_on.isoformat(),
            "successor": self.successor_id,
            **self.contact,
        }

    @property
    def contact(self) -> dict[str, str]:
        """Where it is reached itself; each "" where it says nothing of its own."""
        return {name: getattr(self, name) for name in unit_history.CONTACT}


class RoleManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Role(models.Model):
    """A role that a sheet's performer is mapped to, or that keeps the office itself. Its code never changes.

    ``single_seat``: one definitive holder at a time, of the city or of each unit by the scope.
    """

    class Scope(models.TextChoices):
        CITY = "city", "seluruh kota"
        UNIT = "unit", "perangkat daerah sendiri"
        OFFICE = "office", "tata usaha PPID"  # keeps people and units; sees no case

    code = models.SlugField("kode", unique=True)
    name = models.CharField("nama", max_length=120)
    scope = models.CharField("lingkup", max_length=10, choices=Scope)
    single_seat = models.BooleanField("satu pemegang definitif", default=False)

    objects = RoleManager()

    class Meta:
        verbose_name = "peran"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="role_scope_is_known",
                condition=Q(scope__in=["city", "unit", "office"]),
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    @property
    def is_a_seat_of_each_unit(self) -> bool:
        return self.single_seat and self.scope == self.Scope.UNIT


class UserQuerySet(models.QuerySet):
    def with_appointments(self):
        """Fetch along all appointments of each person, the newest first, each with its ledger and its scans."""
        held = Appointment.objects.select_related("role").with_unit_names().prefetch_related("changes", "scans")
        held = held.order_by("-starts_on", "-pk")
        return self.prefetch_related(models.Prefetch("appointments", held))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Create a person; without a password the person can't sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person, with titles as they are written on letters."""

    email = models.EmailField("surel", unique=True, error_messages={"unique": "Surel ini sudah dipakai orang lain."})
    name = models.CharField("nama dengan gelar", max_length=150)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")],
    )
    is_active = models.BooleanField("aktif", default=True)
    is_demo = models.BooleanField("akun peragaan", default=False, editable=False)
    must_change_password = models.BooleanField("kata sandi pertama belum diganti", default=False, editable=False)
    first_password_at = models.DateTimeField("kata sandi pertama diberikan", null=True, editable=False)
    # The database writes it as the name changes: [{"name": …, "until": moment}], the oldest first.
    former_names = models.JSONField("nama terdahulu", default=list, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "orang"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip=""),
                name="nip_belongs_to_one_person",
                violation_error_message="NIP ini sudah dipakai orang lain.",
                violation_error_code="nip",
            ),
            models.CheckConstraint(
                name="a_first_password_has_its_moment",
                condition=Q(must_change_password=True, first_password_at__isnull=False)
                | Q(must_change_password=False, first_password_at__isnull=True),
            ),
        ]
        triggers = changes_with_its_ledger()

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def name_at(self, moment: datetime) -> str:
        """Return the name that the person bore at the moment: what they did keeps it."""
        borne = (former["name"] for former in self.former_names if moment < datetime.fromisoformat(former["until"]))
        return next(borne, self.name)


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Keep the appointments that hold on the day ``on``, both their first and last day included.

        One that was stopped holds on the days before that one; one that was cancelled or annulled on none any more.
        """
        next_day = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
        return self.recorded().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(closed_at__isnull=True) | Q(closed_at__gte=next_day),
            starts_on__lte=on,
            user__is_active=True,
        )

    def of(self, user, *, on):
        """Keep those by which the person may act on the day ``on``: none before the first password is changed."""
        return self.in_force(on=on).filter(user=user, user__must_change_password=False)

    def still_hold(self, appointment, *, on):
        """Hold the appointment until the transaction ends; say whether its person may act by it on the day ``on``.

        Whoever ends or annuls it now waits, or has done so already.
        """
        return bool(_STILL_HELD.rows(appointment.pk, appointment.user_id, on=on))

    def with_unit_names(self):
        """Fetch along the unit of each with all its names, and to which it has passed."""
        return self.select_related("unit__successor__successor").prefetch_related("unit__names")

    def recorded(self):
        """Leave out what was cancelled or annulled as a mistake."""
        return self.filter(is_void=False)

    def held_between(self, first, last):
        """Keep those that held on any day from ``first`` to ``last``, whatever became of the account since."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)

    def overlapping(self, other):
        """Keep those that hold on a day of ``other``; whoever was stopped on the day on which it begins doesn't."""
        until = Q(closed_at__isnull=True, ends_on__gte=other.starts_on) | Q(ends_on__gt=other.starts_on)
        found = self.filter(Q(ends_on__isnull=True) | until)
        return found.filter(starts_on__lte=other.ends_on) if other.ends_on else found

    def at_the_seat_of(self, other):
        """Keep those of the same role, and of the same unit where each unit has its own."""
        same = self.filter(role=other.role_id)
        return same.filter(unit=other.unit_id) if other.role.scope == Role.Scope.UNIT else same

    def for_unit(self, unit):
        """Keep those that may act for ``unit`` (or its key): the city-wide roles, and the unit's own."""
        return self.filter(Q(role__scope=Role.Scope.CITY) | Q(role__scope=Role.Scope.UNIT, unit=unit))

    def definitive_first(self):
        """Put definitive appointments before acting ones (Plt, Plh), older before newer."""
        return self.order_by("kind", "starts_on", "pk")  # by the alphabet "definitive" comes before "plh" and "plt"


def _still_held(appointment: int, user: int, *, on: date) -> models.QuerySet:
    held = Appointment.objects.select_for_update(no_key=True, of=("self",)).of(user, on=on)
    return held.filter(pk=appointment).values_list("pk")


_STILL_HELD = FixedQuery(_still_held)


class Appointment(models.Model):
    """A person holds a role at a unit, from a day to a day, by an order («surat keputusan/perintah»).

    What was recorded stays; only its end may change, together with a row of its ledger (``AppointmentChange``).
    ``starts_on`` is when it took effect, ``recorded_at`` when somebody wrote it down here, often later. ``closed_at``
    is the moment at which it was stopped, cancelled or annulled, and it ``is_void`` when it was a mistake.
    ``appointed_by`` is None when it was recorded at the terminal (``manage.py appoint``) or came with a fixture.
    """

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", "Definitif"
        PLT = "plt", "Plt"
        PLH = "plh", "Plh"

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="orang")
    role = models.ForeignKey(Role, models.PROTECT, related_name="appointments", verbose_name="peran")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="perangkat daerah")
    kind = models.CharField("sifat", max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    starts_on = models.DateField("berlaku sejak")
    ends_on = models.DateField("berlaku sampai", null=True, blank=True)
    order_number = models.CharField("nomor surat", max_length=120)
    order_date = models.DateField("tanggal surat", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="dicatat oleh"
    )
    appointed_by_name = models.CharField("nama pencatat", max_length=150, blank=True, editable=False)
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("ditutup pada", null=True, editable=False)
    is_void = models.BooleanField("dibatalkan", default=False, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        ordering = ["user__name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya.",
                violation_error_code="ends_on",
            ),
            models.CheckConstraint(
                name="acting_appointment_has_an_end",
                condition=Q(kind="definitive") | Q(ends_on__isnull=False),
                violation_error_message="Penugasan Plt atau Plh harus punya tanggal akhir.",
                violation_error_code="ends_on",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "starts_on"],
                condition=Q(closed_at__isnull=True),
                name="appointment_once_from_a_day",
                violation_error_message="Penugasan yang sama sejak tanggal itu sudah ada.",
                violation_error_code="starts_on",
            ),
            models.CheckConstraint(
                name="what_is_void_is_closed", condition=Q(is_void=False) | Q(closed_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["role", "unit", "starts_on"], name="appointment_by_seat")]
        triggers = of_appointments()

    def __str__(self):
        return f"{self.acting_as}, {self.unit.short_name}"

    @property
    def acting_as(self):
        """The role as it is signed: «Plt PPID Pelaksana»."""
        prefix = "" if self.kind == self.Kind.DEFINITIVE else f"{self.get_kind_display()} "
        return f"{prefix}{self.role.name}"

    def holds(self, *, on) -> bool:
        """Whether it holds on the day ``on``, the person's account aside."""
        if self.is_void or self.closed_at and on >= timezone.localdate(self.closed_at):
            return False
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    @property
    def was_recorded_late(self) -> bool:
        return timezone.localdate(self.recorded_at) > self.starts_on

    def unit_named(self, *, on) -> unit_history.UnitName:
        """Return the name that its unit bore on its last day, or on the day ``on`` when that is not past."""
        ended = [self.ends_on] if self.ends_on else []
        closed = [timezone.localdate(self.closed_at)] if self.closed_at else []
        return self.unit.name_on(min([on, *ended, *closed]))

    def last_day_by(self, on) -> date:
        """Return the last day before ``on`` on which it held, for one that began before and no longer holds."""
        return min(self.ends_on or on, on - timedelta(days=1))

    def clean(self):
        if self.starts_on is None:
            return
        others = Appointment.objects.filter(user_id=self.user_id, role_id=self.role_id, unit_id=self.unit_id)
        if others.recorded().exclude(pk=self.pk).overlapping(self).exists():
            raise ValidationError(
                "Orang ini sudah memegang peran itu di perangkat daerah tersebut pada masa yang sama."
            )


class AppointmentChange(models.Model):
    """A row of an appointment's ledger: who changed its end, how, from which day to which, when, and why.

    ``end`` sets its last day, also one that is past where the order came late; ``stop`` ends it at this moment.
    ``cancel`` takes back what has not begun, ``annul`` what was a mistake: nothing that was decided by it disappears.
    """

    class Kind(models.TextChoices):
        END = "end", "Diakhiri"
        STOP = "stop", "Dihentikan saat itu juga"
        CANCEL = "cancel", "Dibatalkan sebelum mulai"
        ANNUL = "annul", "Dinyatakan keliru"

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="changes", verbose_name="penugasan")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    ends_on_before = models.DateField("berlaku sampai, sebelumnya", null=True)
    ends_on = models.DateField("berlaku sampai, sekarang", null=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")
    closed_at = models.DateTimeField("ditutup pada", null=True)
    because = models.CharField("dasar atau alasan", max_length=500, blank=True)

    class Meta:
        verbose_name = "riwayat penugasan"
        ordering = ["appointment", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_end_is_earlier",
                condition=~Q(kind="end")
                | Q(ends_on__isnull=False) & (Q(ends_on_before__isnull=True) | Q(ends_on__lt=F("ends_on_before"))),
            ),
            models.CheckConstraint(
                name="a_stop_is_not_later",
                condition=~Q(kind="stop")
                | Q(ends_on__isnull=False) & (Q(ends_on_before__isnull=True) | Q(ends_on__lte=F("ends_on_before"))),
            ),
            models.CheckConstraint(
                name="what_is_taken_back_keeps_its_days",
                condition=~Q(kind__in=["cancel", "annul"])
                | Q(ends_on__isnull=False, ends_on_before__isnull=False, ends_on=F("ends_on_before"))
                | Q(ends_on__isnull=True, ends_on_before__isnull=True),
            ),
            models.CheckConstraint(
                name="a_change_but_an_end_closes_at_its_moment",
                condition=Q(kind="end", closed_at__isnull=True)
                | ~Q(kind="end") & Q(closed_at__isnull=False, closed_at=F("at")),
            ),
            models.CheckConstraint(name="a_mistake_has_its_reason", condition=~Q(kind="annul") | ~Q(because="")),
            models.CheckConstraint(
                name="appointment_change_is_known", condition=Q(kind__in=["end", "stop", "cancel", "annul"])
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            acts_with_own_password("actor_id"),
            *of_changes(),
        ]

    def __str__(self):
        return f"{self.appointment}: {self.get_kind_display()}"


class SignInTry(models.Model):
    """A try to sign in that failed, or whose password is being looked at; see ``ppid.organisation.sign_in``."""

    key = models.CharField("kunci", max_length=64, editable=False)
    at = models.DateTimeField("pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "percobaan masuk"
        indexes = [
            models.Index(fields=["key", "at"], name="sign_in_try_by_key"),
            models.Index(fields=["at"], name="sign_in_try_by_time"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
