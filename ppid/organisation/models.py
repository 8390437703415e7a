"""Who: units, roles, people, and the appointments that let a person act in a role for a unit."""

from datetime import date, timedelta

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ppid.organisation import unit_history
from ppid.triggers import kept, never_emptied, refuses


class UnitQuerySet(models.QuerySet):
    def open(self):
        """Keep the units that have not closed."""
        return self.filter(is_active=True)

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


class Unit(models.Model):
    """An office of the city («perangkat daerah», OPD). Its code is its address and never changes.

    ``name`` and ``short_name`` are those it bears now; those of other days stand in ``UnitName``. ``everyday_names``
    are what people say («Capil»). Once closed it has its last day and the ``successor`` to which all of it passed.
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
        return self.names.on(day).first() or self.names.first()

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
        }


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
        """Fetch along all appointments of each person, the newest first, each with its ledger."""
        held = Appointment.objects.select_related("role", "unit").prefetch_related("changes")
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

    email = models.EmailField("surel", unique=True)
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
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Keep the appointments that hold on the day ``on``, both their first and last day included."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            starts_on__lte=on,
            user__is_active=True,
        )

    def recorded(self):
        """Keep those that count: whoever held them did, whenever that was."""
        return self.all()

    def held_between(self, first, last):
        """Keep those that held on any day from ``first`` to ``last``, whatever became of the account since."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)

    def for_unit(self, unit):
        """Keep those that may act for ``unit`` (or its key): the city-wide roles, and the unit's own."""
        return self.filter(Q(role__scope=Role.Scope.CITY) | Q(role__scope=Role.Scope.UNIT, unit=unit))

    def definitive_first(self):
        """Put definitive appointments before acting ones (Plt, Plh), older before newer."""
        return self.order_by("kind", "starts_on", "pk")  # by the alphabet "definitive" comes before "plh" and "plt"


class Appointment(models.Model):
    """A person holds a role at a unit, from a day to a day, by an order («surat keputusan/perintah»).

    What was recorded stays; only its last day may change, together with a row of its ledger (``AppointmentChange``).
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
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="dicatat oleh"
    )
    appointed_by_name = models.CharField("nama pencatat", max_length=150, blank=True, editable=False)
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)

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
                name="appointment_once_from_a_day",
                violation_error_message="Penugasan yang sama sejak tanggal itu sudah ada.",
                violation_error_code="starts_on",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="appointment_stays_as_recorded", exclude=["ends_on"]),
            pgtrigger.Protect(name="appointment_is_kept", operation=pgtrigger.Delete),
            unit_history.belongs_to_an_open_unit(
                "organisation_appointment", counts="(here.ends_on IS NULL OR here.ends_on > unit.closed_on)"
            ),
            never_emptied(),
            refuses(
                "last_day_changes_with_its_ledger",
                "the last day of an appointment changes with its ledger row only",
                """
                    NOT EXISTS (
                        SELECT 1 FROM organisation_appointmentchange newest
                        WHERE newest.id = (
                            SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = OLD.id
                        )
                          AND newest.ends_on_before IS NOT DISTINCT FROM OLD.ends_on
                          AND newest.ends_on IS NOT DISTINCT FROM NEW.ends_on
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("ends_on"),
            ),
        ]

    def __str__(self):
        return f"{self.acting_as}, {self.unit.short_name}"

    @property
    def acting_as(self):
        """The role as it is signed: «Plt PPID Pelaksana»."""
        prefix = "" if self.kind == self.Kind.DEFINITIVE else f"{self.get_kind_display()} "
        return f"{prefix}{self.role.name}"

    def holds(self, *, on) -> bool:
        """Whether it holds on the day ``on``, the person's account aside."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def last_day_by(self, on) -> date:
        """Return the last day before ``on`` on which it held, for one that began before and no longer holds."""
        return min(self.ends_on or on, on - timedelta(days=1))

    def clean(self):
        if self.starts_on is None:
            return
        others = Appointment.objects.filter(user_id=self.user_id, role_id=self.role_id, unit_id=self.unit_id)
        others = others.exclude(pk=self.pk).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            others = others.filter(starts_on__lte=self.ends_on)
        if others.exists():
            raise ValidationError(
                "Orang ini sudah memegang peran itu di perangkat daerah tersebut pada masa yang sama."
            )


class AppointmentChange(models.Model):
    """A row of an appointment's ledger: who changed its last day from which to which, and when."""

    class Kind(models.TextChoices):
        END = "end", "Diakhiri"

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="changes", verbose_name="penugasan")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    ends_on_before = models.DateField("berlaku sampai, sebelumnya", null=True)
    ends_on = models.DateField("berlaku sampai, sekarang", null=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "riwayat penugasan"
        ordering = ["appointment", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_end_is_earlier",
                condition=~Q(kind="end")
                | Q(ends_on__isnull=False) & (Q(ends_on_before__isnull=True) | Q(ends_on__lt=F("ends_on_before"))),
            ),
            models.CheckConstraint(name="appointment_change_is_known", condition=Q(kind__in=["end"])),
        ]
        triggers = [
            kept(),
            never_emptied(),
            refuses(
                "change_starts_where_it_stands",
                "a ledger row starts where its appointment stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM organisation_appointment
                        WHERE id = NEW.appointment_id AND ends_on IS NOT DISTINCT FROM NEW.ends_on_before
                    )
                """,
            ),
            refuses(
                "change_moves_its_appointment",
                "a ledger row without its change",
                """
                    NOT EXISTS (
                        SELECT 1 FROM organisation_appointment appointment
                        WHERE id = NEW.appointment_id AND appointment.ends_on IS NOT DISTINCT FROM (
                            SELECT ends_on FROM organisation_appointmentchange
                            WHERE appointment_id = NEW.appointment_id ORDER BY id DESC LIMIT 1
                        )
                    )
                """,
                at_commit=True,
            ),
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
