"""A sheet that was read, kept as the first draft of a new SOP with all that was doubted: the only thing that writes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from ppid.web.letters import without_forbidden
from ppid.web.moments import in_words
from sop.durations import read_duration
from sop.guards import SopRefused, open_unit, require_keeper
from sop.import_records import ImportDoubt, ImportedFile
from sop.importing.imported import Doubt, Imported, SourceFile
from sop.importing.limits import too_large
from sop.models import Activity, Performer, SopVersion
from sop.sheet import BLOCKS, LENGTHS, LISTS, MAX_ACTIVITIES, MAX_PERFORMERS, TEXTS, Sheet
from sop.versions.beginning import begin_sop

UNPLACED = "Teks naskah ini tidak mendapat tempat; salin bila perlu."
_FILENAME = ImportedFile._meta.get_field("filename").max_length


class AlreadyKept(SopRefused):
    """The same SOP of the same file was kept before; ``kept`` says by whom, when, as what."""

    def __init__(self, kept: ImportedFile):
        super().__init__(kept_before(kept))
        self.kept = kept


@transaction.atomic
def keep(
    imported: Imported,
    *,
    unit: Unit,
    actor: User | None,
    title: str = "",
    file: SourceFile | None = None,
    place: int = 1,
    again: bool = False,
    at: datetime | None = None,
) -> SopVersion:
    """Keep the sheet as version 1 of a new SOP of the unit, as a draft; ``title`` replaces the sheet's own.

    What was doubted and what found no place stays with the draft until a person settles it, and who performs which step
    is an interpretation until a person confirms it, whatever the file said. ``actor`` None is the operator at the
    terminal (``manage.py import_sop``). ``place`` counts the SOPs of the file; one that was kept before is refused
    unless it is wanted ``again``. Raises SopRefused, AlreadyKept.
    """
    at, sheet = at or timezone.now(), imported.sheet
    unit = open_unit(unit)
    if actor is not None:
        require_keeper(actor, unit, at)
    # One import at a time in a unit: a second click finds what the first one kept.
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if file and not again and (before := kept_from(file).get(place)):
        raise AlreadyKept(before)
    title = " ".join((title or sheet.title).split())
    if not title:
        raise SopRefused("Nama SOP tidak terbaca dari naskah. Tulis nama SOP.")
    if len(title) > LENGTHS["title"]:
        raise SopRefused(f"Nama SOP paling panjang {LENGTHS['title']} huruf.")
    if len(sheet.rows) > MAX_ACTIVITIES or len(sheet.performers) > MAX_PERFORMERS:
        raise SopRefused(too_large(sheet))
    facts = {name: getattr(sheet, name) for name in TEXTS} | {"title": title}
    draft = SopVersion.objects.create(
        sop=begin_sop(title=title, unit=unit),
        version=1,
        **facts | {name: "\n".join(facts[name]) for name in BLOCKS},
        **{name: list(sheet.lists.get(name, ())) for name in LISTS},
        captions={name: text for name, text in sheet.captions.items() if name in LISTS and text != LISTS[name]},
        # Nothing in a file was written here: an export of ours brings its drawing along.
        origin="drawing" if sheet.origin == "written" else sheet.origin,
        begun_by=actor,
        changed_by=actor,
        changed_at=at,
    )
    _keep_procedure(draft, sheet)
    _keep_doubts(draft, imported)
    if file:
        name = without_forbidden(file.filename)[:_FILENAME]
        ImportedFile.objects.create(
            version=draft, filename=name, sha256=file.sha256, place=place, kept_by=actor, kept_at=at
        )
    return draft


def kept_from(file: SourceFile) -> dict[int, ImportedFile]:
    """Return what was kept from the same file before, the newest of each of its SOPs by its place."""
    kept = ImportedFile.objects.filter(sha256=file.sha256).select_related("version__sop__unit", "kept_by")
    return {each.place: each for each in kept.order_by("kept_at", "pk")}


def kept_before(kept: ImportedFile) -> str:
    """Return the sentence that says who kept the same SOP from the same file, when and as what."""
    who = kept.kept_by.name_at(kept.kept_at) if kept.kept_by else "operator server"
    when = in_words(kept.kept_at)
    return (
        f"SOP ini sudah disimpan dari berkas yang sama oleh {who} pada {when} sebagai «{kept.version.title}» "
        f"({kept.version.sop.unit.name}). Buka draf itu, atau pilih untuk menyimpannya sekali lagi."
    )


def _keep_doubts(draft: SopVersion, imported: Imported) -> None:
    rows = dict(Activity.objects.filter(version=draft).values_list("number", "pk"))
    doubts = [
        ImportDoubt(version=draft, key=_key(doubt, rows), sentence=without_forbidden(doubt.sentence))
        for doubt in imported.doubts
    ]
    doubts += [
        ImportDoubt(version=draft, key="source", sentence=UNPLACED, text=without_forbidden(text))
        for text in imported.unplaced
    ]
    ImportDoubt.objects.bulk_create(doubts)


def _key(doubt: Doubt, rows: dict[int, int]) -> str:
    """Return the key of the draft's field that a doubt is about."""
    if doubt.row is None:
        return doubt.field
    if doubt.row not in rows:
        return "rows"
    name = {"number": "", "duration": "duration_text"}.get(doubt.field, doubt.field)
    return f"activity.{rows[doubt.row]}{'.' if name else ''}{name}"


def _keep_procedure(draft: SopVersion, sheet: Sheet) -> None:
    performers = Performer.objects.bulk_create(
        Performer(version=draft, position=n, label=label) for n, label in enumerate(sheet.performers, start=1)
    )
    activities = []
    for row in sheet.rows:
        value, unit = read_duration(row.duration) or (None, "")
        last = row.last if row.first is not None and row.last != row.first else None
        activities.append(
            Activity(
                version=draft,
                number=row.number,
                text=row.text,
                performer=None if row.first is None else performers[row.first],
                last_performer=None if last is None else performers[last],
                kind=row.kind,
                requirement=row.requirement,
                duration_text=row.duration,
                duration_value=value,
                duration_unit=unit,
                output=row.output,
                note=row.note,
                if_yes=row.if_yes,
                if_no=row.if_no,
                return_is_addition=row.return_is_addition,
            )
        )
    Activity.objects.bulk_create(activities)
