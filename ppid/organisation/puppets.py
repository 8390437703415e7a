"""Accounts for which one person alone vouches: made and appointed by them on one day, confirmed by nobody else yet."""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from ppid.organisation.deciding import listed
from ppid.organisation.models import Appointment, PersonChange, User
from ppid.organisation.people_ledger import hands_of


def vouched_for_alone() -> dict[int, list[User]]:
    """Return, by the key of each maker, the people whom they made and appointed on one day and nobody confirmed."""
    confirmed = PersonChange.objects.filter(person=OuterRef("person"), kind=PersonChange.Kind.CONFIRMED)
    appointed = Appointment.objects.filter(user=OuterRef("person"), appointed_by=OuterRef("actor"))
    added = PersonChange.objects.filter(
        ~Exists(confirmed),
        Exists(appointed.filter(recorded_at__date=OuterRef("at__date"))),
        kind=PersonChange.Kind.ADDED,
    )
    found: dict[int, list[User]] = defaultdict(list)
    for row in added.select_related("person").order_by("pk"):
        found[row.actor_id].append(row.person)
    return found


def hands() -> dict[int, list[User]]:
    """Return, by the key of each, whose work counts as theirs besides their own, through however many accounts."""
    made = vouched_for_alone()
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
    """Return, in words that follow the maker's name, that what ``person`` did counts as the maker's."""
    return (
        f"membuat dan menugaskan pada hari yang sama akun {person.name}, yang {work} (akun itu belum dikonfirmasi "
        "pengelola orang yang lain)"
    )


def waits_for_confirmation(person: User) -> bool:
    """Whether a second keeper still has to confirm the account."""
    return any(person in people for people in vouched_for_alone().values())


def makers_of(person: User) -> set[int]:
    """Return who made the person's account or recorded an appointment of theirs, by their keys."""
    made = PersonChange.objects.filter(person=person, kind=PersonChange.Kind.ADDED, actor__isnull=False)
    appointed = Appointment.objects.filter(user=person, appointed_by__isnull=False)
    return set(made.values_list("actor", flat=True)) | set(appointed.values_list("appointed_by", flat=True))
