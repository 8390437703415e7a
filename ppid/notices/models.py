"""What is kept of news: the notice of a person and an event, what was sent of it where, and a person's switches."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ppid.notices.kinds import DIGEST, HOW_LABELS, KINDS, SWITCHED, How
from ppid.notices.secret import secret_cases_in_sql
from ppid.triggers import local_day, refuses

MAIL, WEBHOOK = "mail", "webhook"
CHANNELS = (MAIL, WEBHOOK)
_ORDINALS = {2: "kedua", 3: "ketiga", 4: "keempat", 5: "kelima", 6: "keenam", 7: "ketujuh"}

# A row of each channel for each notice, and one job that sends them: they stand or fall with the notice.
_ASKS_TO_SEND = """
    INSERT INTO notices_dispatch (notice_id, channel, stage, tries, because, token)
    SELECT news.id, asked.channel, 'waiting', 0, '', gen_random_uuid()
    FROM told news CROSS JOIN unnest(news.channels) AS asked(channel);
    IF FOUND THEN
        INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'ppid.notices.tasks.send');
    END IF;
    RETURN NULL;
"""
_ITEM = "substring(NEW.about FROM '^item:([0-9]+)$')::bigint"  # a number: so the cases' index leads to it
_SECRET_CASES = secret_cases_in_sql(f"s.information_id = {_ITEM}", local_day("NEW.at"))
_OF_WHAT_IS_SECRET = f"NOT NEW.is_secret AND NEW.about <> '' AND EXISTS (SELECT 1 FROM {_SECRET_CASES})"  # noqa: S608


class NoticeQuerySet(models.QuerySet):
    def news_of(self, person):
        """Keep what the person is told at the desk, the newest first; a digest is a mail only."""
        return self.filter(person=person).exclude(kind=DIGEST).order_by("-at", "-pk")

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A person is told of an event, once: ``event`` says what happened and is unique with the person.

    ``facts`` are pairs of a word and what it is; ``url`` leads to the place at the desk. What ``is_secret`` bears no
    words of its item, only its number. ``about`` names the item: its notices are sealed when it becomes secret.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    event = models.CharField("kejadian", max_length=160)
    kind = models.CharField("jenis", max_length=24)
    at = models.DateTimeField("terjadi pada")
    number = models.CharField("nomor", max_length=40, blank=True)
    title = models.CharField("judul", max_length=500, blank=True)
    facts = models.JSONField("keterangan", default=list)
    url = models.CharField("alamat di meja", max_length=300)
    due_at = models.DateTimeField("tenggat", null=True)
    nth = models.PositiveSmallIntegerField("keberapa kali", default=1)
    is_urgent = models.BooleanField("mendesak", default=False)
    is_secret = models.BooleanField("rahasia", default=False)
    about = models.CharField("tentang", max_length=40, blank=True)
    channels = ArrayField(models.CharField(max_length=10), verbose_name="dikirim lewat", default=list)
    read_at = models.DateTimeField("dibaca pada", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "kabar"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_of_a_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["event"], name="notice_of_an_event"),
            models.Index(fields=["about"], name="notice_about", condition=~Q(about="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="one_notice_for_a_person_and_an_event"),
            models.CheckConstraint(name="kind_of_news_is_known", condition=Q(kind__in=sorted(KINDS))),
            models.CheckConstraint(
                name="what_is_secret_is_a_number_only", condition=Q(is_secret=False) | Q(title="", facts=[])
            ),
            models.CheckConstraint(
                name="notice_leads_to_the_desk", condition=Q(url__startswith="/meja/") & ~Q(event="")
            ),
        ]
        triggers = [
            refuses("secret_is_told_as_secret", "what is excluded is told by its number alone", _OF_WHAT_IS_SECRET),
            refuses(
                "notice_is_sealed_never_rewritten",
                "a notice stays as it was told, but for what is taken out of it",
                "NEW.title <> OLD.title AND NOT NEW.is_secret OR NEW.facts <> OLD.facts AND NOT NEW.is_secret "
                "OR OLD.is_secret AND NOT NEW.is_secret",
                on=pgtrigger.Update,
            ),
            pgtrigger.ReadOnly(name="notice_stays", exclude=["title", "facts", "is_secret", "read_at"]),
            pgtrigger.Trigger(
                name="asks_to_be_sent",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="told"),
                func=_ASKS_TO_SEND,
            ),
        ]

    def __str__(self):
        return f"{self.event} → {self.person_id}"

    @property
    def about_kind(self):
        return KINDS[self.kind]

    @property
    def opens(self) -> str:
        """How it begins: «Menunggu Anda, untuk kedua kalinya»."""
        times = _ORDINALS.get(self.nth, f"yang ke-{self.nth}")
        return f"{self.about_kind.opens}, untuk {times} kalinya" if self.nth > 1 else self.about_kind.opens

    @property
    def said(self) -> str:
        """What it is about: the title, or of what is secret that there is something."""
        return self.title or ("Informasi yang dibatasi" if self.number else self.about_kind.label)


class DispatchQuerySet(models.QuerySet):
    def unsent(self):
        """Keep what a person has to look at: it failed, or nobody knows its outcome."""
        return self.filter(stage__in=["failed", "unknown"])


class Dispatch(models.Model):
    """A notice goes one way, by mail or to the office's gateway, once.

    ``stage`` moves under a lock before and after the sending: what is ``sending`` while nobody sends has an outcome
    that nobody knows, and is never sent again by itself. ``next_at`` is when a failed try is repeated, ``because`` says
    in words why it failed or was left out, and by ``token`` the receiving side knows it.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        SENDING = "sending", "Sedang dikirim"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Gagal"
        UNKNOWN = "unknown", "Tidak diketahui"
        DIGEST = "digest", "Untuk ringkasan"
        SKIPPED = "skipped", "Tidak dikirim"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="dispatches")
    channel = models.CharField("lewat", max_length=10)
    stage = models.CharField("keadaan", max_length=10, choices=Stage, default=Stage.WAITING)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    because = models.CharField("sebab", max_length=300, blank=True)
    next_at = models.DateTimeField("dicoba lagi mulai", null=True)
    tried_at = models.DateTimeField("dicoba pada", null=True)
    sent_at = models.DateTimeField("terkirim pada", null=True)
    token = models.UUIDField(unique=True)
    again_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["next_at", "id"], name="dispatch_waiting", condition=Q(stage="waiting")),
            models.Index(
                fields=["id"], name="dispatch_unsent", condition=Q(stage__in=["sending", "failed", "unknown"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="a_notice_goes_each_way_once"),
            models.CheckConstraint(name="channel_is_known", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="dispatch_stage_is_known",
                condition=Q(
                    stage__in=["waiting", "sending", "sent", "failed", "unknown", "digest", "skipped"],
                ),
            ),
            models.CheckConstraint(
                name="what_was_sent_has_its_moment",
                condition=Q(stage="sent", sent_at__isnull=False) | ~Q(stage="sent") & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="what_was_not_sent_says_why",
                condition=~Q(stage__in=["failed", "unknown", "skipped"]) | ~Q(because=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="dispatch_moves",
                field="stage",
                transitions=[
                    ("waiting", "sending"),
                    ("waiting", "digest"),
                    ("waiting", "skipped"),
                    ("sending", "sent"),
                    ("sending", "waiting"),
                    ("sending", "failed"),
                    ("sending", "unknown"),
                    ("sending", "skipped"),
                    ("digest", "skipped"),
                    ("failed", "waiting"),
                    ("unknown", "waiting"),
                ],
            ),
            pgtrigger.ReadOnly(name="dispatch_stays", fields=["notice", "channel", "token"]),
            refuses(
                "only_a_person_sends_again",
                "what failed, or whose outcome nobody knows, is sent again by a person alone",
                "OLD.stage IN ('failed', 'unknown') AND NEW.stage = 'waiting' AND NEW.again_by_id IS NULL",
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"{self.notice_id} {self.channel}: {self.stage}"


class Switch(models.Model):
    """A person says how they are told of a kind of news; without a row the kind's own way holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="switches")
    kind = models.CharField("jenis", max_length=24)
    how = models.CharField("cara", max_length=10, choices=[(str(how), HOW_LABELS[how]) for how in How])

    class Meta:
        verbose_name = "pilihan kabar"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_switch_for_a_person_and_a_kind"),
            models.CheckConstraint(
                name="switch_is_known",
                condition=Q(kind__in=sorted(kind.key for kind in SWITCHED)) & Q(how__in=sorted(How)),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.kind}: {self.how}"


class RefusedAddress(models.Model):
    """The address of a person that refused a mail, or from which mails came back: nothing more is sent there.

    It holds for that address alone, until the person has another one or somebody sends again.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="refused_address")
    address = models.EmailField("surel")
    because = models.CharField("sebab", max_length=300)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "alamat yang menolak"
        constraints = [models.CheckConstraint(name="refused_address_says_why", condition=~Q(because=""))]

    def __str__(self):
        return self.address


class CalendarKey(models.Model):
    """The secret address of a person's due dates as ``.ics``, kept as a hash alone; one at a time, revocable."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_keys")
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("dibuat pada")
    revoked_at = models.DateTimeField("dicabut pada", null=True)

    class Meta:
        verbose_name = "alamat kalender"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="one_calendar_address_a_person"
            ),
            models.CheckConstraint(name="calendar_key_is_a_hash", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="calendar_key_ends_after_it_was_made",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="revoked_calendar_key_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
            pgtrigger.ReadOnly(name="calendar_key_stays", exclude=["revoked_at"]),
        ]

    def __str__(self):
        return f"{self.person_id} {self.made_at:%Y-%m-%d}"
