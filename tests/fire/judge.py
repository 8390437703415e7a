"""Reads database, stores and mails after a day under fire, and compares them with what was acknowledged.

Run as a process of its own, while nothing serves any more: ``python -m tests.fire.judge FOLDER``. Each fault is a line.
"""

import io
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django

from tests.fire.journal import is_acknowledged, kills, read

_AGED = 3 * 24 * 60 * 60  # seconds


class Judge:
    """What stands, beside what was asked and acknowledged."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.acts = read(folder / "journal")

    def faults(self) -> Iterator[str]:
        yield from self.openings()
        yield from self.exclusions()
        yield from self.steps()
        yield from self.documents()
        yield from self.shelf()
        yield from self.half_done()
        yield from self.notices()
        yield from self.mails()
        yield from self.examinations()
        yield from self.leftovers()

    def of(self, kind: str) -> list[dict]:
        return [act for act in self.acts if act["kind"] == kind]

    def openings(self) -> Iterator[str]:
        """Each opening once, with its item and the documents that came along; none that nobody asked for."""
        from ppid.flows.models import Case
        from ppid.information.models import Document, Information

        asked = {f"Laporan {act['mark']}": act for act in self.of("open")}
        stand = Counter(Case.objects.filter(flow="publication").values_list("information__title", flat=True))
        for title, n in stand.items():
            if title not in asked or n != 1:
                yield f"{n} publications «{title}», asked for {int(title in asked)} times."
        for title in Information.objects.values_list("title", flat=True):
            if title not in stand:
                yield f"The item «{title}» has no case."
        for title, act in asked.items():
            if is_acknowledged(act) and title not in stand:
                yield f"The opening of «{title}» was acknowledged and is gone."
            kept = set(Document.objects.filter(information__title=title).values_list("sha256", flat=True))
            if title in stand and not set(act["files"]) <= kept:
                yield f"«{title}» stands without the documents that came with it."
            if is_acknowledged(act) and not Case.objects.filter(number=_number(act["where"])).exists():
                yield f"The case {_number(act['where'])} was told and is not there."

    def exclusions(self) -> Iterator[str]:
        from ppid.flows.models import Case

        stand = Counter(Case.objects.filter(flow="exclusion").values_list("information__title", flat=True))
        asked = {f"Laporan {act['mark']}" for act in self.of("exclude")}
        for title, n in stand.items():
            if title not in asked or n != 1:
                yield f"{n} exclusions of «{title}», asked for {int(title in asked)}."
        for act in self.of("exclude"):
            if is_acknowledged(act) and not stand[f"Laporan {act['mark']}"]:
                yield f"The exclusion of {act['mark']} was acknowledged and is gone."

    def steps(self) -> Iterator[str]:
        """Each step that was acknowledged has its row, once; each row was asked for."""
        from ppid.flows.ledger import StepRecord

        asked = {act["mark"]: act for act in self.of("step")}
        rows: Counter[str] = Counter()
        for number, key, note in StepRecord.objects.values_list("case__number", "key", "note"):
            mark = note.partition("Catatan ")[2].split()[0] if "Catatan " in note else ""
            rows[mark] += 1
            if mark not in asked or _number(asked[mark]["case"]) != number:
                yield f"A row «{key}» of {number} that nobody asked for: {note!r}."
        for mark, act in asked.items():
            if rows[mark] > 1:
                yield f"The step {act['key']} of {act['case']} stands {rows[mark]} times."
            if is_acknowledged(act) and not rows[mark]:
                yield f"The step {act['key']} of {act['case']} was acknowledged and is gone."
            if 400 <= act["status"] < 500 and not act["seen"] and rows[mark]:
                yield f"The step {act['key']} of {act['case']} was answered {act['status']} and stands."

    def documents(self) -> Iterator[str]:
        """Each file whose form was acknowledged is a row, once, and its bytes are the ones that were sent.

        What the portal writes itself, a decree above all, has its bytes from nobody: it is there with its number.
        """
        from ppid.flows.papers.models import PaperNumber
        from ppid.information.documents import private_store
        from ppid.information.models import Document

        written = Document.objects.filter(purpose=Document.Purpose.PAPER)
        if set(written.values_list("pk", flat=True)) != set(PaperNumber.objects.values_list("document_id", flat=True)):
            yield "The papers that the portal wrote are not those that bear a number."
        for sha256 in written.values_list("sha256", flat=True):
            private_store().check(sha256)
        rows = Counter(Document.objects.exclude(pk__in=written).values_list("sha256", flat=True))
        asked = {sha256 for act in self.acts for sha256 in act.get("files", ())}
        for sha256, n in rows.items():
            if sha256 not in asked:
                yield f"A document {sha256[:12]} that nobody sent."
            if n > 1:
                yield f"The document {sha256[:12]} is there {n} times."
        for act in self.acts:
            for sha256 in act.get("files", ()):
                if is_acknowledged(act) and sha256 not in rows:
                    yield f"A file of {act['kind']} {act['mark']} was acknowledged and is gone."
        for sha256 in rows:
            private_store().check(sha256)

    def shelf(self) -> Iterator[str]:
        """What was published is on the shelf with its bytes, unless its exclusion was adopted since."""
        from ppid.flows.models import Case
        from ppid.information.models import Document
        from ppid.shelf.actions import public_store
        from ppid.shelf.models import DikEntry, PublishedItem

        excluded = set(Case.objects.filter(state="adopted").values_list("information__number", flat=True))
        for act in self.of("step"):
            if act["key"] not in ("publish", "adopt") or not is_acknowledged(act):
                continue
            case = Case.objects.get(number=_number(act["case"]))
            item = PublishedItem.objects.filter(number=case.information.number).first()
            if act["key"] == "adopt":
                if item or not DikEntry.objects.filter(number=case.number).exists():
                    yield f"{case.number} was adopted, and the shelf does not say so."
            elif case.information.number not in excluded:
                if item is None:
                    yield f"{case.number} was published and is not on the shelf."
                    continue
                content = Document.objects.filter(information=case.information).current().content()
                if {f.sha256 for f in item.files.all()} != set(content.values_list("sha256", flat=True)):
                    yield f"{case.number} is on the shelf with other files."
                for file in item.files.all():
                    public_store().check(file.sha256)

    def half_done(self) -> Iterator[str]:
        """A case stands where its ledger says, and a decree, a test and the head's word are there once."""
        from ppid.flows.head_approval import HeadApproval
        from ppid.flows.models import Case
        from ppid.flows.papers.models import PaperNumber
        from ppid.information.classification import ClassificationDecree, ConsequenceTest

        for case in Case.objects.all():
            records = list(case.records.all())
            if [each.sequence for each in records] != list(range(1, case.moves + 1)):
                yield f"{case.number} moved {case.moves} times by its row, {len(records)} times by the ledger."
            elif records and records[-1].to_state != case.state:
                yield f"{case.number} stands at {case.state}, and its ledger ends at {records[-1].to_state}."
        for kind, model, of in (
            ("test", ConsequenceTest, "exclusion__case__number"),
            ("decree", ClassificationDecree, "exclusion__case__number"),
            ("head", HeadApproval, "case__number"),
        ):
            stand = Counter(model.objects.values_list(of, flat=True))
            asked = {_number(act["case"]) for act in self.of(kind)}
            gone = {_number(act["case"]) for act in self.of(kind) if is_acknowledged(act)} - set(stand)
            yield from (f"{kind} of {number}: acknowledged and gone." for number in sorted(gone))
            for number, n in stand.items():
                if n != 1 or number not in asked:
                    yield f"{kind} of {number}: there {n} times."
        decrees = sorted(ClassificationDecree.objects.values_list("number", flat=True))
        papers = sorted(PaperNumber.objects.values_list("number", flat=True))
        if decrees != papers:
            yield f"The decrees {decrees} have the papers {papers}."

    def notices(self) -> Iterator[str]:
        """Whoever a case waits for was told of it, unless they sent it there themselves; no job of the queue failed.

        One that the clock asks for again is no loss: a connection that died under it ends it, and the next does it.
        """
        from django.db import connection
        from procrastinate.contrib.django import app

        from ppid.flows.models import Case
        from ppid.flows.telling import performers
        from ppid.notices.models import Notice
        from ppid.organisation.models import User

        for case in Case.objects.filter(ended_at=None, moves__gt=0):
            last = case.records.order_by("sequence").last()
            people = User.objects.filter(performers(case, on=django.utils.timezone.localdate()))
            for person in people.exclude(pk=last.actor_id):
                if not Notice.objects.filter(person=person, event__startswith=f"case:{case.pk}:").exists():
                    yield f"{case.number} waits for {person}, who was never told."
        by_the_clock = {each.task.name for each in app.periodic_registry.periodic_tasks.values()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1")
            yield from (f"{n} jobs «{name}» failed." for name, n in cursor.fetchall() if name not in by_the_clock)

    def mails(self) -> Iterator[str]:
        """No mail came twice; what counts as sent came, what came counts as sent or as unknown; none is half sent.

        What was told of an item is deleted when it is excluded, for those who need not know: of their mails no row
        knows any more.
        """
        from ppid.flows.models import Case
        from ppid.notices.models import MAIL, Dispatch

        came, words = json.loads((self.folder / "mails").read_text())
        mails = Dispatch.objects.filter(channel=MAIL)
        stages = {str(token): stage for token, stage in mails.values_list("token", "stage")}
        excluded = set(Case.objects.filter(flow="exclusion").values_list("information__title", flat=True))
        for token, n in came.items():
            if n > 1:
                yield f"The mail {token} came {n} times."
            if token not in stages:
                if not excluded & set(re.findall(r"Laporan L\w+", words[token])):
                    yield f"A mail {token} came of which no row knows."
            elif stages[token] not in ("sent", "unknown"):
                yield f"The mail {token} came and counts as {stages[token]}."
        for token, stage in stages.items():
            if stage in ("sending", "failed"):
                yield f"The mail {token} is left as {stage}."
            if stage == "sent" and token not in came:
                yield f"The mail {token} counts as sent and never came."
        self.stages = Counter(stages.values())

    def examinations(self) -> Iterator[str]:
        """The house's own examinations find nothing."""
        from django.core.management import CommandError, call_command

        for command in ("verify_files", "verify_ledger", "compare_shelf"):
            out = io.StringIO()
            try:
                call_command(command, stdout=out, stderr=out)
            except CommandError as error:
                yield f"{command}: {error} {out.getvalue()[-2000:]}"
            if "mended" in out.getvalue() and " 0 mended" not in out.getvalue():
                yield f"{command}: {out.getvalue()[-2000:]}"

    def leftovers(self) -> Iterator[str]:
        """Days later the sweep leaves no file that no row names, in no store, and no upload half come."""
        from django.core.management import call_command

        from ppid.upkeep.stores import all_stores

        old = time.time() - _AGED
        left = 0
        for folder, _, names in os.walk(self.folder):
            if "/postgres" in folder:
                continue
            for name in names:
                os.utime(Path(folder, name), (old, old))
        for store in all_stores():
            names = set(store.files.names())
            left += len(names - store.named_among(names))
        self.orphans = left
        call_command("sweep", stdout=io.StringIO(), stderr=io.StringIO())
        for store in all_stores():
            names = set(store.files.names())
            if unnamed := names - store.named_among(names):
                yield f"The sweep left {len(unnamed)} files in «{store.name}» that no row names."
            if list(store.files.leftovers(before=django.utils.timezone.now())):
                yield f"The sweep left broken-off arrivals in «{store.name}»."
        uploads = [each for each in self.folder.rglob("*.upload*") if "postgres" not in each.parts]
        if uploads:
            size = sum(each.stat().st_size for each in uploads) / 2**20
            yield f"{len(uploads)} uploads that came half or were not taken lie about, {size:.1f} MB."
        from django.core.management import CommandError

        try:
            call_command("verify_files", stdout=io.StringIO())
        except CommandError as error:
            yield f"After the sweep: {error}"

    def figures(self) -> str:
        answered = Counter(
            "acknowledged" if 200 <= act["status"] < 400 else str(act["status"] or "no answer") for act in self.acts
        )
        seen = sum(act["seen"] for act in self.acts)
        said = ", ".join(f"{n} {what}" for what, n in sorted(answered.items()))
        mails = ", ".join(f"{n} {stage}" for stage, n in sorted(self.stages.items()))
        return "\n".join(
            [
                f"{len(self.acts)} acts: {said} ({seen} found done later). {len(self.of('step'))} of them steps.",
                f"Mails: {mails}. Files swept: {self.orphans}.",
                *self.hits(),
            ]
        )

    def hits(self) -> Iterator[str]:
        """Tell what kills broke off: acts on their way just then which got no answer, or one that promises nothing."""
        fate = {act["act"]: act["status"] for act in self.acts}
        broken: dict[str, Counter[str]] = {}
        in_a_mail, some = Counter(), Counter()
        for kill in kills(self.folder / "journal"):
            cut = {kind for act, kind in kill["under_way"].items() if not 200 <= fate[int(act)] < 500}
            broken.setdefault(kill["killed"], Counter()).update(cut)
            in_a_mail[kill["killed"]] += kill["in_a_mail"]
            some[kill["killed"]] += bool(cut)
        for what, kinds in sorted(broken.items()):
            each = ", ".join(f"{n} × {kind}" for kind, n in kinds.most_common()) or "nothing"
            yield f"{what}: {some[what]} kills broke off acts ({each}); {in_a_mail[what]} came while a mail was taken."


def _number(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()
    judge = Judge(Path(sys.argv[1]))
    faults = list(judge.faults())
    print(judge.figures())
    for each in faults:
        print(f"FAULT: {each}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
