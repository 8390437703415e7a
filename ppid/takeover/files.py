"""The files that come with a list, several or in a ZIP: each examined, kept, and matched with its row by name."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.information.documents import examine
from ppid.information.media_types import ZIP
from ppid.organisation.models import User
from ppid.takeover.matching import match
from ppid.takeover.models import Register, Takeover, TakeoverFile, TakeoverRow
from ppid.takeover.moving import draft_of
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.store import kept
from ppid.web.archives import MB, Archive, ArchiveRefused, Bounds
from ppid.web.refusals import ChangedMeanwhile, Refused

MOST_IN_ZIP = 2_000
_BOUNDS = Bounds(members=10_000, unpacked=512 * MB, member=512 * MB, times=250)
# What systems leave in archives beside people's files.
_LEFT_BY_SYSTEMS = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Added:
    """How many files were kept, how many rows have one now, and a sentence for each file that is not as it was sent."""

    files: int
    rows: int
    said: tuple[str, ...]


def add_files(takeover: Takeover, uploads: Sequence[UploadedFile], *, actor: User, at: datetime | None = None) -> Added:
    """Keep the files, those in a ZIP one by one, and match them with the rows of the draft.

    One that is not taken gets its sentence and holds the others up no more; one of a name that came before takes its
    place. Raises Forbidden, ChangedMeanwhile, and TakeoverRefused when none is taken.
    """
    at = at or timezone.now()
    with transaction.atomic():
        draft = draft_of(takeover, actor, at=at)  # refused before anything is kept
    if draft.kind == Register.DIK:
        raise TakeoverRefused("Berkas tidak dikirim bersama DIK: isi yang dikecualikan tidak ikut dipindahkan.")
    said: list[str] = []
    arrived: dict[str, TakeoverFile] = {}
    names: Counter[str] = Counter()
    for upload in _unpacked(uploads, said):
        name = upload.name or ""
        names[name.casefold()] += 1
        if names[name.casefold()] > 1:
            continue
        try:
            arrived[name.casefold()] = kept(upload, actor=actor, at=at)
        except Refused as refusal:
            said.append(f"«{name}» tidak diambil: {' '.join(refusal.sentences)}")
    for name, times in names.items():
        if times > 1:
            said.append(f"Nama «{name}» dipakai {times} berkas, jadi tidak satu pun diambil. Beri nama yang berbeda.")
            arrived.pop(name, None)
    if not arrived:
        raise TakeoverRefused(*(said or ["Pilih berkas yang akan dikirim."]), fields=["files"] * max(len(said), 1))
    with transaction.atomic():
        locked = draft_of(takeover, actor, at=at)
        _make_room(locked, list(arrived.values()), said)
        for file in arrived.values():
            file.takeover, file.is_content = locked, True
        TakeoverFile.objects.bulk_create(arrived.values(), batch_size=500)
        return Added(len(arrived), len(match(locked).of_row), tuple(said))


@transaction.atomic
def let_go(takeover: Takeover, row: TakeoverRow, *, actor: User, at: datetime | None = None) -> None:
    """Let the file of a row go, from every row that has it. Raises Forbidden and ChangedMeanwhile."""
    locked = draft_of(takeover, actor, at=at or timezone.now())
    file = TakeoverFile.objects.filter(rows__takeover=locked, rows__pk=row.pk).first()
    if file is None:
        raise ChangedMeanwhile("Baris ini tidak mempunyai berkas lagi.")
    _leave(locked, [file.pk])
    match(locked)


def _make_room(takeover: Takeover, arrived: list[TakeoverFile], said: list[str]) -> None:
    """Let those go whose names came again."""
    names = {file.filename.casefold() for file in arrived}
    there = takeover.files.filter(is_content=True).values_list("pk", "filename")
    replaced = {pk: name for pk, name in there if name.casefold() in names}
    said += [f"«{name}» menggantikan yang dikirim sebelumnya." for name in replaced.values()]
    _leave(takeover, list(replaced))


def _leave(takeover: Takeover, files: list[int]) -> None:
    takeover.rows.filter(file__in=files).update(file=None)
    TakeoverFile.objects.filter(pk__in=files).update(takeover=None)


def _unpacked(uploads: Sequence[UploadedFile], said: list[str]) -> Iterator[UploadedFile]:
    """Yield the files, each at its beginning, and those in archives; what can't be opened is ``said``."""
    for upload in uploads:
        try:
            if examine(upload) is not ZIP:
                yield upload
                continue
            archive = Archive(upload.file, _BOUNDS)
            names = sorted(name for name in archive.names if not _is_left_by_systems(name))
            if len(names) > MOST_IN_ZIP:
                raise ArchiveRefused(
                    f"ZIP ini memuat {len(names)} berkas; sekali kirim paling banyak {MOST_IN_ZIP}. Bagi menjadi "
                    "beberapa ZIP."
                )
            if not names:
                raise ArchiveRefused("ZIP ini kosong.")
            yield from (each for name in names for each in _member(archive, name, said))
        except Refused as refusal:
            said.append(f"«{upload.name}» tidak diambil: {' '.join(refusal.sentences)}")
        except ArchiveRefused as refusal:
            said.append(f"«{upload.name}» tidak diambil: {refusal}")


def _member(archive: Archive, name: str, said: list[str]) -> Iterator[UploadedFile]:
    with tempfile.TemporaryFile() as file:
        for piece in archive.pieces(name):
            file.write(piece)
        size = file.tell()
        file.seek(0)
        yield UploadedFile(file, PurePath(name).name, size=size)


def _is_left_by_systems(name: str) -> bool:
    path = PurePath(name)
    return path.name.casefold() in _LEFT_BY_SYSTEMS or "__MACOSX" in path.parts
