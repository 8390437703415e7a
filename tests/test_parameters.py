"""Nothing that stands in an address or a form breaks a page: whatever is put into any parameter gets an answer of ours.

Which parameters there are is not written down here: each page is watched while it answers, and what it asks for is what
is then sent. So a new page, or a new field of an old one, is tried by itself.
"""

import re
from contextlib import contextmanager
from datetime import time, timedelta
from types import SimpleNamespace
from urllib.parse import quote, quote_plus, urlencode

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from ppid.editions import printing
from ppid.editions.models import RegisterEdition
from ppid.flows.amendments import AmendmentKind, propose
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import number_paper
from ppid.flows.questions import ask
from ppid.flows.reasons import write_reason
from ppid.information.models import Document
from ppid.notices.models import Notice
from ppid.notices.recovering import begin
from ppid.notices.switches import new_calendar_key
from ppid.organisation.devices import Device
from ppid.organisation.models import Appointment, FactorRecovery, Role, User
from ppid.organisation.scan_keeping import add_scan
from ppid.organisation.sessions import begin as begin_session
from ppid.organisation.units import rename
from ppid.pages.models import PageText
from ppid.proof.giving import give
from ppid.reports.models import Problem
from ppid.reports.taking_in import note
from ppid.scanning.models import FileScan
from ppid.shelf.models import PublishedItem, ShortAddress
from ppid.shelf.register_fields import NAMES
from ppid.shelf.search.families import keep_family
from ppid.takeover.files import add_files
from ppid.takeover.models import TakeoverRow
from ppid.worktime.actions import make as make_change
from ppid.worktime.actions import setting_hours
from ppid.worktime.models import Holiday, SpecialDay, SpecialHours
from sop.models import LegalBasis, SopVersion
from sop.versions import actions as library
from sop.versions.signed import attach_signed
from tests import make
from tests.editions import editions
from tests.obligations import said
from tests.pages import pages
from tests.portal import shelf_rows
from tests.second_factors import with_app
from tests.takeover import office as lists

FORM = "application/x-www-form-urlencoded"
# Sent in the place of one value, as they stand on the wire.
BAD = {
    "NUL": ["%00"],
    "NUL inside": ["1%00"],
    "5,000 digits": ["9" * 5000],
    "30 digits": ["9" * 30],
    "digits of another script": ["%D9%A3"],
    "nothing": [],
    "empty": [""],
    "a list": ["1", "", "2"],
    "no UTF-8": ["%FF%ED%A0%80"],
    "an override": ["%E2%80%AEa"],
    "the last day": ["9999-12-31"],
    "the first day": ["0001-01-01"],
}
# Into one parameter at a time, in a form while the others hold what the page would send; the rest into all at once.
ONE_AT_A_TIME = ("5,000 digits", "nothing")
LAST_DAY = BAD["the last day"]
IN_A_PATH = ["%00", "1%00", "9" * 5000, "9" * 30, "%FF", "%E2%80%AE", "%ED%A0%80", "-1", "a" * 5000]
ANSWERED = {200, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 414, 422}


