"""What the officers do all day: cases from the empty form to the portal, each act noted before and after."""

import hashlib
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tests import make_pdf
from tests.fire.browser import Browser, NoAnswer, Page, asked_for, filled, first_choice
from tests.fire.journal import Journal

WORDS = {
    "summary": "Jumlah penerima bantuan per kelurahan.",
    "responsible": "Sekretaris Dinas",
    "made_place": "Pontianak",
    "made_when": "5 November 2026",
    "retention": "5 tahun",
}
TEST = {
    "subject": "Berkas permohonan akta",
    "public_description": "Data pribadi pemohon akta",
    "consequence_if_open": "Rahasia pribadi terungkap.",
    "consequence_if_closed": "Hak pribadi terlindungi.",
    "public_interest": "Tidak lebih besar.",
    "conclusion": "whole",
    "term": "5 tahun",
    "place": "Pontianak",
    "grounds": "h",
    "peserta-0-name": "Fransiskus Andi, S.IP.",
    "peserta-0-position": "Kepala Seksi",
}
LARGEST = 3 << 20  # bytes of a document, most are smaller; from 2.5 MB on, it arrives in a file
_BUSY = (502, 503)  # the portal says itself: later
_PATIENCE = 120  # seconds for one act


class Stopped(Exception):
    """The day is over; what is under way is left as it stands."""


class GivenUp(Exception):
    """An act is refused, or its page lacks what is needed: noted, and the story ends here."""


@dataclass
class Day:
    """What all officers share: where, until when, in which journal, and everybody's cookies."""

    port: int
    journal: Journal
    seed: int
    over: threading.Event = field(default_factory=threading.Event)
    published: list[str] = field(default_factory=list)
    stories: int = 0
    _browsers: dict[str, Browser] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def browser(self, who: str) -> Browser:
        """Return a browser of the person, signed in by whoever came first."""
        with self._lock:
            if who not in self._browsers:
                one = Browser(self.port, who)
                patiently(self, one.sign_in)
                self._browsers[who] = one
            mine = Browser(self.port, who)
            mine.cookies = dict(self._browsers[who].cookies)
            return mine

    def take_published(self) -> str:
        """Take an item out of those that may be excluded now; "" when there is none."""
        with self._lock:
            return self.published.pop(0) if self.published else ""


