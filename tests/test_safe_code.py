"""What could open a door stands in the places written here and nowhere else: whoever adds one is read for it.

ruff's rules «S» judge line by line, each exception with its reason beside it; bandit looks at the whole as a second
reader. These tables are about where a thing may stand at all.
"""

import ast
import logging
from collections import defaultdict
from collections.abc import Iterator

import pytest
from bandit.core.config import BanditConfig
from bandit.core.manager import BanditManager

from tests.test_laws import CODE, ROOT

# Name → the files that may use it.
PLACES: dict[str, set[str]] = {
    # other programs, and other machines
    "subprocess": {
        *("ppid/embedded_postgres.py", "ppid/web/reading/asking.py", "ppid/web/reading/letters_seen.py"),
        *(f"ppid/upkeep/backups/{name}.py" for name in ("making", "programs", "restoring")),  # pg_dump, pg_restore
    },
    "socket": {"ppid/scanning/clamd.py", "ppid/web/certificates.py"},
    "urllib.request": {"ppid/notices/gateway.py"},
    "smtplib": {"ppid/notices/post.py"},
    "http.client": set(),
    # its errors; allauth asks, through our bounds
    "requests": {"ppid/desk/account/oidc.py", "ppid/desk/account/city_server.py"},
    "ftplib": set(),
    "boto3": {"ppid/s3_store.py"},
    # bytes that become code, and trees that become bombs
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "yaml": set(),
    "xml.etree.ElementTree": set(),
    "xml.dom.minidom": set(),
    "tarfile": {"ppid/upkeep/backups/sets.py"},  # written and read as a stream; nothing is unpacked
    "eval": set(),
    "exec": set(),
    "__import__": set(),
    # markup that nothing escapes any more
    "mark_safe": {
        *("ppid/portal/search.py", "ppid/portal/templatetags/machine_tags.py", "ppid/web/filters.py"),
        *("ppid/web/markup.py", "ppid/web/templatetags/ppid_tags.py"),
    },
    "SafeString": {  # mostly as the type of what mark_safe gave
        *("ppid/portal/search.py", "ppid/web/drawn.py", "ppid/web/filters.py", "ppid/web/markup.py"),
        *("ppid/web/templatetags/ppid_tags.py", "ppid/web/templatetags/written_tags.py"),
    },
    # SQL written out; what varies in it are its parameters
    "RawSQL": {
        *("ppid/organisation/puppets.py", "ppid/portal/feeds.py", "ppid/portal/items.py", "ppid/portal/reader.py"),
        *("ppid/portal/unit_pages.py", "ppid/shelf/listed.py", "ppid/shelf/listed_registers.py"),
        *("ppid/shelf/search/finding.py", "ppid/shelf/told_items.py"),
    },
    # views that ask for no sign-in, or for no token against forgery
    "login_not_required": {
        *("ppid/desk/account/oidc.py", "ppid/desk/notices/views.py", "ppid/desk/proof/auditor.py"),
        *("ppid/desk/account/views.py", "ppid/portal/pages.py"),
    },
    "csrf_exempt": {"ppid/desk/proof/auditor.py", "ppid/portal/pages.py"},
    "xframe_options_exempt": set(),
    # cookies beside the session and the token
    "set_cookie": set(),
    "set_signed_cookie": {"ppid/organisation/adapter.py"},
}
# Those of them that are modules: an attribute of the same name is something else.
MODULES = {
    *("subprocess", "socket", "smtplib", "requests", "ftplib", "boto3"),
    *("pickle", "marshal", "shelve", "yaml", "tarfile"),
}


def uses(tree: ast.Module) -> Iterator[str]:
    """Give the name of everything in the table that the code imports, calls or names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
                yield alias.name
        elif isinstance(node, ast.Attribute):
            yield from {node.attr} - MODULES
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from {node.id} - MODULES


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    places = defaultdict(set)
    for path in CODE:
        for name in {*uses(ast.parse(path.read_text(encoding="utf-8")))} & set(PLACES):
            places[name].add(path.relative_to(ROOT).as_posix())
    return places


@pytest.mark.parametrize("name", PLACES)
def test_it_stands_where_it_may_and_nowhere_else(found, name):
    assert found[name] == PLACES[name]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import subprocess", "subprocess"),
        ("from subprocess import run", "subprocess"),
        ("import urllib.request", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("from xml.etree import ElementTree", "xml.etree.ElementTree"),
        ("eval(text)", "eval"),
        ("from django.utils.safestring import mark_safe", "mark_safe"),
        ("safestring.mark_safe(x)", "mark_safe"),
        ("response.set_cookie('a', 'b')", "set_cookie"),
        ("@method_decorator(csrf_exempt, name='dispatch')\nclass A: pass", "csrf_exempt"),
    ],
)
def test_the_table_sees_it(code, name):
    assert name in set(uses(ast.parse(code)))


# What bandit finds besides SQL made of text (B608), which ruff's S608 judges where it stands: the check → the files.
JUDGED = {
    "B105": {  # words on a page, and the demo's own secrets, which production refuses
        *("ppid/desk/account/forms.py", "ppid/organisation/adapter.py", "ppid/settings.py"),
        "ppid/organisation/management/commands/appoint.py",
    },
    "B108": {"ppid/embedded_postgres.py"},  # a short folder for sockets, made for this user alone
    "B308": PLACES["mark_safe"],
    "B703": {"ppid/portal/search.py", "ppid/portal/templatetags/machine_tags.py", "ppid/web/templatetags/ppid_tags.py"},
    "B404": PLACES["subprocess"],
    "B603": PLACES["subprocess"],
    "B607": {"ppid/embedded_postgres.py"},  # chown, as root only
    "B406": {"ppid/web/open_document.py", "ppid/web/workbook.py"},  # they escape, and read nothing
    "B611": PLACES["RawSQL"],
}


def test_bandit_finds_nothing_that_was_not_judged():
    logging.getLogger("bandit").setLevel(logging.ERROR)
    manager = BanditManager(BanditConfig(), "file", profile={"exclude": {"B608"}})
    manager.discover_files([str(ROOT / "ppid"), str(ROOT / "sop"), str(ROOT / "manage.py")], True, "*/migrations/*")
    manager.run_tests()
    judged = defaultdict(set)
    for issue in manager.get_issue_list():
        judged[issue.test_id].add(str(issue.fname).removeprefix(f"{ROOT}/"))
    assert dict(judged) == JUDGED
    assert manager.skipped == []