def patterns(resolver=None, prefix="", namespace=""):
    """Yield every URL pattern of the project, also tomorrow's: name, route."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, prefix + str(each.pattern), inner)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", prefix + str(each.pattern)


ROUTES = dict(patterns())
# They lead back to the page of sign-in, whatever comes.
LEAD_BACK = {"account_oidc", "account_oidc_callback"}


@pytest.fixture(scope="module", autouse=True)
def city():
    """Let the city have an account for all, of a provider that is down."""
    server = "http://localhost:9"
    app = {"provider_id": "kota", "name": "Akun Kota", "client_id": "ppid", "secret": "rahasia"}
    app["settings"] = {"server_url": server, "oauth_pkce_enabled": True}
    providers = {"openid_connect": {"APPS": [app]}}
    with override_settings(OIDC_ISSUER=server, OIDC_NAME="Akun Kota", SOCIALACCOUNT_PROVIDERS=providers):
        yield


@pytest.fixture(scope="module")
def office(built_once):
    """Something of everything, once for all addresses."""
    keeper = make.demo("pengelola")
    publication, exclusion = (SopVersion.objects.get(sop__flow=flow) for flow in ("publication", "exclusion"))
    draft = library.new_draft(publication, actor=keeper)
    reviewed = library.new_draft(exclusion, actor=make.demo("utama"))
    library.submit(reviewed, actor=make.demo("utama"))
    attach_signed(publication, make.pdf("lembar.pdf"), keeper)
    chief = make.demo("utama")
    chief.set_password("sandi yang cukup panjang")
    chief.save()
    preparing = make.publication(at="preparing")
    add_document(preparing, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    published = make.publication(at="published").information
    shelf_rows.duty()
    adopted = make.exclusion(at="adopted")
    better = {**AmendmentKind.kinds["correct_dik"].before(adopted), "information": "Kata yang lebih jelas"}
    unapproved = make.exclusion(at="reviewing")
    make.step(unapproved, "accept", actor="utama")
    asks = {"role": Role.objects.get(code="ppid_utama"), "actor": make.demo("bidang")}
    shown = {"for_whom": "Komisi Informasi", "purpose": "Surat 1", "ends_at": timezone.now() + timedelta(days=3)}
    link, secret = give([preparing], actor=chief, **shown)
    receipt = {"number": "1/TT", "date": timezone.localdate(), "actor": make.demo("bidang")}
    return SimpleNamespace(
        draft=draft,
        reviewed=reviewed,
        in_force=publication,
        activity=draft.activities.first(),
        preparing=preparing,
        document=Document.objects.get(information=preparing.information, purpose="content"),
        paper=number_paper(preparing, KINDS["receipt"], **receipt),
        session=begin_session(chief, Device())[0],
        link=link,
        secret=secret,
        feed=new_calendar_key(chief),
        told=Notice.objects.filter(person=chief).first(),
        hours=_fasting(chief),
        asked=ask(preparing, "Berapa jumlahnya?", **asks),
        asking=ask(preparing, "Kapan siap?", role=Role.objects.get(code="operator"), actor=make.demo("utama")),
        updating=make.publication(),
        clarifying=make.publication(at="clarifying"),
        decided=make.publication(at="releasing"),
        family=keep_family(["kata satu", "kata dua"]),
        reason=write_reason("clarify", "Tabelnya terpotong.", actor=make.demo("utama")),
        testing=make.exclusion(at="testing"),
        adopting=make.exclusion(at="adopting"),
        adopted=adopted,
        unapproved=unapproved,
        amendment=propose(adopted, "correct_dik", actor=make.demo("bidang"), after=better, reason="Keliru."),
        plan=rename(
            make.unit("pupr"),
            name="Dinas Pekerjaan Umum dan Perumahan Rakyat Kota Pontianak",
            short_name="PUPR",
            starts_on=timezone.localdate() + timedelta(days=30),
            because="Perwa 84/2026",
            actor=make.demo("utama"),
        ),
        edition=editions.prepared("dik"),
        set_edition=_set_twice(),
        published=Case.objects.get(information=published),
        order=add_scan(make.demo("opd").appointments.first(), make.pdf(), actor=make.demo("utama")),
        excluded_list=lists.read_dik(lists.excluded(c7="")),
        listed=lists.read([*lists.ROW[:6], "", lists.ROW[7]]),
        proposed=lists.proposed(),
        filed=_filed(),
        shelf=PublishedItem.objects.get(number=published.number),
        problem=_reported(published.number),
        found=_found(),
        drawn=_drawn(),
        page=_page_twice(),
        announcement=pages.announced("Kantor tutup lusa."),
        on_top=pages.on_top(),
        statement=said.stated(),
        linked=said.linked(published),
        duty=said.changed(),
        recovery=_recovering(),
    )


def _recovering() -> FactorRecovery:
    """Let two people have an app with codes, and one of them lose it."""
    with_app(make.demo("utama"))
    with_app(make.demo("opd"))
    return begin(make.demo("opd"), why="Datang sendiri.", actor=make.demo("wakil"))


def _drawn() -> PublishedItem:
    """Put an item on the shelf twice, with pictures of its page and an announcement."""
    for _ in range(2):
        file = shelf_rows.file(b"%PDF gambar", key="0123456789ab")
        item = shelf_rows.item(number="2026-8888", files=[file])
    shelf_rows.read(file.sha256, pages=1)
    shelf_rows.announced(item)
    return item


def _found() -> FileScan:
    """Let the virus scanner have found something in a file that is kept."""
    now = timezone.now()
    return FileScan.objects.create(sha256="c" * 64, state="found", signature="Eicar", since=now, scanned_at=now)


def _reported(number: str) -> Problem:
    """Let the public report a problem with personal data, which PPID Utama reads."""
    note("a" * 32, {"number": number, "kind": "personal", "text": "Baris 3."})
    return Problem.objects.get()


def _page_twice() -> PageText:
    """Let a page have two editions, and a third text that waits."""
    pages.shown()
    pages.shown(body="Kantor kami pindah.")
    return pages.handed_in(body="Kantor kami pindah lagi.")


def _fasting(chief: User) -> SpecialHours:
    """Set other hours for ten days of the year after next, when nothing is due."""
    first = timezone.localdate() + timedelta(days=800)
    hours = SpecialHours(name="Ramadan", first=first, last=first + timedelta(days=9), source="SE 1")
    make_change(
        setting_hours(hours, [SpecialDay(weekday=n, starts=time(8), ends=time(15)) for n in range(5)]), actor=chief
    )
    return hours


def _filed() -> TakeoverRow:
    """Let a row of a list have its file."""
    read = lists.read(*lists.rows(1))
    add_files(read, [make.pdf("1.pdf")], actor=make.demo("bidang"))
    return read.rows.get()


def _set_twice() -> RegisterEdition:
    """Set two editions of the DIP; return the later one as the desk knows it."""
    editions.set_here("dip", number="1/SK")
    shown = editions.set_here("dip", number="2/SK")
    assert printing.print_next()
    for kind in ("dip", "dik", "reopened", "sop", "dump"):
        shelf_rows.bundle(kind)
    return RegisterEdition.objects.get(register="dip", number=shown.number)


def places(name: str, office) -> list[tuple[list, str]]:
    """Return where a pattern leads in this office: its arguments, and what stands behind the «?»."""
    version, draft, reviewed = office.in_force, office.draft, office.reviewed
    of_version = [version.sop.slug, version.version]
    of_draft = [draft.sop.slug, draft.version]
    of_reviewed = [reviewed.sop.slug, reviewed.version]
    file = office.shelf.files.first()
    drawn = [office.drawn.number, office.drawn.files.get().key]
    row = f"baris={office.activity.pk}"
    special = {
        "portal:item": [([office.shelf.number], "")],
        "portal:file": [([office.shelf.number, file.key, file.filename], "")],
        "portal:report": [([office.shelf.number], "")],
        "portal:announcement": [(drawn[:1], "")],
        "portal:announcement_text": [(drawn[:1], "")],
        "portal:page_picture": [([*drawn, 1], "")],
        "portal:edition_page_picture": [([drawn[0], 1, drawn[1], 1], "")],
        "portal:edition_changes": [([drawn[0], 2], "")],
        "portal:short": [([ShortAddress.objects.get(kind="item", number=office.shelf.number, edition=1).code], "")],
        "portal:verify": [([], f"sha256={file.sha256}")],
        "desk:found-file": [([office.found.pk], "")],
        "desk:problem": [([office.problem.pk], "")],
        "portal:edition": [([office.shelf.number, 1], "")],
        "portal:edition_file": [([office.shelf.number, 1, file.key, file.filename], "")],
        "portal:sop_file": [([*of_version, "data.json"], "")],
        "portal:register_annex": [(["dip", 2, 1], "")],
        "portal:sitemap_items": [([office.shelf.pk // 25_000], "")],
        "portal:api_item": [([office.shelf.number], "")],
        "portal:dump_part": [([1], "")],
        **{f"portal:{name}_today_pdf": [([1], "")] for name in ("dip", "dik", "reopened", "sop")},
        "desk:edition-prepare": [(["dip"], "")],
        "desk:edition": [([office.edition.pk], ""), ([office.set_edition.pk], "")],
        "desk:appointment-scan": [([office.order.appointment_id, office.order.pk], "")],
        "desk:edition-paper": [([office.set_edition.pk, office.set_edition.acts.exclude(sha256="").first().pk], "")],
        "desk:case": [([office.preparing.number], "")],
        "desk:step": [
            ([office.updating.number, "update_content"], ""),
            ([office.preparing.number, "prepare"], ""),
            ([office.clarifying.number, "clarify"], ""),
            ([office.clarifying.number, "return_for_repair"], ""),
        ],
        "desk:decide": [([office.clarifying.number], "dokumen=1&halaman=1")],
        "desk:decide-preview": [([office.clarifying.number], "")],
        "desk:together": [([], f"laku=kerjakan&pilih={office.preparing.number}")],
        "desk:auditor-link": [([office.link.pk], "")],
        "desk:auditor-link-revoke": [([office.link.pk], "")],
        "desk:auditor": [([office.secret], "")],
        "desk:auditor-pdf": [([office.secret, office.preparing.number], "")],
        "desk:auditor-zip": [([office.secret, office.preparing.number], "")],
        "desk:calendar-feed": [([office.feed], "")],
        "desk:news-item": [([office.told.pk], "")],
        "desk:news-again": [([office.told.dispatches.first().pk], "")],
        "account_session_end": [([office.session.pk], "")],
        "desk:hours": [([office.hours.pk], "")],
        "desk:hours-remove": [([office.hours.pk], "")],
        "desk:answer": [([office.preparing.number, office.asked.pk], "")],
        "desk:take-back": [([office.preparing.number, office.asking.pk], "")],
        "desk:undo": [([office.decided.number], "")],
        "desk:decided": [([office.decided.number, office.decided.moves], "")],
        "desk:document-page": [([office.preparing.number, office.document.pk, 1], "")],
        "desk:head-approved": [([office.adopting.number, office.adopting.head_approvals.get().pk], "")],
        "desk:undo-approval": [([office.adopting.number, office.adopting.head_approvals.get().pk], "")],
        "desk:family-edit": [([office.family.pk], "")],
        "desk:family-drop": [([office.family.pk], "")],
        "desk:reason-edit": [([office.reason.pk], "")],
        "desk:reason-retire": [([office.reason.pk], "")],
        "desk:describe": [([office.preparing.number], "")],
        "desk:work": [([office.preparing.number], ""), ([office.testing.number], "")],
        "desk:work-preview": [([office.preparing.number], "")],
        "desk:document-add": [([office.preparing.number], "")],
        "desk:test-sheet": [([office.testing.number], "")],
        "desk:confirm-test": [([office.testing.number], "")],
        "desk:test-sheet-paper": [([office.adopting.number], "")],
        "desk:decree": [([office.adopting.number], "")],
        "desk:head-approval": [([office.unapproved.number], "")],
        "desk:head-approval-scan": [([office.unapproved.number], "")],
        "desk:lift": [([office.adopted.number], "")],
        "desk:extend": [([office.adopted.number], "")],
        "desk:name-open-part": [([office.adopted.number], "")],
        "desk:correct-dik": [
            ([office.adopted.number], ""),
            ([office.testing.number], ""),
            ([office.preparing.number], ""),
        ],
        "desk:still-right": [([office.published.number], "")],
        "desk:correct-item": [([office.published.number], ""), ([office.preparing.number], "")],
        "desk:sop-edit": [
            ([*of_draft, "identitas"], ""),
            ([*of_draft, "daftar"], ""),
            ([*of_draft, "pelaksana"], ""),
            ([*of_draft, "aktivitas"], ""),
            ([*of_draft, "aktivitas"], row),
            ([*of_draft, "langkah"], ""),
        ],
        "desk:sop-delete-draft": [(of_draft, "")],
        "desk:sop-confirm": [(of_draft, "")],
        "desk:sop-submit": [(of_draft, "")],
        "desk:sop-number": [(of_draft, "")],
        "desk:sop-send-back": [(of_reviewed, "")],
        "desk:sop-approve": [(of_reviewed, "")],
        "desk:sop-numbering": [(["dinsos"], "")],
        "desk:sop-compare": [([draft.sop.slug, 1, draft.version], "")],
        "desk:sop-compare-pdf": [([draft.sop.slug, 1, draft.version], "")],
        "desk:legal-basis": [([LegalBasis.objects.first().pk], "")],
        "desk:holiday": [([Holiday.objects.first().pk], "")],
        "desk:holiday-remove": [([Holiday.objects.first().pk], "")],
        "desk:page": [(["profil"], ""), (["biaya"], "")],
        "desk:page-write": [(["biaya"], "")],
        **{
            f"desk:page-{act}": [(["profil", office.page.pk], "")]
            for act in ("text", "approve", "send-back", "withdraw")
        },
        **{
            f"desk:announcement-{act}": [([office.announcement.pk], "")] for act in ("approve", "send-back", "withdraw")
        },
        **{
            f"desk:{kind}-{act}": [([given.pk], "")]
            for kind, given in (("statement", office.statement), ("fulfilment", office.linked))
            for act in ("approve", "send-back", "withdraw", "end")
        },
        **{
            f"desk:duty-{act}": [([office.duty.code, office.duty.pk], "")]
            for act in ("approve", "send-back", "withdraw")
        },
        "desk:duty": [([said.DUTY], ""), ([office.duty.code], "")],
        "desk:duty-write": [([said.DUTY], "")],
        "desk:duties-of-unit": [(["dinsos"], ""), (["dinsos"], f"?informasi={office.shelf.number}")],
        **{
            f"desk:duty-{act}": [([said.DUTY, "dinsos"], ""), ([said.DUTY, "kota"], "")]
            for act in ("cell", "start", "renew", "link", "state")
        },
        **{
            f"desk:person-recovery-{act}": [([office.recovery.person_id, office.recovery.pk], "")]
            for act in ("confirm", "cancel")
        },
        "second_factor_remove": [([Authenticator.objects.get(user=make.demo("utama"), type="totp").pk], "")],
        "desk:announcement-end": [([office.on_top.pk], "")],
        "desk:unit-plan-cancel": [([office.plan.pk], "")],
        "desk:takeover": [([office.listed.pk], ""), ([office.excluded_list.pk], "")],
        "desk:takeover-columns": [([office.listed.pk], ""), ([office.excluded_list.pk], "")],
        "desk:takeover-propose": [([office.excluded_list.pk], "")],
        "desk:takeover-settle": [([office.listed.pk, "empty"], ""), ([office.excluded_list.pk, "decree"], "")],
        "desk:takeover-row": [([office.listed.pk, office.listed.rows.get().pk], "")],
        "desk:takeover-let-go": [([office.filed.takeover_id, office.filed.pk], "")],
        "desk:takeover-file": [([office.listed.pk, office.listed.table_id], "")],
        "desk:takeover-approve": [([office.proposed.pk], "")],
        "desk:takeover-send-back": [([office.proposed.pk], "")],
        **{
            f"desk:appointment-{act}": [([Appointment.objects.get(user=make.demo("dinsos")).pk], "")]
            for act in ("end", "replace", "stop", "cancel", "annul", "scan-add")
        },
    }
    if name in special:
        return special[name]
    filled = {
        "halaman/<slug:slug>/edisi/<int:edition>": ["profil", 2],
        "halaman/<slug:slug>": ["profil"],
        "surat/<slug:paper>/<int:pk>": [office.preparing.number, "tanda-terima", office.paper.pk],
        "usul/<int:pk>": [office.adopted.number, office.amendment.pk],
        "surat/<slug:paper>": [office.preparing.number, "tanda-terima"],
        "banding/<int:other>": ["dip", 2, 1],
        "<register:register>/edisi/<int:edition>": ["dip", 2],
        "<register:register>": ["dip"],
        "edisi/<int:pk>": [office.edition.pk],
        "<slug:slug>/<int:version>": of_version,
        "<slug:slug>/versi/<int:version>": of_version,
        "<slug:slug>": [version.sop.slug],
        "<slug:unit>": ["dinsos"],
        "<slug:duty>": ["bk-profil-kedudukan"],
        "unit/<slug:code>": ["dishub"],
        "perkara/<slug:number>/dokumen/<int:pk>": [office.preparing.number, office.document.pk],
        "ambil-alih/<int:pk>": [office.listed.pk],
        "orang/<int:pk>": [make.demo("opd").pk],
        "<slug:number>": [office.preparing.number],
    }
    route = ROUTES[name]
    return [(next((args for part, args in filled.items() if part in route), []), "")]


@contextmanager
def undone():
    """Take back what a request wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Watched:
    """Notes which names are asked of an address or a form."""

    def __init__(self, monkeypatch):
        self.names: set[str] = set()
        for method in ("__getitem__", "getlist", "__contains__", "setlist"):
            monkeypatch.setattr(QueryDict, method, self._noting(getattr(QueryDict, method)), raising=False)

    def _noting(self, original):
        def asked(data, name, *more, **options):
            self.names.add(name)
            return original(data, name, *more, **options)

        return asked

    @contextmanager
    def during(self):
        self.names = set()
        found = set()
        yield found
        found |= self.names - {"csrfmiddlewaretoken"}


