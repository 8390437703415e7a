"""What somebody did on what a case decides: nobody decides on their own work. Once in words, once in SQL.

Their work is a current document that they uploaded or answered for, a field of the description whose standing words
are theirs, the lembar uji that they filled in or confirmed as its participant, the content with which they opened the
case, and the step that prepares, taken or confirmed. What counts is what stands when it is decided, in whichever case
of the item it was written. The work of an account for which they alone vouch (``ppid.organisation.puppets``) is theirs
too.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Value

from ppid.flows.states import PREPARES, STEP_NUMBERS, ExclusionState, PublicationState
from ppid.flows.steps import Kind
from ppid.information.classification import FillingOfTest
from ppid.information.descriptions import DescriptionChange
from ppid.information.findings import FindingAnswer
from ppid.information.models import Information
from ppid.organisation.deciding import listed
from ppid.organisation.models import User
from ppid.organisation.people_ledger import hands_of
from ppid.organisation.puppets import count_for_makers

_PREPARING = {STEP_NUMBERS[PublicationState.PREPARING], STEP_NUMBERS[ExclusionState.TESTING]}
# What is written down with the item; its yes and no are there by themselves.
_WORDS = [name for name in Information.DESCRIPTION_FIELDS if name in ("title", *Information.DIP_FIELDS)]
_LABELS = {field.name: str(field.verbose_name) for field in Information._meta.concrete_fields}
_FILLED_IN = "mengisi lembar uji konsekuensi"
_CONFIRMED = "mengonfirmasi lembar uji konsekuensi sebagai pesertanya"


def worked_on(case: Any, user: User) -> str:
    """Return what the person did on what the case decides, in words that follow their name; "" when nothing."""
    return everybodys_work(case).get(user.pk, "")


def tested(case: Any, user: User) -> str:
    """Return what the person did in the consequence test, in words that follow their name; "" when nothing.

    Whoever tested doesn't adopt either, though opening, collecting and the decree's words may be theirs: the step that
    adopts carries out what others decided on the test.
    """
    return everybody_who_tested(case).get(user.pk, "")


def everybody_who_tested(case: Any) -> dict[int, str]:
    """Return what each person did in the consequence test, by their key; queries don't grow with the people."""
    found: dict[int, list[str]] = defaultdict(list)
    _took_the_step(case, found)
    _filled_in(case, found)
    count_for_makers(found)
    return {person: listed(words) for person, words in found.items()}


def everybodys_work(case: Any) -> dict[int, str]:
    """Return what each person did on what the case decides, by their key; queries don't grow with the people."""
    found: dict[int, list[str]] = defaultdict(list)
    _opened_with_content(case, found)
    _uploaded(case, found)
    _answered(case, found)
    _described(case, found)
    _filled_in(case, found)
    _took_the_step(case, found)
    count_for_makers(found)
    return {person: listed(words) for person, words in found.items()}


def _opened_with_content(case: Any, found: dict[int, list[str]]) -> None:
    item, opener = case.information, case.opened_by_id
    if opener is None:
        return
    wrote_it_down = (item.created_by_id, item.created_at) == (opener, case.opened_at)
    came_along = item.documents.content().filter(uploaded_by=opener, uploaded_at=case.opened_at)
    if wrote_it_down or came_along.exists():
        found[opener].append("membuka proses ini beserta isinya")


def _uploaded(case: Any, found: dict[int, list[str]]) -> None:
    titles: dict[int, list[str]] = defaultdict(list)
    for document in case.content:
        titles[document.uploaded_by_id].append(f"«{document.title}»")
    for person, theirs in titles.items():
        more = [f"{len(theirs) - 2} dokumen lain"] if len(theirs) > 2 else []
        found[person].append(f"mengunggah {listed([*theirs[:2], *more])}")


def _answered(case: Any, found: dict[int, list[str]]) -> None:
    answers = FindingAnswer.objects.filter(finding__reading__document__in=case.content)
    for person in answers.order_by("actor").values_list("actor", flat=True).distinct():
        found[person].append("menjawab temuan pada dokumennya")


def _described(case: Any, found: dict[int, list[str]]) -> None:
    item = case.information
    lines = DescriptionChange.objects.standing().filter(information=item.pk)
    authors = dict(lines.values_list("field", "author"))
    authors |= {name: item.created_by_id for name in _WORDS if name not in authors and getattr(item, name)}
    names: dict[int, list[str]] = defaultdict(list)
    for name in Information.DESCRIPTION_FIELDS:
        if name in authors:
            names[authors[name]].append(_LABELS[name])
    for person, theirs in names.items():
        more = ["isian lain"] if len(theirs) > 3 else []
        found[person].append(f"menulis {listed([*theirs[:3], *more])}")


