"""The office whose forms are filled in, and every form of it."""

import logging
from typing import ClassVar
from urllib.parse import urljoin

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from ppid.desk import pages
from ppid.web.charset import utf8_only
from ppid.web.whole_bodies import whole_bodies
from tests import make
from tests.forms.found import Form, forms_on
from tests.forms.further import answered, further
from tests.forms.posts import posts
from tests.test_parameters import ROUTES, city, office, places, undone  # noqa: F401  (fixtures)

CAST = (
    *(None, "utama", "bidang", "dinsos", "pengelola", "opd"),
    *("atasan", "operator", "wakil", "pembantu", "disdukcapil"),
)
HALFWAY = "halfway"  # whose password was right, and who owes a second factor


@pytest.fixture(scope="module", autouse=True)
def no_log():
    """Write no line for each of thousands of refusals."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", autouse=True)
def long_day():
    """Let nobody's session end while thousands of inputs are sent, whose use of it is taken back each time."""
    with override_settings(SESSION_IDLE_MINUTES=720, SIGN_IN_AGAIN_MINUTES=720):
        yield


class Browser(Client):
    """A client at the outermost doors, those of ``ppid.wsgi``; its forms need their token once all are found."""

    counted: ClassVar[dict] = {}  # what waits for each person, see ``counted_once``

    def __init__(self):
        super().__init__()
        self.django = self.handler
        door = whole_bodies(utf8_only(lambda environ, _: self.django(environ)))
        self.handler = lambda environ: door(environ, None)


@pytest.fixture(scope="module")
def counted_once():
    """Count for the rail of the desk only once what waits for each person: that is most of what a page costs.

    Whatever an input adds is taken back, so the numbers stay true; where more happened, they are cleared.
    """
    kept = Browser.counted
    real = pages.tally

    def tally(reader, **others):
        key = reader.user.pk, *sorted(others)
        if key not in kept:
            kept[key] = real(reader, **others)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "tally", tally)
        yield kept


@pytest.fixture(scope="module")
def browsers(office):  # noqa: F811
    """A browser for each of the cast, signed in."""
    office.participant = make.person("ppid_pembantu", unit="disdukcapil", name="Ratna Dewi, S.H.")
    found = {who: Browser() for who in (*CAST, HALFWAY, "participant")}
    for who in CAST[1:]:
        found[who].force_login(make.demo(who))
    found["participant"].force_login(office.participant)
    return found


@pytest.fixture(scope="module")
def every_form(office, browsers, counted_once, city, long_day) -> dict[tuple, Form]:  # noqa: F811
    """Every form, once for each shape of it.

    Each address is opened by the first who may. A form that was not seen then is looked for where its own address
    leads each of the others: an act of one click leads to the page on which its button stands.
    """
    found: dict[tuple, Form] = {}
    seen: set[tuple[str, str | None]] = set()

    def keep(forms) -> None:
        for form in forms:
            found.setdefault(form.shape, form)

    def look(address: str, who: str | None) -> bool:
        """Keep the forms of the page to which an address leads this person; False where it leads to none."""
        page = None
        while page is None or 300 <= page.status_code < 400:
            address = urljoin(address, page.headers["Location"]) if page else address
            if (address, who) in seen:
                return True
            seen.add((address, who))
            with undone():
                page = browsers[who].get(address)
        if page.status_code == 405 or page.streaming:
            return True  # for everybody else too
        keep(forms_on(page, address, who) if page.status_code == 200 else [])
        return page.status_code == 200 and not address.startswith(reverse("account_login"))

    for name in (each for each in ROUTES if "." not in ROUTES[each]):  # a file holds no form
        for address in addresses(name, office):
            any(look(address, who) for who in CAST if who or not name.startswith("desk:"))
    for name in posts():
        for address in addresses(name, office):
            for who in CAST[1:]:
                if not any(each.name == name and each.method == "post" for each in found.values()):
                    look(address, who)
    ahead = further(office)
    seen.clear()  # more stands on the same pages now
    counted_once.clear()
    for who, address in ahead:
        look(address, who)
    for who, address, answer in answered(office, browsers):
        keep(forms_on(answer, address, who))
    for browser in browsers.values():
        browser.django.enforce_csrf_checks = True
    return found


def addresses(name: str, office) -> list[str]:  # noqa: F811
    return [
        f"{reverse(name, args=args)}{'?' if query else ''}{query.removeprefix('?')}"
        for args, query in places(name, office)
    ]
