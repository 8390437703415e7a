"""What the flows put on the shelf and take off it, each inside the transaction of its step."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ppid.content_store import BytesLost
from ppid.flows.dik import continues, dik_entry
from ppid.flows.life import Withdrawal
from ppid.flows.models import Case
from ppid.flows.passport import passport
from ppid.flows.reopened import Ground, lapse, open_up, standing_case
from ppid.flows.scanned import refuse_unscanned
from ppid.flows.steps import Kind, StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.documents import private_store
from ppid.information.models import Document, Exclusion, Information
from ppid.scanning import verdicts
from ppid.shelf import actions as shelf
from ppid.shelf.models import Category, PublishedItem, Tombstone
from ppid.showing import tasks as showing
from ppid.worktime.calendar import calendar
from sop.models import SopVersion


def publish(case: Case) -> None:
    """Put the item on the shelf with the documents that step 4 approved, in the place of what was announced first."""
    if case.published_first_at is None:
        return _put(case, case.approved_documents, published_at=case.act.at)
    first = case.records.get(kind=Kind.FIRST_PUBLICATION)
    was_bound = set(first.evidence.filter(part="approved").values_list("document", flat=True))
    is_same = was_bound == {document.pk for document in case.approved_documents}
    is_same = is_same and case.approval is not None and case.approval.approved == first.approved
    published_at = case.published_first_at if is_same else case.act.at
    # As it was told: the row that publishes may carry other steps before it, and has no due date any more.
    by = PublishedItem.objects.filter(number=case.information.number).values_list("follow_by", flat=True).first()
    documents, at = case.approved_documents, case.act.at
    return _put(case, documents, published_at=published_at, continues=is_same, follow_by=by, followed_at=at)


def publish_first(case: Case) -> None:
    """Put the item on the shelf as it stands now, before the rows of its sheet are taken."""
    _put(case, case.content, published_at=case.act.at)


def take_over(case: Case) -> None:
    """Put the item on the shelf as the list said it that was signed elsewhere."""
    _put(case, case.content, published_at=case.act.at)


def follow(case: Case) -> None:
    """Tell the public which rows of the sheet still follow what was announced first, and until when."""
    if case.step is not None and case.due_at is not None:
        last = case.row_of("publish").number
        shelf.follow(case.information.number, first=case.step, last=last, by=case.due_at)


def tell(case: Case) -> None:
    """Tell the public which rows of the sheet the item has gone through by now."""
    shelf.tell(case.information.number, passport=passport(case))


def take_off(case: Case, *, reason: str) -> None:
    """Take what was announced first off the shelf, with a reason that the public reads."""
    shelf.withdraw(case.information.number, reason=reason, at=case.act.at)


def _put(
    case: Case,
    documents: Sequence[Document],
    *,
    published_at: datetime,
    continues: bool = False,
    **followed: datetime | None,
) -> None:
    # Whether a file waits for the virus scanner or is held is asked along: publishing asks the database often enough.
    stopped = verdicts.any_stopped([document.sha256 for document in documents])
    sheets = SopVersion.objects.select_related("sop__unit").annotate(a_file_is_stopped=stopped)
    case.sop_version = sheets.get(pk=case.sop_version_id)
    if case.sop_version.a_file_is_stopped:
        refuse_unscanned(documents)
    item, files = as_shelved(case, documents, published_at=published_at, **followed)
    item.lead_days = None if case.is_taken_over else _lead_days(case, published_at)
    try:
        shelf.put(item, files, continues=continues)
        showing.ask()
    except BytesLost as lost:
        titles = " dan ".join(f"«{file.title}»" for file in files if file.sha256 == lost.sha256)
        if case.announces_first or case.is_taken_over:
            raise StepUnmet(
                f"Berkas {titles} hilang atau rusak di tempat penyimpanan, jadi tidak ada yang diumumkan. Minta "
                "petugas TI memulihkannya dari cadangan, atau ganti dokumen itu dengan berkas yang benar.",
            ) from lost
        rows = case.rows_in_words
        raise StepUnmet(
            f"Berkas {titles} yang disetujui pada langkah {rows['decides']} hilang atau rusak di tempat penyimpanan, "
            "jadi tidak ada yang diumumkan. Minta petugas TI memulihkannya dari cadangan, atau ganti dokumen itu "
            f"dengan berkas yang benar: prosesnya kembali ke langkah {rows['prepares']}."
        ) from lost


def _lead_days(case: Case, published_at: datetime) -> int:
    """Return the working days from the opening to the publication, the day of the opening not counted.

    By the calendar of the day of publication: no later change of it rewrites what the public was told.
    """
    opened, published = timezone.localdate(case.opened_at), timezone.localdate(published_at)
    return calendar(since=case.opened_at).working_days_between(opened, published)


def as_shelved(
    case: Case, documents: Sequence[Document], *, published_at: datetime, **followed: datetime | None
) -> tuple[PublishedItem, list[shelf.ApprovedFile]]:
    """Return what the shelf would hold of the item with these documents; nothing is written.

    What is put there is this, and what is shown before it is decided is this too. Fetch the case with its
    ``sop_version__sop__unit``.
    """
    information = case.information
    sheet, store = case.sop_version, private_store()
    files = [
        shelf.ApprovedFile(
            key=document.address_key,
            title=document.title,
            filename=document.filename,
            media_type=document.media_type,
            size=document.size,
            sha256=document.sha256,
            source=store,
        )
        for document in documents
    ]
    was_urgent = case.is_urgent or case.published_first_at is not None
    item = PublishedItem(
        number=information.number,
        title=information.title,
        summary=information.summary,
        category=information.category,
        unit_code=information.unit.code,
        unit_name=information.unit.name,
        responsible=information.responsible,
        made_place=information.made_place,
        made_when=information.made_when,
        made_from=information.made_from,
        made_to=information.made_to,
        has_softcopy=information.has_softcopy,
        has_hardcopy=information.has_hardcopy,
        on_request=information.on_request,
        retention=information.retention,
        rhythm=information.rhythm if information.category == Category.PERIODIC else None,
        published_at=published_at,
        opened_at=case.opened_at if was_urgent else None,
        urgent_since=case.urgent_since if was_urgent else None,
        first_published_at=case.published_first_at,
        **followed,
        passport=passport(case),
        sop_slug=sheet.sop.slug,
        sop_number=sheet.number,
        sop_version=sheet.version,
        sop_title=sheet.sop.title,
        sop_unit=sheet.sop.unit.name,
    )
    return item, files


def retract(case: Case) -> None:
    """Take the item off the shelf; the reason becomes public on its tombstone, and what replaced it."""
    why = case.act.inputs.get("why", Tombstone.Why.WITHDRAWN)
    successor = case.act.inputs.get("successor", "") if why == Tombstone.Why.REPLACED else ""
    try:
        shelf.withdraw(
            case.information.number, reason=case.act.note.strip(), at=case.act.at, why=why, successor=successor
        )
    except shelf.NotOnShelf as gone:
        sentence = f"Informasi {successor} baru saja turun dari portal. Pilih penggantinya lagi."
        raise StepUnmet(sentence, fields=["successor"]) from gone
    record = case.records.get(sequence=case.moves + 1)
    replaced_by = Information.objects.get(number=successor) if successor else None
    Withdrawal.objects.create(record=record, why=why, successor=replaced_by)


def correct(information: Information, *, note: str, changes: list[list[str]], at: datetime) -> None:
    """Show the item's words as they are now, with the note of the correction and the former words."""
    words = {name: getattr(information, name) for name in (*Information.DESCRIPTION_FIELDS, "made_from", "made_to")}
    item = PublishedItem.objects.get(number=information.number)
    if item.category == Category.PERIODIC:
        since = item.confirmed_on or timezone.localdate(item.published_at)
        words["renew_by"] = shelf.renewal_day(since, information.rhythm)
    else:
        words["rhythm"] = None
    correction = {"on": timezone.localdate(at).isoformat(), "note": note, "changes": changes}
    shelf.correct(information.number, words=words, correction=correction)


