"""Whether the shelf shows just what the desk made public: item by item, exclusion by exclusion, sheet by sheet.

Compared are an item's words, where no later process of it may have changed them at the desk, and the address and bytes
of each of its files with the documents that its decision approved. Sentences name numbers, never titles.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from ppid.flows.dik import adopted_test, continues, dik_entry
from ppid.flows.models import Case
from ppid.information.models import Document, Exclusion, Information
from ppid.shelf.models import Category, DikEntry, PublishedItem, PublishedSop
from sop.models import SopVersion

_AT_A_TIME = 500
_WORDS = (*(name for name in Information.DESCRIPTION_FIELDS if name != "rhythm"), "category", "made_from", "made_to")
_DIK_WORDS = (
    *("unit_code", "information", "legal_basis", "scope", "consequence_if_open", "consequence_if_closed", "term"),
    *("ends_on", "decree_number", "decree_date", "continues", "open_part"),
)


def disagreements(*, on: date) -> Iterator[str]:
    """Yield a sentence for each thing that shelf and desk do not say alike on this day, after the daily tasks."""
    yield from _items()
    yield from _exclusions()
    yield from _sheets(on)


def _items() -> Iterator[str]:
    standing = Case.objects.filter(
        Q(pk__in=Case.objects.on_the_shelf().order_by().values("pk"))
        | Q(ended_at__isnull=True, published_first_at__isnull=False)
    ).order_by("pk")
    shown = PublishedItem.objects.order_by("number")
    for number in shown.exclude(number__in=standing.order_by().values("information__number")).values_list("number"):
        yield f"Informasi {number[0]} ada di portal, tetapi tidak ada proses yang mengumumkannya."
    later = Case.objects.filter(information=OuterRef("information"), pk__gt=OuterRef("pk"))
    standing = standing.annotate(goes_on=Exists(later)).select_related("information__unit")
    for cases in _chunks(standing.iterator(chunk_size=_AT_A_TIME)):
        numbers = [case.information.number for case in cases]
        items = {item.number: item for item in shown.filter(number__in=numbers).prefetch_related("files")}
        for case in cases:
            item = items.get(case.information.number)
            if item is None:
                number = case.information.number
                yield f"Informasi {number} diumumkan proses {case.number}, tetapi tidak ada di portal."
            else:
                yield from _item(case, item)


def _item(case: Case, item: PublishedItem) -> Iterator[str]:
    information = case.information
    if item.unit_code != information.unit.code:
        yield f"Informasi {item.number}: unitnya di portal {item.unit_code}, di meja {information.unit.code}."
    if not case.goes_on and case.ended_at is not None:
        unlike = [name for name in _WORDS if getattr(item, name) != getattr(information, name)]
        if item.category == Category.PERIODIC and item.rhythm != information.rhythm:
            unlike.append("rhythm")
        if unlike:
            named = ", ".join(str(Information._meta.get_field(name).verbose_name) for name in unlike)
            yield f"Informasi {item.number}: {named} di portal lain dari di meja."
    on_shelf = {(file.key, file.sha256) for file in item.files.all()}
    if on_shelf != (approved := _approved(case, on_shelf)):
        yield (
            f"Informasi {item.number}: berkasnya di portal lain dari yang disetujui proses {case.number} "
            f"({len(on_shelf - approved)} lebih, {len(approved - on_shelf)} kurang)."
        )


def _approved(case: Case, on_shelf: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the address and hash of each document that should be shown.

    What was announced before its decision, or taken over from a list, is compared with the item's documents alone.
    """
    if case.ended_at is not None and case.published_first_at is None and not case.is_taken_over:
        return {(document.address_key, document.sha256) for document in case.approved_documents}
    kept = Document.objects.filter(information=case.information_id, purpose=Document.Purpose.CONTENT)
    return on_shelf & set(kept.values_list("address_key", "sha256"))


def _exclusions() -> Iterator[str]:
    closed = Exclusion.objects.standing().filter(opened_on__isnull=True)
    adopted: QuerySet[Case] = Case.objects.filter(exclusion__in=closed).order_by("pk")
    entries = DikEntry.objects.filter(reopened_on__isnull=True).in_bulk(field_name="number")
    for case in adopted.select_related("information__unit", "exclusion__decree").iterator(chunk_size=_AT_A_TIME):
        entry = entries.pop(case.number, None)
        if entry is None:
            yield f"Pengecualian {case.number} berlaku, tetapi tidak tercantum dalam DIK di portal."
            continue
        amended = list(case.amendments.approved())
        exclusion = case.exclusion
        said = dik_entry(
            case,
            adopted_test(case),
            exclusion.decree,
            adopted_at=exclusion.adopted_at,
            continues=continues(case),
            amended=amended,
        )
        if unlike := [name for name in _DIK_WORDS if getattr(entry, name) != getattr(said, name)]:
            yield f"Pengecualian {case.number}: DIK di portal lain dari di meja ({', '.join(unlike)})."
        if PublishedItem.objects.filter(number=case.information.number).exists():
            yield f"Informasi {case.information.number} dikecualikan {case.number}, tetapi masih ada di portal."
    for number in sorted(entries):
        yield f"DIK di portal memuat {number}, tetapi pengecualian itu tidak berlaku di meja."
    opened = Exclusion.objects.standing().filter(opened_on__isnull=False)
    at_desk = dict(opened.filter(case__isnull=False).values_list("case__number", "opened_on"))
    shown = dict(DikEntry.objects.filter(reopened_on__isnull=False).values_list("number", "reopened_on"))
    for number in sorted(number for number in {*at_desk, *shown} if at_desk.get(number) != shown.get(number)):
        yield f"Pengecualian {number}: hari terbukanya kembali di portal lain dari di meja."


def _sheets(on: date) -> Iterator[str]:
    shown = {(sop.slug, sop.version): sop.pdf_sha256 for sop in PublishedSop.objects.in_force().for_list()}
    for version in SopVersion.objects.in_force(on=on).select_related("sop"):
        found = shown.pop((version.sop.slug, version.version), None)
        if found != version.pdf_sha256:
            what = "tidak ada" if found is None else "lain berkasnya"
            yield f"SOP {version.sop.slug} versi {version.version} berlaku, tetapi di portal {what}."
    for slug, number in sorted(shown):
        yield f"SOP {slug} versi {number} ada di portal sebagai yang berlaku, tetapi tidak berlaku di pustaka."


def _chunks(cases: Iterable[Case]) -> Iterator[list[Case]]:
    following = iter(cases)
    while chunk := list(islice(following, _AT_A_TIME)):
        yield chunk
