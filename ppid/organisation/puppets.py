"""Accounts for which one person alone vouches, and could act as: their work counts as that person's, too.

They made and appointed the account on one day, or gave it its latest first password; nobody else confirmed it since.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from ppid.organisation.deciding import listed
from ppid.organisation.models import Appointment, PersonChange, Role, User
from ppid.organisation.people_ledger import hands_of

_Kind = PersonChange.Kind


def vouched_for_alone() -> QuerySet[PersonChange]:
    """Keep the rows of the ledger by which their actor alone vouches for their person until now."""
    later = PersonChange.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    anew = later.filter(kind=_Kind.PASSWORD).exclude(actor=F("person"))
    appointed = Appointment.objects.filter(user=OuterRef("person"), appointed_by=OuterRef("actor"))
    made = Q(Exists(appointed.filter(recorded_at__date=OuterRef("at__date"))), kind=_Kind.ADDED)
    given = Q(~Exists(anew), kind=_Kind.PASSWORD)
    rows = PersonChange.objects.filter(made | given, ~Exists(later.filter(kind=_Kind.CONFIRMED)), actor__isnull=False)
    return rows.exclude(actor=F("person")).order_by("pk")


def to_be_confirmed(*, on: date) -> QuerySet[PersonChange]:
    """Keep those of them that a second keeper should look at: where who gave a password decides anything themselves."""
    decides = Appointment.objects.in_force(on=on).exclude(role__scope=Role.Scope.OFFICE)
    rows = vouched_for_alone().filter(Q(kind=_Kind.ADDED) | Exists(decides.filter(user=OuterRef("actor"))))
    return rows.select_related("person")


def hands() -> dict[int, list[User]]:
    """Return, by the key of each, whose work counts as theirs besides their own, through however many accounts."""
    made: dict[int, list[User]] = defaultdict(list)
    for row in vouched_for_alone().select_related("person"):
        row.person.vouched_for_by = row.kind
        made[row.actor_id].append(row.person)
    found: dict[int, list[User]] = {}
    for maker in list(made):
        reached: dict[int, User] = {}
        left = list(made[maker])
        while left:
            person = left.pop()
            if person.pk not in reached and person.pk != maker:
                reached[person.pk] = person
                left += made.get(person.pk, [])
        found[maker] = list(reached.values())
    return found


def in_hands_of(user: User) -> RawSQL:
    """Return SQL for whose work counts as the person's, for a filter: their own, and of those accounts."""
    return RawSQL(f"SELECT hand.id FROM {hands_of('%s')} hand", [user.pk])  # noqa: S608, S611 - words of this house


def count_for_makers(found: dict[int, list[str]]) -> None:
    """Count in ``found``, what each person did, the work of accounts for which one alone vouches as that one's."""
    if not found:
        return
    own = {person: list(words) for person, words in found.items()}
    for maker, people in hands().items():
        if theirs := [through(person, listed(own[person.pk])) for person in people if person.pk in own]:
            found.setdefault(maker, []).extend(theirs)


def work_of(user: User, own: Callable[[User], str]) -> str:
    """Return what the person did, in words that follow their name; ``own`` says what each did themselves, or "".

    The work of an account for which they alone vouch is theirs, too.
    """
    others = [through(each, work) for each in hands().get(user.pk, ()) if (work := own(each))]
    return listed([work for work in (own(user), *others) if work])


def through(person: User, work: str) -> str:
    """Return, in words that follow the other's name, that what ``person`` (of ``hands``) did counts as the other's."""
    if person.vouched_for_by == _Kind.PASSWORD:
        return (
            f"memberi kata sandi terakhir untuk akun {person.name}, yang {work} (sesudah itu akun tersebut belum "
            "dikonfirmasi pengelola orang yang lain)"
        )
    return (
        f"membuat dan menugaskan pada hari yang sama akun {person.name}, yang {work} (akun itu belum dikonfirmasi "
        "pengelola orang yang lain)"
    )


def waits_for_confirmation(person: User) -> bool:
    """Whether a second keeper still has to confirm the account."""
    return vouched_for_alone().filter(person=person).exists()


def who_may_not_confirm(person: User) -> dict[int, str]:
    """Return, by their keys, who is no second keeper of the account, each with why: words after their name."""
    rows = vouched_for_alone().filter(person=person)
    given = {row.actor_id: "memberi kata sandinya yang terakhir" for row in rows if row.kind == _Kind.PASSWORD}
    made = PersonChange.objects.filter(person=person, kind=_Kind.ADDED, actor__isnull=False)
    barred = given | dict.fromkeys(made.values_list("actor", flat=True), "membuat akunnya")
    if any(row.kind == _Kind.ADDED for row in rows):
        appointed = Appointment.objects.filter(user=person, appointed_by__isnull=False)
        barred |= dict.fromkeys(appointed.values_list("appointed_by", flat=True), "mencatat penugasannya")
    return barred