def _filled_in(case: Any, found: dict[int, list[str]]) -> None:
    if case.exclusion_id is None:
        return
    filled_in = FillingOfTest.objects.filter(exclusion=case.exclusion_id).order_by()
    # Whoever signed by taking the step is named for the step.
    took_part = case.participant_confirmations.filter(by_step=False).order_by()
    by_person = filled_in.values_list("filled_by", Value(_FILLED_IN))
    for person, words in sorted(by_person.union(took_part.values_list("actor", Value(_CONFIRMED)))):
        found[person].append(words)


def _took_the_step(case: Any, found: dict[int, list[str]]) -> None:
    row = case.row_of(PREPARES[case.flow])
    took = {r.actor_id for r in case.records.all() if r.kind == Kind.STEP and r.key == PREPARES[case.flow]}
    for person in took:
        found[person].append(f"mengerjakan langkah {row.number}")
    if len(row.columns) < 2:
        return  # nobody's part alone, so nobody has confirmed one
    confirmed = set(case.all_confirmations.filter(step=row.number).values_list("actor", flat=True)) - took
    for person in confirmed:
        found[person].append(f"ikut mengerjakan langkah {row.number}")


def _texts(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in values)


_TOOK_THE_STEP = f"""
    EXISTS (
        SELECT 1 FROM flows_steprecord taken
        WHERE taken.case_id = c.id AND taken.kind = 'step' AND taken.key IN ({_texts(PREPARES.values())})
          AND taken.actor_id = {{who}}
    ) OR EXISTS (
        SELECT 1 FROM flows_confirmation part
        JOIN sop_activity row ON row.version_id = c.sop_version_id AND row.number = part.step
        WHERE part.case_id = c.id AND part.actor_id = {{who}}
          AND row.carries && ARRAY[{", ".join(map(str, _PREPARING))}]::smallint[]
    ) OR EXISTS (
        SELECT 1 FROM information_fillingoftest filling
        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_by_id = {{who}}
    ) OR EXISTS (
        SELECT 1 FROM flows_participantconfirmation took_part
        WHERE took_part.case_id = c.id AND took_part.actor_id = {{who}}
    )
"""  # noqa: S608 - words of this house
_OWN_WORK = f"""
    {_TOOK_THE_STEP} OR EXISTS (
        SELECT 1 FROM information_document document
        LEFT JOIN information_document newer ON newer.replaces_id = document.id
        WHERE document.information_id = item.id AND document.purpose = 'content' AND document.removed_at IS NULL
          AND newer.id IS NULL AND (document.uploaded_by_id = {{who}} OR EXISTS (
              SELECT 1 FROM information_findinganswer answer
              JOIN information_finding finding ON finding.id = answer.finding_id
              JOIN information_documentreading reading ON reading.id = finding.reading_id
              WHERE reading.document_id = document.id AND answer.actor_id = {{who}}
          ))
    ) OR EXISTS (
        SELECT 1 FROM information_descriptionchange line
        WHERE line.information_id = item.id AND line.author_id = {{who}} AND NOT EXISTS (
            SELECT 1 FROM information_descriptionchange newer
            WHERE newer.information_id = item.id AND newer.field = line.field AND newer.id > line.id
        )
    ) OR item.created_by_id = {{who}} AND EXISTS (
        SELECT 1 FROM unnest(ARRAY[{_texts(_WORDS)}]) name
        WHERE COALESCE(to_jsonb(item)->>name, '') <> '' AND NOT EXISTS (
            SELECT 1 FROM information_descriptionchange line WHERE line.information_id = item.id AND line.field = name
        )
    ) OR c.opened_by_id = {{who}} AND (
        item.created_by_id = c.opened_by_id AND item.created_at = c.opened_at OR EXISTS (
            SELECT 1 FROM information_document document
            WHERE document.information_id = item.id AND document.purpose = 'content'
              AND document.uploaded_by_id = c.opened_by_id AND document.uploaded_at = c.opened_at
        )
    )
"""  # noqa: S608 - words of this house


def own_work(case: str, who: str, *, of_the_test: bool = False) -> str:
    """Return SQL that says whether ``who`` worked on what the case decides, or in its test alone (both are SQL)."""
    work = (_TOOK_THE_STEP if of_the_test else _OWN_WORK).format(who="hand.id")
    return f"""EXISTS (
        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id
        CROSS JOIN {hands_of(who)} hand
        WHERE c.id = {case} AND ({work})
    )"""  # noqa: S608 - words of this house