class Visitor:
    """Somebody who may open a page, and tells what is wrong with its answers.

    What goes over the wire a second time is not sent: since what it wrote is taken back, its answer is the first one's.
    """

    def __init__(self, client: Client, url: str):
        self.client, self.url, self.faults = client, url, []
        self.sent = set()

    def get(self, query: str = "", *, what: str = "GET"):
        address = f"{self.url}{'?' if query else ''}{query}"
        return self._asked(what, address, lambda: self.client.get(address))

    def post(self, body: str = "", *, what: str = "POST"):
        return self._asked(what, (self.url, body), lambda: self.client.post(self.url, body, content_type=FORM))

    def _asked(self, what, wire, ask):
        if wire in self.sent:
            return None
        self.sent.add(wire)
        try:
            with undone():
                response = ask()
                if getattr(response, "streaming", False):
                    b"".join(response.streaming_content)
        except Exception as error:
            self.faults.append(f"{what}: {type(error).__name__}: {error}"[:300])
            return None
        if response.status_code not in ANSWERED:
            self.faults.append(f"{what}: {response.status_code}")
        elif response.status_code >= 400 and response.status_code != 405 and not is_ours(response):
            self.faults.append(f"{what}: {response.status_code} without a page of ours")
        return response


def is_ours(response) -> bool:
    if response.headers.get("Content-Type", "") == "application/json":
        return set(response.json()) == {"error"} or response.json().get("type") == "withdrawal"
    return b'<html lang="id">' in response.content and b"stylesheet" in response.content


