"""The demo's cases: each really walks its flow, by the demo's people, on working days of the past weeks.

What they publish are real files, drawn here, so that a visitor can open them.
"""

import csv
import io
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk import (
    demo_contacts,
    demo_findings,
    demo_lives,
    demo_news,
    demo_office,
    demo_pages,
    demo_reports,
    demo_takeover,
    demo_talk,
)
from ppid.desk.demo_exclusions import end_terms, live_on
from ppid.desk.demo_stories import BEFORE_CLOSING, BY_ROWS, EXCLUDED, PUBLISHED, RUNNING, Story
from ppid.flows.actions import confirm_row, open_exclusion, open_publication, register_information, take_step
from ppid.flows.approve_as_head import approve
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence, describe, replace_document
from ppid.flows.models import Case
from ppid.flows.papers import people
from ppid.flows.papers.kinds import KINDS, PaperKind
from ppid.flows.papers.models import PaperNumber
from ppid.flows.papers.numbering import attach_scan, number_paper, proposed_number
from ppid.flows.participants import confirm_test
from ppid.flows.proving import Proof
from ppid.information.classification import ClassificationDecree, ConsequenceTest, Participant
from ppid.information.models import Document, Information
from ppid.organisation.models import Unit, User
from ppid.shelf.register_fields import NAMES
from ppid.worktime.calendar import calendar
from sop.models import Performer
from sop.paper import press

PREPARERS = {
    "dinsos": "dinsos",
    "disdukcapil": "disdukcapil",
    "diskominfo": "wakil",
    "disdikbud": "disdikbud",
    "disnaker": "disnaker",
}
TESTERS = {"dinsos": "pembantu", "disdukcapil": "opd"}

# Who takes each step, and how long it takes them: working days, or minutes where the sheet counts minutes.
PUBLICATION = [
    ("update_content", "bidang", 0, 40),
    ("coordinate", "bidang", 1, 0),
    ("prepare", "", 1, 0),
    ("clarify", "utama", 1, 0),
    ("release", "bidang", 1, 0),
    ("renew", "operator", 0, 15),
    ("publish", "operator", 0, 6),
]
EXCLUSION = [
    ("collect", "bidang", 1, 0),
    ("screen", "utama", 1, 0),
    ("test_consequences", "", 3, 0),
    ("accept", "utama", 1, 0),
    ("adopt", "bidang", 1, 0),
]
# An urgent item from its opening to the portal within the hour: each step within eight minutes.
WITHOUT_DELAY = [(key, who, 0, 8 if key != "publish" else 5) for key, who, _, _ in PUBLICATION]


