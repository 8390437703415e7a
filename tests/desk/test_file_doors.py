"""Every door by which a file comes in examines it by its content before anything of it is kept."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from ppid.content_store import FolderStore
from ppid.desk.calendar.import_views import FileForm
from ppid.desk.library.importing.forms import ImportForm
from ppid.desk.work.forms import ManyUploadsField, UploadField
from ppid.editions import acts as edition_acts
from ppid.information import documents
from ppid.organisation import scan_keeping
from ppid.takeover import reading, store
from ppid.web.refusals import Refused
from sop.versions import signed
from tests.compound_files import word
from tests.make_pdf import pdf
from tests.office_packages import office

# A field in the code → the module it stands in, and how often: a new one is written down here with its door below.
FIELDS = {
    ("ppid/desk/calendar/import_views.py", "FileField"): 1,
    ("ppid/desk/editions/forms.py", "UploadField"): 2,
    ("ppid/desk/library/importing/forms.py", "FileField"): 1,
    ("ppid/desk/library/upkeep/forms.py", "FileField"): 1,
    ("ppid/desk/people/forms.py", "UploadField"): 3,
    ("ppid/desk/takeover/forms.py", "FileField"): 3,  # the list, the scan of its decree, the base of FilesField
    ("ppid/desk/takeover/forms.py", "FilesField"): 2,  # its class, and the field
    ("ppid/desk/work/amendment_forms.py", "UploadField"): 1,
    ("ppid/desk/work/forms.py", "FileField"): 1,  # the base of UploadField
    ("ppid/desk/work/forms.py", "ManyUploadsField"): 2,  # its class, and the field
    ("ppid/desk/work/forms.py", "UploadField"): 4,  # its class, the base of ManyUploadsField, and two fields
    ("ppid/desk/work/heads.py", "UploadField"): 1,
    ("ppid/desk/work/paper_forms.py", "UploadField"): 1,
    ("ppid/desk/work/working_forms.py", "ManyUploadsField"): 1,
}
_FIELD = re.compile(r"\b(FileField|UploadField|ManyUploadsField|FilesField)(?=\(|\):)")


def test_every_field_for_files_is_known_here():
    found = Counter((_name(path), field) for path in _code() for field in _FIELD.findall(path.read_text()))
    assert dict(found) == FIELDS


# Where bytes are written into a store, and what examined them before.
WRITERS = {
    "ppid/content_store.py": "the store itself",
    "ppid/s3_store.py": "the store itself",
    "ppid/information/documents.py": "examine(upload)",
    "ppid/takeover/store.py": "examine(upload)",
    "ppid/scanning/signed_scans.py": "refuse_unless_sound(upload.file)",
    "sop/versions/signed.py": "refuse_unless_sound(upload.file)",
    "ppid/flows/papers/numbering.py": "drawn by the portal",
    "sop/versions/actions.py": "drawn by the portal",
    "sop/versions/papers.py": "drawn by the portal",
    "ppid/shelf/actions.py": "drawn by the portal",
    "ppid/shelf/bundling.py": "drawn by the portal",
    "ppid/shelf/showing.py": "drawn by the portal",
}


_WRITES = re.compile(r"store(?:\(\))?\.(?:incoming|put)\(|def incoming\(self")


def test_nothing_else_writes_into_a_store():
    found = {_name(path): path.read_text() for path in _code() if _WRITES.search(path.read_text())}
    assert set(found) == set(WRITERS)
    for name, how in WRITERS.items():
        assert how in found[name] or how in ("the store itself", "drawn by the portal")


def _upload(name, content):
    return SimpleUploadedFile(name, content)


HOSTILE_PDF = pdf(b"<< /S /JavaScript /JS (x) >>")
HOSTILE_WORD = office("docx", main="word/document.xml", parts={"word/media/1.png": word(Macros__x=b"x")})


def _by_clean(form, **more):
    def act(upload):
        sent = form(data={}, files={"file": upload}, **more)
        if errors := sent.errors.get("file"):
            raise forms.ValidationError(list(errors))

    return act


def _held(context):
    with context:
        pass


# Each door: what is sent through it, and the hostile file that its kind allows.
DOORS = {
    "a field of the desk": (lambda upload: UploadField().clean(upload), "a.docx", HOSTILE_WORD),
    "many at once": (lambda upload: ManyUploadsField().clean([upload]), "a.docx", HOSTILE_WORD),
    "a document": (lambda upload: _held(documents.received(upload)), "a.docx", HOSTILE_WORD),
    "a document cleaned": (lambda upload: _held(documents.received(upload, cleans=True)), "a.pdf", HOSTILE_PDF),
    "the scan of an order": (lambda upload: _held(scan_keeping._arrived(upload)), "a.pdf", HOSTILE_PDF),
    "the scan of a decree": (lambda upload: _held(edition_acts._arrived(upload)), "a.pdf", HOSTILE_PDF),
    "a signed sheet": (lambda upload: signed.attach_signed(None, upload, None), "a.pdf", HOSTILE_PDF),
    "a file of a list": (lambda upload: store.kept(upload, actor=None, at=None), "a.docx", HOSTILE_WORD),
    "a list": (lambda upload: reading.read(upload.file, upload.name, upload.size), "a.xlsx", HOSTILE_WORD),
    "a sheet to import": (_by_clean(ImportForm), "a.docx", HOSTILE_WORD),
    "a calendar": (_by_clean(FileForm, years=range(2026, 2028)), "a.ics", HOSTILE_WORD),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_hostile_file_is_refused_and_nothing_of_it_lies_in_a_store(door, tmp_path, settings):
    settings.PRIVATE_FILES = tmp_path / "private"
    act, name, content = DOORS[door]
    with pytest.raises((Refused, forms.ValidationError)):
        act(_upload(name, content))
    assert not list(FolderStore(settings.PRIVATE_FILES).names())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("door", DOORS)
def test_an_empty_file_gets_a_sentence_at_each_door(door, tmp_path, settings):
    settings.PRIVATE_FILES = tmp_path / "private"
    act, name, _ = DOORS[door]
    with pytest.raises((Refused, forms.ValidationError)) as refusal:
        act(_upload(name, b""))
    assert re.search(r"kosong|rusak|berisi|terpotong|kalender", str(refusal.value))


def _name(path):
    return str(path.relative_to(settings.BASE_DIR))


def _code():
    for folder in ("ppid", "sop"):
        yield from sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
