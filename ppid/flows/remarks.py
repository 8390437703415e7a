"""What is said about a case without moving it: questions, answers, notes, reminders. A ledger; ``questions`` writes it.

A question is asked of a role, or of a person in a role, and waits until a row closes it: its answer, or its asker's
taking it back. Officers alone read any of it.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ppid.chain.triggers import chained
from ppid.flows.knowing import in_force_in_sql, knows_in_sql
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.unit_history import keeps_the_name_of_its_day
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

LONGEST = 4000  # letters

_DAY = local_day("NEW.at")


class RemarkQuerySet(models.QuerySet):
    def questions(self):
        return self.filter(kind=Remark.Kind.QUESTION)

    def reminders(self, *, on):
        """Keep by which whoever a case waits for was reminded on the day ``on``, where it stands now."""
        return self.filter(kind=Remark.Kind.REMINDER, at__date=on, moves=F("case__moves"))

    def open(self):
        """Keep the questions that nobody has answered and that their asker has not taken back."""
        return self.questions().filter(~Exists(Remark.objects.filter(question=OuterRef("pk"))))


class Remark(models.Model):
    """A row of what was said about a case, while it stood at ``moves``.

    ``asked_role`` and, where one person is meant, ``asked`` are whose answer a question wants, or whom a reminder
    reminds; ``asked_name`` and ``asked_as`` what they were called that day. ``question`` is what an answer, or a
    taking back, closes.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "Pertanyaan"
        ANSWER = "answer", "Jawaban"
        TAKEN_BACK = "taken_back", "Pertanyaan ditarik"
        NOTE = "note", "Catatan"
        REMINDER = "reminder", "Pengingat"

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="remarks")
    moves = models.PositiveIntegerField("jumlah gerak")
    step = models.PositiveSmallIntegerField("langkah", null=True)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    question = models.ForeignKey("self", models.PROTECT, null=True, related_name="closing", verbose_name="pertanyaan")
    text = models.CharField("isi", max_length=LONGEST, blank=True)
    asked_role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+", verbose_name="kepada peran")
    asked = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="kepada")
    asked_name = models.CharField("nama yang ditanya", max_length=150, blank=True)
    asked_as = models.CharField("peran yang ditanya", max_length=200, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="untuk perangkat daerah")
    unit_name = models.CharField("nama perangkat daerah", max_length=200, editable=False)
    unit_short_name = models.CharField("nama pendek perangkat daerah", max_length=60, editable=False)
    at = models.DateTimeField("pada")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan dan catatan"
        ordering = ["case", "pk"]
        indexes = [models.Index(fields=["asked_role", "case"], name="remark_asks", condition=Q(kind="question"))]
        constraints = [
            models.UniqueConstraint(fields=["question"], name="question_closed_once"),
            models.CheckConstraint(
                name="remark_says_whom_it_asks_and_what_it_closes",
                condition=Q(kind__in=["question", "reminder"], asked_role__isnull=False, question__isnull=True)
                | Q(kind__in=["answer", "taken_back"], asked_role__isnull=True, question__isnull=False)
                | Q(kind="note", asked_role__isnull=True, question__isnull=True),
            ),
            models.CheckConstraint(name="remark_says_something", condition=Q(kind="taken_back") | ~Q(text="")),
            models.CheckConstraint(
                name="a_person_is_asked_in_a_role",
                condition=Q(asked__isnull=True, asked_name="")
                | Q(asked__isnull=False, asked_role__isnull=False) & ~Q(asked_name=""),
            ),
        ]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            keeps_the_name_of_its_day("NEW.unit_id", {"unit_name": "name", "unit_short_name": "short_name"}),
            refuses(
                "remark_is_of_who_may_know",
                "who speaks about a case holds an office for it and may know of it",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN organisation_appointment held ON held.id = NEW.appointment_id
                        JOIN organisation_role role ON role.id = held.role_id
                        WHERE c.id = NEW.case_id AND c.unit_id = NEW.unit_id AND c.moves = NEW.moves
                          AND c.step IS NOT DISTINCT FROM NEW.step AND held.user_id = NEW.actor_id
                          AND {in_force_in_sql("held", _DAY)} AND (role.scope = 'city' OR held.unit_id = c.unit_id)
                          AND {knows_in_sql("role", _DAY)}
                    )
                """,  # noqa: S608 - names of this house
            ),
            refuses(
                "who_is_asked_may_know",
                "who is asked about a case holds an office for it and may know of it",
                f"""
                    NEW.asked_role_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN organisation_role role ON role.id = NEW.asked_role_id
                        JOIN organisation_appointment held ON held.role_id = role.id
                        WHERE c.id = NEW.case_id AND (NEW.asked_id IS NULL OR held.user_id = NEW.asked_id)
                          AND {in_force_in_sql("held", _DAY)} AND (role.scope = 'city' OR held.unit_id = c.unit_id)
                          AND {knows_in_sql("role", _DAY)}
                    )
                """,  # noqa: S608 - names of this house
            ),
            refuses(
                "a_question_is_closed_by_whose_it_is",
                "a question is answered by whom it asks, and taken back by who asked it",
                f"""
                    NEW.question_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_remark q
                        JOIN flows_case c ON c.id = q.case_id
                        JOIN organisation_appointment mine ON mine.id = NEW.appointment_id
                        WHERE q.id = NEW.question_id AND q.kind = 'question' AND q.case_id = NEW.case_id AND (
                            NEW.kind = 'taken_back' AND q.actor_id = NEW.actor_id
                            OR NEW.kind = 'answer' AND q.actor_id <> NEW.actor_id
                            AND mine.role_id = q.asked_role_id AND (
                                q.asked_id IS NULL OR q.asked_id = NEW.actor_id OR mine.kind = 'plh'
                                OR NOT EXISTS (
                                    SELECT 1 FROM organisation_appointment held
                                    JOIN organisation_role role ON role.id = held.role_id
                                    JOIN organisation_user person ON person.id = held.user_id AND person.is_active
                                    WHERE held.user_id = q.asked_id AND held.role_id = q.asked_role_id
                                      AND {in_force_in_sql("held", _DAY)}
                                      AND (role.scope = 'city' OR held.unit_id = c.unit_id)
                                )
                            )
                        )
                    )
                """,  # noqa: S608 - names of this house
            ),
            refuses(
                "reminded_once_a_day",
                "whoever is waited for is reminded once a day",
                f"""
                    NEW.kind = 'reminder' AND EXISTS (
                        SELECT 1 FROM flows_remark other WHERE other.case_id = NEW.case_id AND other.kind = 'reminder'
                          AND other.moves = NEW.moves AND {local_day("other.at")} = {_DAY}
                    )
                """,  # noqa: S608 - names of this house
            ),
            refuses(
                "nobody_asks_themselves",
                "nobody asks themselves",
                "NEW.kind = 'question' AND NEW.asked_id IS NOT DISTINCT FROM NEW.actor_id",
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.get_kind_display()}"

    @property
    def asked_of(self) -> str:
        """Whom it asks: «name, role»."""
        return ", ".join(filter(None, [self.asked_name, self.asked_as]))