class Walker:
    """Walks one story's case through its flow, on working days in office hours."""

    def __init__(self, story: Story, now: datetime, minute: int):
        self.story, self.now = story, now
        self.working = calendar()
        self.at = self._opening(minute)
        self.unit = Unit.objects.get(code=story.unit)

    def walk(self) -> Case:
        """Open the case and take its steps until it stands where the story says."""
        story = self.story
        actor = _person("bidang")
        item = Information.objects.filter(title=story.same_item_as).first() or register_information(
            unit=self.unit,
            actor=actor,
            at=self.at,
            title=story.title,
            summary=story.summary,
            responsible=f"Sekretaris {self.unit.name}",
            made_place="Pontianak",
            made_when=story.made_when or date_format(timezone.localdate(self.at) - timedelta(days=3)),
            retention="5 tahun",
            has_softcopy=not story.forms,
            has_hardcopy="hardcopy" in story.forms or story.category == "on_demand",
            on_request="on_request" in story.forms,
            rhythm=story.rhythm,
        )
        if story.urgent_because:
            case = open_publication(item, actor=actor, at=self.at, urgent_because=story.urgent_because)
        else:
            opening = open_publication if story.flow == "publication" else open_exclusion
            case = opening(item, actor=actor, at=self.at)
        if story.announced_first:
            self._announce(case, actor)
        if story.row is not None:
            return self._walk_rows(case)
        way = PUBLICATION if story.flow == "publication" else EXCLUSION
        if story.urgent_because:
            way = WITHOUT_DELAY
        for key, who, days, minutes in way:
            case = _again(case)
            if case.state == story.stands_at and not story.returned:
                break
            if key == "clarify" and story.returned:
                case = self._return(case)
                if case.state == story.stands_at:
                    break
            self._take(case, key, who or self._own(key), story.slow.get(key, days), minutes)
        return _again(case)

    def _walk_rows(self, case: Case) -> Case:
        """Take the rows of the office's own sheet, joint ones with everybody, until the case stands at the story's."""
        while (case := _again(case)).is_running and case.step != self.story.row:
            activity, move = case.awaited, case.next_step
            in_days = activity.duration_unit != "minute"
            self._pass(1 if in_days else 0, 0 if in_days else activity.duration_value or 0)
            *others, actor = [_person(self._who(column)) for column in activity.columns]
            for key in [each.key for each in case.carried]:
                self._supply(case, key, actor)
            for other in others:
                confirm_row(_again(case), actor=other, at=self.at)
            inputs = {"category": self.story.category} if case.decides else {}
            evidence = self._evidence(case, actor)
            take_step(_again(case), move.key, actor=actor, evidence=evidence, at=self.at, **inputs)
        return case

    def _who(self, column: Performer) -> str:
        acts = {"bidang_layanan": "bidang", "operator": "operator", "ppid_utama": "utama"}
        return acts.get(column.roles.all()[0].code, PREPARERS[self.story.unit])

    def _announce(self, case: Case, actor: User) -> None:
        """Let PPID Utama make it public before the rows of the sheet are taken."""
        add_document(case, self._pdf(), title=self.story.title, actor=actor, at=self.at)
        self.at += timedelta(minutes=17)
        demo_findings.answer(_again(case), _person(self._own("prepare")), at=self.at)
        note = self.story.announced_first
        take_step(_again(case), "publish_first", actor=_person("utama"), note=note, at=self.at)

    def _return(self, case: Case) -> Case:
        self._pass(1, 0)
        take_step(case, "return_for_repair", actor=_person("utama"), note=self.story.returned, at=self.at)
        self.story.returned = ""
        case = _again(case)
        if case.state != self.story.stands_at or self.story.mended:
            self._take(case, "prepare", self._own("prepare"), 1, 0, note=self.story.answered)
        return _again(case)

    def _mend(self, case: Case, actor: User) -> None:
        """Let who prepares mend what was sent back: the words, and the document."""
        describe(case, dict(self.story.mended), actor=actor, at=self.at)
        old = case.information.documents.current().content().first()
        if old is not None:
            title = self.story.mended.get("title", old.title)
            replace_document(case, old, self._pdf(title), title=title, actor=actor, at=self.at)

    def _take(self, case: Case, key: str, who: str, days: int, minutes: int, *, note: str = "") -> None:
        self._pass(days, minutes)
        actor = _person(who)
        if note and self.story.mended:
            self._mend(case, actor)
        self._supply(case, key, actor)
        inputs = {"category": self.story.category} if key == "clarify" else {}
        evidence = self._evidence(case, actor)
        if key == "prepare":
            demo_findings.answer(_again(case), actor, at=self.at)
        take_step(_again(case), key, actor=actor, evidence=evidence, note=note, at=self.at, **inputs)

    def _supply(self, case: Case, key: str, actor: User) -> None:
        if key == "prepare" and self.story.same_item_as:
            old = case.information.documents.current().content().get()
            replace_document(case, old, self._pdf(), title=self.story.title, actor=actor, at=self.at)
        if key == "prepare" and case.information.has_softcopy and not case.information.documents.content().exists():
            add_document(case, self._pdf(), title=self.story.title, actor=actor, at=self.at)
            for title, rows in self.story.tables.items():
                add_document(case, _csv(title, rows), title=title, actor=actor, at=self.at)
        if key == "collect" and case.information.has_softcopy and not case.information.documents.content().exists():
            add_document(case, self._pdf(), title=self.story.title, actor=actor, at=self.at)
        if key == "test_consequences":
            fill_test(case, self._test(), self._participants(actor), actor=actor, at=self.at)
        if key == "adopt":
            approve(case, actor=_person("atasan"), at=self.at)
            record_decree(case, self._decree(case), actor=actor, at=self.at)

    def _evidence(self, case: Case, actor: User) -> dict[str, Document]:
        """Return what the row asks for besides what the portal records: the case's own papers, numbered and signed."""
        case = _again(case)
        asked = {part: proof for part, proof in case.proofs.items() if not proof.is_recorded}
        return {part: self._proof(case, proof, actor) for part, proof in asked.items()}

    def _proof(self, case: Case, proof: Proof, actor: User) -> Document:
        kind = KINDS.get(proof.meaning.kind)
        if kind is None:
            return add_evidence(case, self._letter(proof.words), actor=actor, at=self.at)
        numbered = case.paper_numbers.filter(kind=kind.key, cancelled_at=None).first() or number_paper(
            case, kind, number=proposed_number(case, kind), date=timezone.localdate(self.at), actor=actor, at=self.at
        )
        if not kind.signs:
            return numbered.document
        return attach_scan(numbered, self._signed(numbered, kind), actor=actor, at=self.at).document

    def _signed(self, numbered: PaperNumber, kind: PaperKind) -> SimpleUploadedFile:
        words = f"Nomor {numbered.number}. Di kantor, di sini pindaian naskah yang sudah ditandatangani."
        return _document(f"{kind.title} bertanda tangan", [words], self.unit, {}, self.at)

    def _own(self, key: str) -> str:
        return (TESTERS if key == "test_consequences" else PREPARERS)[self.story.unit]

    def _pass(self, days: int, minutes: int) -> None:
        """Let time go by, never past now."""
        if days:
            day = self.working.add_working_days(timezone.localdate(self.at), days)
            self.at = timezone.make_aware(datetime.combine(day, timezone.localtime(self.at).time()))
        if minutes:
            self.at = self.working.add_minutes(self.at, minutes)
        self.at = min(self.at, self.now)

    def _opening(self, minute: int) -> datetime:
        if self.story.announced_first:
            return self.now - timedelta(minutes=50)
        if self.story.urgent_because:
            minute %= 60  # so that no break lies within its hour
        day: date = timezone.localdate(self.now)
        left = self.story.days_ago
        while left:
            day -= timedelta(days=1)
            left -= self.working.is_working_day(day)
        opens = self.working.hours(day)[0][0]
        return self.working.add_minutes(opens, 60 + minute)

    def _pdf(self, title: str = "") -> SimpleUploadedFile:
        summary = self.story.mended.get("summary", self.story.summary) if title else self.story.summary
        return _document(title or self.story.title, [summary], self.unit, self.story.tables, self.at)

    def _letter(self, title: str) -> SimpleUploadedFile:
        return _document(title, [f"Perihal: {self.story.title}."], self.unit, {}, self.at)

    def _test(self) -> ConsequenceTest:
        return ConsequenceTest(
            subject=self.story.title,
            public_description=self.story.fate.slip or self.story.public_description,
            grounds=[self.story.ground],
            other_statute=self.story.statute,
            consequence_if_open=self.story.fate.if_open,
            consequence_if_closed=self.story.fate.if_closed,
            public_interest="Kepentingan publik sudah terpenuhi oleh data agregat yang diumumkan.",
            conclusion="part" if self.story.fate.redacted else "whole",
            redacted_parts=self.story.fate.redacted,
            term=self.story.fate.term,
            ends_on=self._ends_on(),
            place="Pontianak",
            tested_on=timezone.localdate(self.at),
        )

    def _ends_on(self) -> date | None:
        ends_in, day = self.story.fate.ends_in, timezone.localdate(self.now)
        if ends_in is None:
            return None
        return self.working.add_working_days(day, ends_in) if ends_in >= 0 else day + timedelta(days=ends_in)

    def live_on(self, case: Case) -> None:
        """Let become of an adopted exclusion what the story says."""
        live_on(
            case,
            self.story.fate,
            words=self.story.public_description,
            bidang=_person("bidang"),
            utama=_person("utama"),
            now=self.now,
            working=self.working,
            letter=self._letter,
        )

    def _participants(self, actor: User) -> list[Participant]:
        return [
            Participant(name=actor.name, position=f"Penguji, {self.unit.short_name}"),
            Participant(name="Budi Hartono, S.Kom.", position="Bidang Pelayanan Informasi dan Dokumentasi"),
        ]

    def begin_test(self, case: Case) -> None:
        """Fill in the lembar uji: one participant has confirmed it, another is awaited, a third signs on paper."""
        self._pass(0, 90)
        taking_part = [Participant(person=_person(key)) for key in ("linjamsos", "rehsos")]
        on_paper = Participant(name="Agus Salim, S.H.", position="Perancang Peraturan, Bagian Hukum Sekretariat Daerah")
        tester = _person(self._own("test_consequences"))
        fill_test(case, self._test(), [*taking_part, on_paper], actor=tester, at=self.at)
        self._pass(0, 60)
        confirm_test(_again(case), actor=_person("linjamsos"), at=self.at)

    def _decree(self, case: Case) -> ClassificationDecree:
        day = timezone.localdate(self.at)
        return ClassificationDecree(
            number=f"188.4/{case.pk:03}/PPID/{day.year}",
            place="Pontianak",
            date=day,
            decided_by=people.in_words(people.holding(case, people.UTAMA, on=day)[0]),
            reason=self.story.fate.because,
        )