def exclude(case: Case, test: ConsequenceTest, decree: ClassificationDecree) -> None:
    """Adopt the exclusion: in force from now, on the DIK, and off the shelf if the item was public."""
    information, at = case.information, case.act.at
    extended = _continue_or_lapse(case)
    Exclusion.objects.filter(pk=test.exclusion_id).update(ends_on=test.ends_on, adopted_at=at)
    shelf.put_dik(dik_entry(case, test, decree, adopted_at=at, continues=extended))
    whole = test.conclusion == test.Conclusion.WHOLE
    reason = (
        f"{'Seluruh' if whole else 'Sebagian'} isinya ditutup menurut {test.legal_basis}, "
        f"dengan surat penetapan nomor {decree.number}."
    )
    called, ends_on = test.public_description, test.ends_on
    shelf.exclude(information.number, called=called, reason=reason, at=at, ends_on=ends_on, dik=case.number)


def show_on_dik(case: Case, test: ConsequenceTest) -> None:
    """Show the exclusion in force on the DIK, and on the item's tombstone, in the words that it has now."""
    exclusion = test.exclusion
    if exclusion.adopted_at is None:
        raise StepUnmet("Pengecualian ini belum ditetapkan, jadi tidak tercantum dalam DIK.")
    entry = dik_entry(
        case,
        test,
        exclusion.decree,
        adopted_at=exclusion.adopted_at,
        continues=continues(case),
        amended=list(case.amendments.approved()),
    )
    shelf.put_dik(entry)
    shelf.call(case.information.number, entry.information)


def open_after_test(case: Case) -> None:
    """Open what an earlier exclusion of the item closed, because the test of this case says «terbuka»."""
    at, standing = case.act.at, standing_case(case.information_id)
    if standing is not None and not lapse([standing], at=at):
        open_up(standing, Ground.NEW_TEST, at=at, by_case=case)


def _continue_or_lapse(case: Case) -> str:
    """Let this exclusion continue the one in force for the item; one whose term is over has lapsed, and is no more.

    Returns the number of what it continues; "" when there is nothing.
    """
    standing = standing_case(case.information_id)
    if standing is None or lapse([standing], at=case.act.at):
        return ""
    Exclusion.objects.filter(case=standing).update(continued_by=case.exclusion_id)
    shelf.drop_dik(standing.number)
    return standing.number