def visitor(name: str, url: str, query: str = "") -> Visitor:
    """Return the first of the cast who may open the page."""
    if name in LEAD_BACK:
        return Visitor(Client(raise_request_exception=True), url)
    for who in (None, "utama", "pengelola", "bidang", "dinsos", "opd", "operator", "atasan"):
        if who is None and name.startswith("desk:"):
            continue
        client = Client(raise_request_exception=True)
        if who:
            client.force_login(make.demo(who))
        with undone():
            answer = client.get(f"{url}?{query}" if query else url)
            if answer.status_code == 405:
                answer = client.post(url, "", content_type=FORM)
        if answer.status_code not in (403, 404) and "masuk" not in answer.headers.get("Location", ""):
            return Visitor(client, url)
    raise AssertionError(f"nobody opens {url}: teach places() the way to {name}")


def sent_by_the_page(response, url: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return what the page's own forms would send to this address, all of them together, and which fields are days."""
    found: dict[str, list[str]] = {}
    days: list[str] = []
    if response is None or "html" not in response.headers.get("Content-Type", ""):
        return found, days
    for form in BeautifulSoup(response.content, "html.parser").find_all("form", method="post"):
        if form.get("action", url).split("?")[0] not in ("", url.split("?")[0]):
            continue
        for field in form.find_all(["input", "select", "textarea"]):
            kind = field.get("type")
            if not field.get("name") or kind in ("file", "submit") or field["name"] == "csrfmiddlewaretoken":
                continue
            if kind in ("checkbox", "radio") and not field.has_attr("checked"):
                continue
            chosen = field.find("option", selected=True) if field.name == "select" else None
            value = (chosen.get("value", "") if chosen else "") if field.name == "select" else field.get("value", "")
            found.setdefault(field["name"], []).append(field.text if field.name == "textarea" else value)
            days += [field["name"]] if kind == "date" else []
    return found, days


def one_of_each(names) -> list[str]:
    """Return one of the names that differ in their numbers alone: the fields of a row stand for those of all rows."""
    return list({re.sub(r"\d+", "0", name): name for name in sorted(names)}.values())


def on_the_wire(values: dict[str, list[str]], bad: dict[str, list[str]]) -> str:
    """Return a query: ``bad`` as it stands, in the place of the values of the same name."""
    good = urlencode({name: each for name, each in values.items() if name not in bad}, doseq=True)
    wild = [f"{quote_plus(name)}={value}" for name, each in bad.items() for value in each]
    return "&".join(part for part in (good, *wild) if part)


@pytest.mark.parametrize("name", ROUTES)
def test_whatever_is_put_into_a_parameter_gets_an_answer(name, office, db, monkeypatch):
    watched = Watched(monkeypatch)
    for args, query in places(name, office):
        url = reverse(name, args=args)
        who = visitor(name, url, query)
        with watched.during() as asked:
            page = who.get(query)
        for bad, values in BAD.items():
            for names in [[each] for each in one_of_each(asked)] if bad in ONE_AT_A_TIME else [asked]:
                who.get(on_the_wire({}, dict.fromkeys(names, values)), what=f"GET {', '.join(names)} = {bad}")
        address = f"{url}?{query}" if query else url
        posting = Visitor(who.client, address)
        usual, days = sent_by_the_page(page, url)
        with watched.during() as asked:
            answer = posting.post(urlencode(usual, doseq=True))
        if answer is not None and answer.status_code == 405:
            assert not who.faults, "\n".join(who.faults)
            continue
        with watched.during() as more:
            posting.post()
        fields = asked | more | set(usual)
        for each in ([day] for day in days):
            posting.post(on_the_wire(usual, dict.fromkeys(each, LAST_DAY)), what=f"POST {each} = the last day")
        posting.post(on_the_wire(usual, dict.fromkeys(days, LAST_DAY)), what="POST every day = the last")
        for bad, values in BAD.items():
            if bad not in ONE_AT_A_TIME:
                posting.post(on_the_wire({}, dict.fromkeys(fields, values)), what=f"POST everything = {bad}")
                continue
            for each in one_of_each(fields):
                posting.post(on_the_wire(usual, {each: values}), what=f"POST {each} = {bad}")
        assert not who.faults + posting.faults, "\n".join(who.faults + posting.faults)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if "<" in route])
def test_whatever_stands_in_a_path_gets_an_answer(name, office, db):
    args, query = places(name, office)[0]
    url = reverse(name, args=args)
    who = visitor(name, url, query)
    for n, arg in enumerate(args):
        for bad in IN_A_PATH:
            others = [f"argument{place}" if place == n else each for place, each in enumerate(args)]
            if arg in NAMES:  # its converter takes the registers' names alone
                others[n] = arg
            elif isinstance(arg, int):
                others[n] = 987654
            wild = reverse(name, args=others).replace(quote(str(others[n])), bad, 1)
            who.url = wild
            who.get(what=f"GET {wild[:120]}")
            who.post(what=f"POST {wild[:120]}")
    assert not who.faults, "\n".join(who.faults)


def test_no_address_has_a_converter_that_lets_everything_in():
    assert not [
        route for route in ROUTES.values() if "<str:" in route or "<path:" in route or "<" in route and ":" not in route
    ]