def tell(now: datetime) -> int:
    """Walk every story, the oldest case first; return how many there are."""
    stories = [*PUBLISHED, *RUNNING, *BY_ROWS, *EXCLUDED]
    walked = _walk(BEFORE_CLOSING, now)
    demo_office.close_and_rename(now)
    demo_office.leave_a_seat_empty(now)
    walked += _walk(stories, now)
    for walker, case in walked:
        if case.state == "adopted":
            walker.live_on(case)
        if case.state == "testing":
            walker.begin_test(case)
    end_terms(now)
    demo_lives.tell(now)
    demo_talk.tell(now)
    demo_pages.write_pages(now)
    demo_contacts.write_down()
    demo_findings.bring_a_list_along(_csv, now)
    diskominfo = Unit.objects.get(code="diskominfo")
    for register, name in NAMES.items():
        decree = [f"Menetapkan {name}. Di kantor, di sini pindaian surat yang sudah ditandatangani."]
        scan = _document(f"SK penetapan {register.upper()}", decree, diskominfo, {}, now)
        demo_takeover.take_over(register, now, scan=scan)
    demo_takeover.prepare_an_edition(now)
    demo_reports.tell(now)
    demo_news.read_what_is_old(now)
    return len(walked)


def _walk(stories: list[Story], now: datetime) -> list[tuple[Walker, Case]]:
    walkers = [
        Walker(story, now, minute=17 * n % 180)
        for n, story in enumerate(sorted(stories, key=lambda story: -story.days_ago))
    ]
    return [(walker, walker.walk()) for walker in walkers]


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")


def _again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def _document(title: str, paragraphs: list[str], unit: Unit, tables: dict, at: datetime) -> SimpleUploadedFile:
    context = {"title": title, "paragraphs": paragraphs, "unit": unit, "tables": tables, "at": at}
    content = press.printed(render_to_string("pdf/demo_document.html", context), "css/demo_document.css")
    return SimpleUploadedFile(f"{title[:80].replace('/', '-')}.pdf", content, "application/pdf")


def _csv(title: str, rows: list[list[str]]) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return SimpleUploadedFile(f"{title.replace('/', '-')}.csv", text.getvalue().encode("utf-8-sig"), "text/csv")
