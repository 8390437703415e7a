"""The day: what visitors and officers do, and how often. Runs under locust, outside the product's environment.

Assumed, for want of a city's own log: of 10,000 visitors 45 in a hundred come from a search engine to one item, 30 by
the home page and a search, 12 browse the list and its filters, 4 read DIP or DIK, 5 an SOP sheet; 4 are programs that
read the feed and the API. Six in ten visit for the first time, so they load style sheets and scripts too; half of those
who read an item take its file; one in five comes back to a page that the browser kept and asks whether it still holds.
Each visitor and each officer has an address of their own, as nginx would tell it; a connection serves one request, as
behind nginx. Of the officers each signs in once, looks at what waits, does it with files of 40 KB, and signs out.
"""

import argparse
import itertools
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import gevent
from locust import FastHttpUser, constant, task
from locust.env import Environment
from locust.exception import StopUser

from tests.load.forms import Form, forms, multipart, small_pdf

DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)
COMES_BY = {"item": 45, "search": 30, "browse": 12, "registers": 4, "sop": 5, "program": 4}
_STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Unexpected(Exception):
    """An answer that isn't what the journey expects."""


class Day:
    """What is shared by all who take part: the plan, who comes next, what was measured and acknowledged."""

    def __init__(self, plan: dict, *, seed: int = 2026, think: float = 1.0, minutes: float = 0):
        self.plan, self.think, self.rng = plan, think, random.Random(seed)
        self.visitors: Iterator[int] = iter(range(plan["visitors"]))
        # PPID Utama, who has the most to do, comes first; the others in any order.
        self.rng.shuffle(officers := plan["officers"])
        officers.sort(key=lambda each: each["role"] != "ppid_utama")
        self.officers = iter(enumerate(officers))
        self.came = self.left = self.signed_in = self.went_home = 0
        self.measured: dict[str, list[tuple[float, float]]] = defaultdict(list)  # by kind: when, milliseconds
        self.errors: list[str] = []
        self.done: list[dict] = []  # what officers were told is done
        self.began = time.time()
        self.ends = self.began + minutes * 60 if minutes else float("inf")

    @property
    def is_late(self) -> bool:
        """Whether nobody more comes, because the day has lasted as long as it may."""
        return time.time() > self.ends

    @property
    def is_over(self) -> bool:
        everybody = self.plan["visitors"], len(self.plan["officers"])
        gone = self.left, self.went_home
        return gone == (self.came, self.signed_in) and (self.is_late or gone == everybody)

    def note(self, request_type, name, response_time, start_time, exception=None, **_) -> None:
        self.measured[name].append((start_time - self.began, response_time))

    def fail(self, who: str, what: str) -> None:
        self.errors.append(f"{time.time() - self.began:.0f} s, {who}: {what}")


day: Day


class Person(FastHttpUser):
    """A browser. What it asks for is counted under a kind: halaman, pencarian, berkas, statis, program, meja, …"""

    abstract = True
    wait_time = constant(0)
    network_timeout = connection_timeout = 60.0
    who = ""
    agent = DESKTOP
    address = ""

    @contextmanager
    def told_of_errors(self, where: str = "") -> Iterator[None]:
        """Count what was not as expected, and go on: nobody's trouble ends somebody else's day."""
        try:
            yield
        except Unexpected as error:
            day.fail(f"{self.who}{where}", str(error))
        except Exception as error:
            day.fail(f"{self.who}{where}", repr(error))

    def pause(self, least: float, most: float) -> None:
        gevent.sleep(day.rng.uniform(least, most) * day.think)

    def ask(self, path: str, kind: str, *, word: str = "", status: int | tuple[int, ...] = 200, held: str = "", **sent):
        """Ask for the page and return its answer. Raises Unexpected; ``word`` has to stand on it."""
        headers = {"X-Forwarded-For": self.address, "User-Agent": self.agent, "Connection": "close"}
        if held:
            headers["If-None-Match"] = held
        headers |= sent.pop("headers", {})
        method = sent.pop("method", "GET")
        answer = self.client.request(method, path, name=kind, headers=headers, allow_redirects=False, **sent)
        wanted = (status,) if isinstance(status, int) else status
        if answer.status_code not in wanted:
            raise Unexpected(f"{method} {path}: {answer.status_code} {getattr(answer, 'error', None) or ''}")
        if word and answer.status_code == 200 and word not in answer.text:
            raise Unexpected(f"{method} {path}: «{word}» is not on the page")
        return answer

    def load_what_it_names(self, page: str) -> None:
        """Load style sheets, scripts and pictures as a browser that comes for the first time."""
        for address in dict.fromkeys(_STATIC.findall(page)):
            self.ask(address, "statis")