def patiently(day: Day, what: Callable) -> Page:
    """Do it until an answer comes; for what changes nothing, or may be done twice."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            page = what()
            if page is None or page.status not in _BUSY:
                return page
        except NoAnswer:
            if time.monotonic() > until:
                raise
        if day.over.is_set():
            raise Stopped
        time.sleep(0.3)


class Officer(threading.Thread):
    """One after the other, the stories of one office; several of them run beside each other."""

    def __init__(self, day: Day, number: int):
        super().__init__(daemon=True)
        self.day, self.number = day, number
        self.chance = random.Random(day.seed * 1000 + number)
        self._n = 0

    def run(self) -> None:
        while not self.day.over.is_set():
            try:
                item = self.day.take_published() if self.chance.random() < 0.5 else ""
                self.exclusion(item) if item else self.publication()
                self.day.stories += 1
            except Stopped:
                return
            except GivenUp as reason:
                self.day.journal.fault(str(reason))
            except NoAnswer as error:
                if not self.day.over.is_set():
                    self.day.journal.fault(f"No answer for {_PATIENCE} seconds: {error}")

    # The stories.

    def publication(self) -> None:
        unit = self.chance.choice(("dinsos", "disdukcapil"))
        urgent = {"is_urgent": "on", "urgent_because": "Pipa induk pecah."} if self.chance.random() < 0.95 else {}
        mark, case = self.open(unit, **urgent)
        self.step("bidang", case, "update_content")
        self.step("bidang", case, "coordinate")
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            self.document(unit, case)
        self.hand_over(unit, case, WORDS | {"title": f"Laporan {mark}", "has_softcopy": "on"})
        if self.chance.random() < 0.3:
            self.step("utama", case, "return_for_repair", at=f"{case}putusan/")
            if self.chance.random() < 0.5:
                self.document(unit, case)
            self.hand_over(unit, case, {"answer-1": "Sudah diperbaiki."})
        self.step("utama", case, "clarify", at=f"{case}putusan/", category="periodic")
        self.step("bidang", case, "release")
        self.step("operator", case, "renew")
        self.step("operator", case, "publish")
        if unit == "disdukcapil":
            self.day.published.append(mark)

    def exclusion(self, of: str) -> None:
        """Exclude what was published: adopting takes it off the portal."""
        case = self.open_again(of)
        self.step("bidang", case, "collect")
        self.step("utama", case, "screen", at=f"{case}putusan/")
        self.save("opd", case, f"{case}kerja/", "/kerja/", {"simpan": "1"} | TEST, kind="test")
        self.hand_over("opd", case, {})
        self.step("utama", case, "accept", at=f"{case}putusan/")
        self.save("atasan", case, f"{case}persetujuan/", "/persetujuan/", {}, kind="head")
        today = datetime.now(ZoneInfo("Asia/Pontianak")).date().isoformat()
        decree = {"number": self.mark("SK"), "place": "Pontianak", "reason": "Melindungi rahasia.", "date": today}
        self.save("bidang", case, f"{case}penetapan/", None, decree, kind="decree")
        self.step("bidang", case, "adopt")

    # The acts.

    def open(self, who: str, **fields: str) -> tuple[str, str]:
        """Open a publication; one that nobody answered is opened again, under another title."""
        until = time.monotonic() + _PATIENCE
        while True:
            mark = self.mark("L")
            browser, page = self.page(who, "/meja/pengumuman/baru/")
            sent = filled(page.form(None)) | {"title": [f"Laporan {mark}"]} | {k: [v] for k, v in fields.items()}
            files = [("documents", self.file(), self.content())] if self.chance.random() < 0.3 else []
            answer, _ = self.send(browser, "/meja/pengumuman/baru/", sent, files, kind="open", mark=mark)
            if answer is not None and answer.status == 302:
                return mark, answer.where
            self.refused(answer, f"{who} could not open a publication", until)

    def open_again(self, item: str) -> str:
        """Open an exclusion of an item; one that nobody answered is looked for on the item's own page."""
        path, until = "/meja/pengecualian/yang-ada/", time.monotonic() + _PATIENCE
        act = 0
        while True:
            browser, page = self.page("opd", f"{path}?q={item}")
            form = next((each for each in page.soup.find_all("form", method="post") if item in str(each)), None)
            if form is None and act:
                found = self.running_exclusion(item)
                if found:
                    self.day.journal.seen(act)
                    return found
            if form is None:
                raise GivenUp(f"The item {item} can't be excluded: {page.words[:200]}")
            answer, act = self.send(browser, path, filled(form), [], kind="exclude", mark=item)
            if answer is not None and answer.status == 302 and "/perkara/" in answer.where:
                return answer.where
            self.refused(answer, f"The exclusion of {item} could not be opened", until)

    def running_exclusion(self, item: str) -> str:
        """Return the address of the item's exclusion, as the register has it."""
        _, page = self.page("opd", "/meja/register/pengecualian/")
        links = [a["href"] for a in page.soup.find_all("a", href=True) if "/perkara/K-" in a["href"]]
        for link in dict.fromkeys(links):
            _, shown = self.page("opd", link)
            if item in shown.words:
                return link
        return ""

    def step(self, who: str, case: str, key: str, *, at: str = "", **fields: str) -> None:
        self.save(who, case, at or case, f"/langkah/{key}/", fields, kind="step", key=key)

    def hand_over(self, who: str, case: str, fields: dict[str, str]) -> None:
        self.save(who, case, f"{case}kerja/", "/kerja/", fields, kind="step", key="hand over")

    def document(self, who: str, case: str) -> None:
        """Add a document by its own form."""
        path, until = f"{case}dokumen/tambah/", time.monotonic() + _PATIENCE
        mark = self.mark("D")
        content = self.content()
        while True:
            browser, page = self.page(who, path)
            sent = filled(page.form(None)) | {"title": [f"Dokumen {mark}"]}
            files = [("file", self.file(), content)]
            answer, act = self.send(browser, path, sent, files, kind="document", mark=mark, case=case)
            if answer is not None and answer.status == 302:
                return
            self.refused(answer, f"{who} could not add a document to {case}", until)
            _, shown = self.page(who, f"{case}kerja/")
            if mark in shown.words:
                self.day.journal.seen(act)
                return

    def save(
        self, who: str, case: str, at: str, ending: str | None, fields: dict[str, str], *, kind: str, key: str = ""
    ) -> None:
        """Send a form of the case; after silence, look whether it is still there to be sent."""
        until, act = time.monotonic() + _PATIENCE, 0
        while True:
            browser, page = self.page(who, at)
            form = page.form(ending)
            if form is None or (act and kind != "step" and self.stands(kind, page, fields)):
                if act:
                    self.day.journal.seen(act)
                    return
                raise GivenUp(f"{who} finds no form «{ending}» at {at}: {page.status} {page.words[:300]}")
            mark = self.mark("C")
            sent = filled(form) | {name: [value] for name, value in fields.items()}
            if kind == "decree":
                sent["decided_by"] = [first_choice(form, "decided_by")]
            if "note" in sent or kind == "step":
                sent["note"] = [f"Catatan {mark}"]
            files = []
            if kind == "step":
                files = [(name, self.file(), self.content()) for name in asked_for(form) if name.endswith("_file")]
            path = form.get("action") or at
            answer, act = self.send(
                browser, path, sent, files, kind=kind, mark=mark, case=case, key=key, text=fields.get("number", "")
            )
            if answer is not None and answer.status == 302:
                return
            self.refused(answer, f"{who} could not send «{ending}» of {case}", until)

    def stands(self, kind: str, page: Page, fields: dict[str, str]) -> bool:
        if kind == "decree":
            return fields["number"] in str(page.soup)
        if kind == "test":
            return TEST["subject"] in str(page.soup)
        return False

    # What lies under them.

    def page(self, who: str, path: str) -> tuple[Browser, Page]:
        browser = self.day.browser(who)
        page = patiently(self.day, lambda: browser.get(path))
        if page.status >= 500:
            self.day.journal.fault(f"{page.status} at {path}: {page.words[:200]}")
        if page.status == 302 and path not in page.where:
            page = patiently(self.day, lambda: browser.get(page.where))
        return browser, page

    def send(self, browser: Browser, path, fields, files, *, kind: str, **about) -> tuple[Page | None, int]:
        """Send a form once; return the answer, None for none, and the number of the act."""
        if self.day.over.is_set():
            raise Stopped
        sums = [hashlib.sha256(content).hexdigest() for _, _, content in files]
        act = self.day.journal.begin(kind, who=browser.who, files=sums, **about)
        aimed = "upload" if files and sum(len(each[2]) for each in files) > 200_000 else about.get("key") or kind
        try:
            with self.day.journal.sending(act, aimed, browser):
                answer = browser.post(path, fields, files)
        except NoAnswer:
            return None, act
        self.day.journal.answered(act, answer.status, answer.where)
        return answer, act

    def refused(self, answer: Page | None, what: str, until: float) -> None:
        """Go on after silence or «later»; end the story after anything else."""
        if answer is not None and answer.status not in _BUSY:
            errors = answer.soup.select_one(".errors")
            raise GivenUp(f"{what}: {answer.status} {errors.get_text(' ') if errors else answer.words[:400]}")
        if time.monotonic() > until:
            raise GivenUp(f"{what} for {_PATIENCE} seconds.")
        time.sleep(0.3)

    def mark(self, letter: str) -> str:
        self._n += 1
        return f"{letter}{self.number}x{self._n}z"

    def file(self) -> str:
        return f"berkas-{self.number}-{self._n}.pdf"

    def content(self) -> bytes:
        """Return a PDF of random size, whose bytes nobody else has."""
        size = LARGEST if self.chance.random() < 0.1 else int(LARGEST ** self.chance.random())
        page = make_pdf.pages("Laporan", mark=f"{self.number}-{self.chance.random()}")
        return page + b"\n%" + self.chance.randbytes(size).replace(b"\n", b" ").replace(b"\r", b" ") + b"\n%%EOF\n"
