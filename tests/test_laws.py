"""The laws of the house that a reader of the code can check: held over every file, each shown to catch an offence."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path for room in ("ppid", "sop") for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts
]
SHELF = {"PublishedItem", "PublishedFile", "PublishedEdition", "EditionFile", "FormerFile"}
SHELF |= {"DikEntry", "ReopenedEntry", "PublishedSop", "PublishedSopFile", "Tombstone"}
SHELF |= {"PublishedRegister", "PublishedRegisterRow", "PublishedAnnex"}
SHELF |= {"ReadFile", "PagePicture", "BoardSheet", "KnownBytes", "ShortAddress"}
SHELF |= {"ShownDuty", "DutyFill", "DutyWord", "DutyScore"}
SHELF |= {"PublishedPage", "PublishedAnnouncement", "ItemCount", "Bundle", "BundlePart", "MonthlyDownloads"}
SHELF |= {"MonthCount", "LeadTimeCount"}
DOORS = ("actions", "bundling", "covering", "downloads", "known_bytes", "obligation_actions", "put_pages", "showing")
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
}

Law = Callable[[str, ast.Module], Iterator[ast.AST]]


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Give each call of a method with the method's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def _root(node: ast.AST) -> str:
    """Return the name that a chain of attributes and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def state_is_moved_by_its_methods(place: str, tree: ast.Module) -> Iterator[ast.AST]:
    """No ``.update(state=…)``: the machine moves by its methods."""
    for call, name in _calls(tree):
        if name in ("update", "bulk_update") and any(keyword.arg == "state" for keyword in call.keywords):
            yield call


def only_the_shelf_writes_the_shelf(place: str, tree: ast.Module) -> Iterator[ast.AST]:
    """No write to what is public outside ``ppid.shelf.actions``, what it calls, and the doors beside it."""
    if place in {f"ppid/shelf/{door}.py" for door in DOORS}:
        return
    for call, name in _calls(tree):
        if name in WRITES and _root(call.func) in SHELF:
            yield call


def what_comes_in_is_read_in_parts(place: str, tree: ast.Module) -> Iterator[ast.AST]:
    """No ``read()`` without a bound: a file from outside may be as long as it likes."""
    for call, name in _calls(tree):
        if name == "read" and not call.args and not call.keywords:
            yield call


# An edit of a draft, and a move of a version's life; the yearly look moves its next one.
VERSION_DOORS = ("sop/drafts/", "sop/versions/actions.py", "sop/versions/upkeep.py", "sop/models.py")
VERSION_FIELDS = {
    "heading",
    "letterhead",
    "effective",
    "signatory",
    "legal_bases",
    "qualifications",
    "equipment",
    "captions",
    "confirmed_by",
    "confirmed_at",
    "approved_by",
    "approved_at",
    "pdf_sha256",
    "in_force_from",
    "review_on",
    "revision",
}


def a_version_is_written_by_its_two_doors(place: str, tree: ast.Module) -> Iterator[ast.AST]:
    """No field of a sheet's version written outside an edit of a draft and a move of its life."""
    if place.startswith(VERSION_DOORS) or "SopVersion" not in {
        name.id for name in ast.walk(tree) if isinstance(name, ast.Name)
    }:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = [part for target in node.targets for part in ast.walk(target)]
            if any(isinstance(part, ast.Attribute) and part.attr in VERSION_FIELDS for part in targets):
                yield node
    for call, name in _calls(tree):
        if name in ("update", "bulk_update") and _root(call.func) == "SopVersion":
            yield call


LAWS: dict[Law, str] = {
    state_is_moved_by_its_methods: "Case.objects.filter(pk=1).update(state='published')",
    only_the_shelf_writes_the_shelf: "PublishedItem.objects.filter(number='1').delete()",
    what_comes_in_is_read_in_parts: "upload.read()",
    a_version_is_written_by_its_two_doors: "version = SopVersion.objects.get(pk=1)\nversion.signatory = 'Kepala Dinas'",
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps_its_law(law):
    offences = [
        f"{path.relative_to(ROOT)}:{offence.lineno}: {ast.unparse(offence)[:100]}"
        for path in CODE
        for offence in law(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert offences == [], f"{law.__doc__}\n" + "\n".join(offences)


@pytest.mark.parametrize(("law", "offence"), LAWS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_the_law_sees_an_offence(law, offence):
    assert list(law("ppid/anywhere.py", ast.parse(offence)))