class Visitor(Person):
    """Visitors come one after the other, each with an empty browser."""

    @task
    def visit(self):
        number = next(day.visitors, None)
        if number is None or day.is_late:
            raise StopUser
        day.came += 1
        self.client.client.cookiejar.clear()
        self.who, self.is_new = f"visitor {number}", day.rng.random() < 0.6
        self.address = f"10.{number >> 14 & 127}.{number >> 7 & 127}.{1 + number % 127}"
        self.agent = PHONE if day.rng.random() < 0.6 else DESKTOP
        way = day.rng.choices(list(COMES_BY), COMES_BY.values())[0]
        with self.told_of_errors(f" by {way}"):
            getattr(self, f"by_{way}")()
        day.left += 1

    def first(self, path: str, kind: str = "halaman", **expected):
        answer = self.ask(path, kind, **expected)
        if self.is_new:
            self.load_what_it_names(answer.text)
        self.pause(0.5, 2)
        return answer

    def by_item(self):
        self.read(self.some_item(), first=True)
        if day.rng.random() < 0.3:
            self.read(self.some_item())

    def by_search(self):
        self.first("/", word="<main")
        question = day.rng.choice(day.plan["questions"])
        page = self.ask(f"/cari/?{urlencode({'q': question})}", "pencarian", word="<main").text
        self.pause(0.5, 2)
        if day.rng.random() < 0.3:
            narrower = {"q": question, "unit": day.rng.choice(day.plan["units"])}
            self.ask(f"/cari/?{urlencode(narrower)}", "pencarian", word="<main")
            self.pause(0.5, 1)
        found = re.findall(r'href="(/informasi/\d{4}-\d+/)"', page)
        if found:
            # What was taken off is found too, and says so.
            self.read({"path": day.rng.choice(found[:10]), "title": ""}, status=(200, 410))

    def by_browse(self):
        self.first("/informasi/", word="<main")
        unit, year = day.rng.choice(day.plan["units"]), day.rng.randint(2020, 2026)
        for asked in ({"unit": unit}, {"jenis": "berkala", "tahun": year}, {"halaman": day.rng.randint(2, 40)}):
            self.ask(f"/informasi/?{urlencode(asked)}", "halaman", word="<main")
            self.pause(0.5, 2)
        self.ask(f"/unit/{unit}/", "halaman", word="<main")
        self.read(self.some_item())

    def by_registers(self):
        register = day.rng.choice(("dip", "dik"))
        self.first(f"/{register}/", word="<main")
        self.ask(f"/{register}/?halaman=2", "halaman", word="<main")
        self.pause(0.5, 2)
        self.ask("/kewajiban/", "halaman", word="<main")
        if day.rng.random() < 0.1:  # the whole of it, written while it is sent
            self.ask(f"/{register}.csv", "daftar utuh", word='"')

    def by_sop(self):
        self.first("/sop/", word="<main")
        sheet = day.rng.choice(day.plan["sops"])
        self.ask(sheet, "halaman", word="<main")
        self.pause(0.5, 2)
        paper = self.ask(f"{sheet}lembar.pdf", "berkas")
        if not paper.content.startswith(b"%PDF"):
            raise Unexpected(f"{sheet}lembar.pdf is no PDF")

    def by_program(self):
        feed = self.ask("/atom.xml", "program", word="<feed")
        self.ask("/atom.xml", "program", status=(200, 304), held=feed.headers.get("ETag", ""))
        page = self.ask("/api/v1/items", "program").json()
        for item in page["data"][:2]:
            self.ask(f"/api/v1/items/{item['number']}", "program", word=item["number"])

    def some_item(self) -> dict:
        """Return an item, the newer the more often: half of those read are among the newest eighth."""
        items = day.plan["items"]
        return items[int(len(items) * day.rng.random() ** 3)]

    def read(self, item: dict, *, first: bool = False, status: int | tuple[int, ...] = 200) -> None:
        path = item["path"]
        word = escape(item["title"]) or "<main"
        page = self.first(path, word=word) if first else self.ask(path, "halaman", word=word, status=status)
        self.pause(1, 3)
        files = re.findall(r'href="(/informasi/[^"]+/berkas/[^"]+)"', page.text)
        if files and day.rng.random() < 0.5:
            answer = self.ask(files[0], "berkas")
            if len(answer.content) != int(answer.headers["Content-Length"]):
                raise Unexpected(f"{files[0]}: cut off")
        if day.rng.random() < 0.2:
            self.ask(
                path, "halaman", status=(200, 304, page.status_code), held=page.headers.get("ETag", ""), word="<main"
            )


class Officer(Person):
    """Officers come spread over the day: as many of them as of the visitors have come."""

    @task
    def work(self):
        found = next(day.officers, None)
        if found is None or day.is_late:
            raise StopUser
        number, self.officer = found
        while day.came < day.plan["visitors"] * number / len(day.plan["officers"]):
            gevent.sleep(0.2)
            if day.is_late:
                raise StopUser
        day.signed_in += 1
        self.client.client.cookiejar.clear()
        self.who, self.address = self.officer["email"], f"10.200.{number >> 7}.{1 + number % 127}"
        self.agent = PHONE if self.officer["role"] == "ppid_utama" else DESKTOP
        with self.told_of_errors():
            self.sign_in()
        for each in self.officer["tasks"]:
            with self.told_of_errors(f" at {each['case']}"):
                self.do(each)
        with self.told_of_errors(" in the evening"):
            if self.officer["role"] == "opd":
                self.write_an_item()
            self.sign_out()
        day.went_home += 1

    def desk(self, path: str, word: str = "<main"):
        answer = self.ask(path, "meja", word=word)
        self.pause(1, 3)
        return answer

    def form(self, page, path: str, fits: Callable[[Form], bool]) -> Form:
        found = next((each for each in forms(page.text) if fits(each)), None)
        if found is None:
            raise Unexpected(f"{path}: the form is not there")
        return found

    def send(self, path: str, form: Form, files: list[tuple[str, str, bytes]] | None = None, kind="langkah", **typed):
        """Send the form; return the page that it leads to. Raises Unexpected where it leads nowhere."""
        body, of = multipart(form.filled(**typed), files or [])
        sent = {"data": body, "headers": {"Content-Type": of}, "method": "POST"}
        answer = self.ask(form.action or path, kind, status=(200, 302), **sent)
        if answer.status_code == 200:  # it asks whether one is sure
            sure = self.form(answer, path, lambda each: any(name == "pasti" for name, _ in each.fields))
            body, of = multipart(sure.fields, [])
            sent = {"data": body, "headers": {"Content-Type": of}, "method": "POST"}
            answer = self.ask(sure.action, kind, status=302, **sent)
        return self.onward(answer)

    def onward(self, answer):
        """Go where the answer leads; its address is kept as ``self.at``."""
        self.at = urlsplit(answer.headers["Location"]).path
        return self.ask(answer.headers["Location"], "meja", word="<main")

    def sign_in(self):
        page = self.onward(self.ask("/meja/", "meja", status=302))
        self.load_what_it_names(page.text)
        form = self.form(page, "sign-in", lambda each: any(name == "password" for name, _ in each.fields))
        typed = form.filled(login=self.officer["email"], password=day.plan["password"])
        sent = {"data": urlencode(typed), "method": "POST"}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.ask("/meja/akun/masuk/", "masuk", status=302, headers=headers, **sent)
        page = self.onward(answer)
        if self.at != "/meja/":
            raise Unexpected(f"after signing in at {self.at}")
        self.load_what_it_names(page.text)
        self.pause(1, 3)

    def do(self, work: dict) -> None:
        if work["state"] == "preparing":
            return self.prepare(work)
        if work["state"] == "clarifying":
            return self.decide(work)
        self.take(work)
        if work["state"] == "renewing":
            self.take(work)
        return None

    def take(self, work: dict) -> None:
        """Take the step that the case's page offers, with a file for each proof that it asks for."""
        path = f"/meja/perkara/{work['case']}/"
        form = self.form(
            self.desk(path, work["case"]),
            path,
            lambda each: "/langkah/" in each.action and (any(name == "moves" for name, _ in each.fields)),
        )
        key = form.action.rstrip("/").rpartition("/")[2]
        files = [(name, f"{name}.pdf", small_pdf(work["title"])) for name in form.files]
        self.told(self.send(path, form, files, note=""), "selesai", work, key)

    def prepare(self, work: dict) -> None:
        """Hand over: a document, an answer for each point of a return, the description as it stands."""
        path = f"/meja/perkara/{work['case']}/kerja/"
        form = self.form(
            self.desk(path, work["case"]), path, lambda each: each.action == path and "files" in each.files
        )
        answers = {name: "Sudah dilengkapi." for name in form.empty if name.startswith("answer-")}
        files = [("files", "Laporan.pdf", small_pdf(work["title"]))]
        files += [(name, f"{name}.pdf", small_pdf("Bukti")) for name in form.files if name.endswith("_file")]
        self.told(self.send(path, form, files, **answers), "selesai", work, "prepare")

    def decide(self, work: dict) -> None:
        """Approve on the phone, one in eight back with a reason."""
        path = f"/meja/perkara/{work['case']}/putusan/"
        page = self.desk(path, work["case"])
        back = int(work["case"].rpartition("-")[2]) % 8 == 0
        key = "return_for_repair" if back else "clarify"
        form = self.form(page, path, lambda each: each.action.endswith(f"/langkah/{key}/"))
        typed = {"note": "1. Tambahkan tabel per kelurahan."} if back else {"category": "periodic"}
        self.told(self.send(path, form, **typed), work["case"], work, key)

    def write_an_item(self) -> None:
        path = "/meja/pengumuman/baru/"
        form = self.form(self.desk(path), path, lambda each: "documents" in each.files)
        title = f"Laporan kegiatan {self.officer['email'].partition('@')[0]}"
        words = {
            "title": title,
            "summary": "Kegiatan triwulan ini.",
            "responsible": "Sekretaris",
            "retention": "5 tahun",
        }
        words |= {"made_place": "Pontianak", "made_when": "Oktober 2026", "unit": str(self.officer["unit"])}
        page = self.send(path, form, [("documents", "Laporan.pdf", small_pdf(title))], **words)
        case = self.at.rstrip("/").split("/")[3]
        self.told(page, "dibuka", {"case": case, "title": title}, "open")

    def told(self, page, word: str, work: dict, key: str) -> None:
        """Keep what was acknowledged; Unexpected where the page that follows does not say so."""
        if word not in page.text:
            raise Unexpected(f"{work['case']}: {key} is not acknowledged at {self.at}")
        day.done.append({"case": work["case"], "key": key, "email": self.officer["email"], "title": work["title"]})
        self.pause(1, 3)

    def sign_out(self) -> None:
        path = "/meja/akun/keluar/"
        form = self.form(self.desk("/meja/"), "/meja/", lambda each: each.action == path)
        sent = {"data": urlencode(form.fields), "method": "POST"}
        self.ask(path, "meja", status=302, headers={"Content-Type": "application/x-www-form-urlencoded"}, **sent)


def run(host: str, visitors: int, officers: int, *, over: Callable[[], bool]) -> None:
    """Let so many visitors and officers be there at once until it is over."""
    Visitor.fixed_count, Officer.fixed_count = visitors, officers
    environment = Environment(user_classes=[Visitor, Officer] if officers else [Visitor], host=host)
    environment.events.request.add_listener(day.note)
    runner = environment.create_local_runner()
    runner.start(visitors + officers, spawn_rate=100)
    for half_seconds in itertools.count(1):
        if over():
            break
        gevent.sleep(0.5)
        if half_seconds % 120 == 0:
            asked = sum(map(len, day.measured.values()))
            print(
                f"  {asked} requests, {day.left} visitors, {day.went_home} officers, {len(day.errors)} errors",
                flush=True,
            )
    runner.quit()


def spread(times: list[float]) -> dict[str, float]:
    """Return how many there are, and the milliseconds within which half, 95 and 99 of a hundred were answered."""
    if not times:
        return {"n": 0}
    ordered = sorted(times)
    at = {f"p{share}": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 1) for share in (50, 95, 99)}
    return {"n": len(ordered), **at, "max": round(ordered[-1], 1)}


def whole_day(host: str, visitors: int, officers: int) -> dict:
    run(host, visitors, officers, over=lambda: day.is_over)
    seconds = time.time() - day.began
    every = [ms for measured in day.measured.values() for _, ms in measured]
    return {
        "seconds": round(seconds, 1),
        "requests": len(every),
        "a_second": round(len(every) / seconds, 1),
        "all": spread(every),
        "kinds": {kind: spread([ms for _, ms in measured]) for kind, measured in sorted(day.measured.items())},
        "planned": day.plan["visitors"],
        "visitors": day.left,
        "officers": day.went_home,
        "acts": dict(Counter(each["key"] for each in day.done)),
        "errors": day.errors,
    }


def steps(host: str, at_once: list[int], seconds: int) -> list[dict]:
    """Let more and more visitors be there at once until 95 of a hundred pages take longer than half a second."""
    found = []
    for number in at_once:
        day.measured.clear()
        day.visitors, before, since = itertools.count(1_000_000), len(day.errors), time.time()
        run(host, number, 0, over=lambda since=since: time.time() - since > seconds)
        # The first seconds are those in which all come at once.
        calm = {
            kind: [ms for at, ms in measured if at > since - day.began + 5] for kind, measured in day.measured.items()
        }
        every = [ms for measured in calm.values() for ms in measured]
        found.append({"at_once": number, "a_second": round(len(every) / (seconds - 5), 1), "all": spread(every)})
        found[-1] |= {"kinds": {kind: spread(times) for kind, times in calm.items()}}
        found[-1]["errors"] = day.errors[before:]
        if found[-1]["all"]["p95"] > 500:
            break
    return found


def main() -> None:
    global day
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with plan.json; the report and what was acknowledged are put there")
    parser.add_argument("host")
    parser.add_argument("--visitors", type=int, default=40)
    parser.add_argument("--officers", type=int, default=6)
    parser.add_argument("--think", type=float, default=1.0, help="how long people look at a page, against usual")
    parser.add_argument("--minutes", type=float, default=0, help="after which nobody more comes; 0 waits for all")
    parser.add_argument("--steps", type=int, nargs="*", help="no day, but so many visitors at once")
    parser.add_argument("--seconds", type=int, default=30, help="for each of the steps")
    options = parser.parse_args()
    day = Day(json.loads((options.folder / "plan.json").read_text()), think=options.think, minutes=options.minutes)
    if options.steps:
        report = steps(options.host, options.steps, options.seconds)
        (options.folder / "steps.json").write_text(json.dumps(report, indent=1))
        return
    report = whole_day(options.host, options.visitors, options.officers)
    (options.folder / "done.json").write_text(json.dumps(day.done))
    (options.folder / "day.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
