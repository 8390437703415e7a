"""Each constraint of the database holds by itself: what breaks it is refused with every trigger switched off."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pgtrigger
import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import IntegrityError, connection, models
from django.db.models import F
from django.utils import timezone

from ppid.chain.models import Link
from ppid.desk.typed.models import TypedDraft
from ppid.downloads.models import DownloadTally, TakenLetter
from ppid.editions.models import EditionAct, EditionRow, RegisterEdition
from ppid.flows import fulfilling
from ppid.flows.actions import open_publication
from ppid.flows.afterwards import Amendment, ExclusionOpening
from ppid.flows.claims import Claim
from ppid.flows.head_approval import HeadApproval, UndoneApproval
from ppid.flows.held_time import HeldTime
from ppid.flows.ledger import Confirmation, Evidence, StepRecord, Tally
from ppid.flows.life import StillRight, Withdrawal
from ppid.flows.models import Case
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.reasons import Reason
from ppid.flows.remarks import Remark
from ppid.health.models import JobRun, Trouble
from ppid.information.classification import ConsequenceTest, Participant, VoidedDecree
from ppid.information.cleaned import DocumentCleaning
from ppid.information.findings import DocumentReading, Finding, FindingAnswer
from ppid.information.models import Document, Exclusion
from ppid.notices.models import CalendarKey, Dispatch, Notice, RefusedAddress, Switch
from ppid.obligations import duties, statements
from ppid.obligations.models import DutyText, Fulfilment, Gap, Statement
from ppid.organisation.devices import Device
from ppid.organisation.models import (
    Appointment,
    AppointmentChange,
    CityAccount,
    FactorRecovery,
    OrderScan,
    PersonChange,
    Role,
    SignInSession,
    Unit,
    User,
)
from ppid.organisation.sessions import begin
from ppid.organisation.unit_history import PlannedChange, UnitChange
from ppid.proof.links import AuditorLink, AuditorUse, LinkedCase
from ppid.proof.moves import OfficeMove
from ppid.reports.models import Handling, Problem, SenderContact
from ppid.scanning.models import FalseAlarm, FileScan
from ppid.shelf.edition import ShelfEdition
from ppid.shelf.models import (
    BoardSheet,
    Bundle,
    BundlePart,
    DocumentPage,
    DocumentText,
    DutyFill,
    DutyScore,
    DutyWord,
    FamilyWord,
    FormerFile,
    HeldFile,
    ItemCount,
    KnownBytes,
    LeadTimeCount,
    LedgerMark,
    MonthCount,
    MonthlyDownloads,
    PagePicture,
    PublishedEdition,
    PublishedItem,
    PublishedRegister,
    PublishedRegisterRow,
    PublishedSopFile,
    ReadFile,
    SearchEntry,
    SearchWord,
    ShortAddress,
    Tombstone,
    WordFamily,
)
from ppid.shelf.units import ShelfUnit
from ppid.takeover.models import Takeover, TakeoverFile, TakeoverMove, TakeoverRow
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday, SpecialDay, SpecialHours
from sop.import_records import ImportDoubt, ImportedFile
from sop.ledgers import Acknowledgement, DraftEdit, SignedSheet, StateChange
from sop.models import Activity, Binding, LegalBasis, NumberingPattern, PerformerRole, Sop, SopVersion
from tests import make
from tests.obligations import said
from tests.pages import pages
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

TODAY, NOW, DAY = timezone.localdate(), timezone.now(), timedelta(days=1)
HEX = "0" * 64


def put(row: models.Model, **fields) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)


def fasting() -> SpecialHours:
    """Set special hours for ten days from today: Monday to Friday from 8 to 15, without a break."""
    hours = SpecialHours(name="Ramadan", first=TODAY, last=TODAY + 9 * DAY, source="SE 1")
    week = [SpecialDay(weekday=n, starts=time(8), ends=time(15)) for n in range(5)]
    holidays.make(holidays.setting_hours(hours, week), actor=utama())
    return hours


def utama() -> User:
    return make.demo("utama")


def held() -> Appointment:
    return Appointment.objects.filter(user=utama()).first()


def ran(**fields) -> JobRun:
    return JobRun.objects.create(**{"name": "sweep", "started_at": NOW, **fields})


def trouble(**fields) -> Trouble:
    return Trouble.objects.create(
        **{"key": "x", "is_bad": True, "said": "x", "found_at": NOW, "seen_at": NOW, **fields}
    )


def downloaded(**fields) -> DownloadTally:
    return DownloadTally.objects.create(**{"day": TODAY, "kind": "item", "n": 1, **fields})


def in_a_month(**fields) -> MonthlyDownloads:
    return MonthlyDownloads.objects.create(**{"month": date(2026, 3, 1), "kind": "item", "n": 1, **fields})


def item_count() -> ItemCount:
    return ItemCount.objects.create(category="periodic", unit_code="dinsos", year=2019, n=1)


def month_count(**fields) -> MonthCount:
    return MonthCount.objects.create(**{"month": date(2026, 3, 1), "category": "periodic", "n": 1, **fields})


def lead_time(**fields) -> LeadTimeCount:
    return LeadTimeCount.objects.create(
        **{"category": "periodic", "unit_code": "dinsos", "days": 366, "n": 1, **fields}
    )


def by_somebody() -> dict:
    return {"decided_by": utama(), "decided_name": "U", "decided_as": "PPID Utama", "decided_at": NOW}


def ended_by_somebody(at) -> dict:
    return {"ended_by": utama(), "ended_name": "U", "ended_because": "Selesai.", "ended_at": at}


def stated(kind: str = "nil"):
    shelf_rows.duty()
    return said.stated(kind)


def linked():
    shelf_rows.duty()
    return said.linked(make.information())


def approved(given):
    """Let PPID Utama approve what was handed in for the matrix."""
    acts = {DutyText: duties, Statement: statements, Fulfilment: fulfilling}[type(given)]
    return acts.approve(given, actor=utama())


def gap(**fields) -> Gap:
    return Gap.objects.create(unit_code="dinsos", counted_on=TODAY, edition=1, **{"missing": 1, "old": 0} | fields)


ENDABLE = {"statement": stated, "fulfilment": linked}
HANDED_IN = {"duty_text": lambda: said.changed(), **ENDABLE}


def notice(**fields) -> Notice:
    given = {"person": utama(), "event": "case:1:1", "kind": "arrived", "at": NOW, "url": "/meja/"}
    return Notice.objects.create(**given | fields)


def dispatch(**fields) -> Dispatch:
    given = {"notice": notice(), "channel": "mail", "token": "5ba5e9ba-0000-4000-8000-000000000001"}
    return Dispatch.objects.create(**given | fields)


def refused_address(**fields) -> RefusedAddress:
    given = {"person": utama(), "address": "utama@demo.example", "because": "Ditolak.", "at": NOW}
    return RefusedAddress.objects.create(**given | fields)


def calendar_key(**fields) -> CalendarKey:
    return CalendarKey.objects.create(**{"person": utama(), "digest": HEX, "made_at": NOW, **fields})


def document(**fields) -> Document:
    given = {"purpose": "evidence", "title": "A", "filename": "a.pdf", "media_type": "application/pdf", "size": 1}
    given |= {"sha256": HEX, "uploaded_by": utama(), "uploaded_at": NOW}
    return Document.objects.create(**{"information": make.information(), **given, **fields})


def changed(**fields) -> UnitChange:
    unit = make.unit("dinsos")
    return UnitChange.objects.create(unit=unit, before=unit.told, after=unit.told, at=NOW, **fields)


def planned(**fields) -> PlannedChange:
    given = {"unit": make.unit("dinsos"), "day": TODAY, "recorded_by": utama(), "recorded_at": NOW}
    return PlannedChange.objects.create(**given, **fields)


def exclusion(**fields) -> Exclusion:
    return Exclusion.objects.create(**{"information": make.information(), "adopted_at": NOW, **fields})


def sheet(**fields) -> ConsequenceTest:
    test = make.test(**{"exclusion": exclusion(), "filled_by": utama(), "filled_at": NOW, "digest": HEX, **fields})
    test.save()
    return test


def decreed(**fields):
    given = {"exclusion": exclusion(), "test_digest": HEX, "recorded_by": utama(), "recorded_at": NOW}
    decree = make.decree(**given | fields)
    decree.save()
    return decree


def voided(**fields) -> VoidedDecree:
    given = {"exclusion": exclusion(), "words": {}, "test_digest": HEX, "because": "x"}
    given |= {"recorded_by": utama(), "recorded_name": "U", "recorded_at": NOW}
    return VoidedDecree.objects.create(**given | {"voided_by": utama(), "voided_name": "U", "voided_at": NOW} | fields)


def record(**fields) -> StepRecord:
    case = fields.pop("case", None) or make.publication()
    given = {"sequence": 1, "kind": "step", "key": "row", "from_state": "updating", "to_state": "updating"}
    given |= {"actor": utama(), "actor_name": "U", "appointment": held(), "acting_as": "U", "unit": case.unit}
    return StepRecord.objects.create(case=case, **given | {"received_at": NOW, "done_at": NOW} | fields)


def evidence(**fields) -> Evidence:
    given = {"record": record(), "part": "output", "document": document(), "sha256": HEX}
    return Evidence.objects.create(**given | fields)


def had(**fields) -> HeldTime:
    given = {"record": record(), "person": utama(), "appointment": held(), "since": NOW, "until": NOW}
    return HeldTime.objects.create(**given | {"minutes": 0, "days": 0, "took_it": True} | fields)


def confirmation(**fields) -> Confirmation:
    given = {"case": make.publication(), "moves": 0, "step": 1, "column": 1, "label": "x", "digest": HEX}
    given |= {"actor": utama(), "actor_name": "U", "appointment": held(), "acting_as": "U", "confirmed_at": NOW}
    return Confirmation.objects.create(**given | fields)


def remark(**fields) -> Remark:
    case = fields.pop("case", None) or make.publication()
    given = {"moves": 0, "step": 1, "kind": "note", "text": "x", "unit": case.unit, "at": NOW}
    given |= {"actor": utama(), "actor_name": "U", "appointment": held(), "acting_as": "U"}
    given |= {"unit_name": "U", "unit_short_name": "U"}  # a trigger writes them otherwise
    return Remark.objects.create(case=case, **given | fields)


def claimed(**fields) -> Claim:
    given = {
        "case": make.publication(),
        "moves": 0,
        "step": 1,
        "column": 1,
        "kind": "taken",
        "at": NOW,
        "until": NOW + DAY,
    }
    given |= {"actor": utama(), "actor_name": "U", "appointment": held(), "acting_as": "U"}
    return Claim.objects.create(**given | fields)


def amendment(**fields) -> Amendment:
    given = {"case": make.publication(), "kind": "correct_item", "before": {}, "after": {}, "reason": "Salah."}
    given |= {"proposed_by": utama(), "proposed_name": "U", "proposed_as": "U", "proposed_at": NOW}
    return Amendment.objects.create(**given | fields)


def decided(decision: str, **fields) -> Amendment:
    given = {"decided_by": make.demo("atasan"), "decided_name": "A", "decided_at": NOW, "decided_note": "x"}
    return amendment(decision=decision, **given | fields)


def opening(**fields) -> ExclusionOpening:
    given = {"exclusion": exclusion(), "ground": "term", "opened_on": TODAY, "recorded_at": NOW}
    return ExclusionOpening.objects.create(**given | fields)


def lifted(**fields) -> ExclusionOpening:
    return opening(**{"ground": "consent", "amendment": amendment(), **fields})


def approval(**fields) -> HeadApproval:
    given = {"case": make.publication(), "moves": 0, "test_digest": HEX, "appointment": held(), "name": "U"}
    given |= {"acting_as": "U", "approved_on": TODAY, "recorded_by": utama(), "recorded_by_name": "U"}
    return HeadApproval.objects.create(**given | {"recorded_at": NOW, "document": document()} | fields)


def took_part(**fields) -> ParticipantConfirmation:
    given = {"case": make.publication(), "moves": 0, "actor": utama(), "actor_name": "U", "appointment": held()}
    given |= {"acting_as": "U", "digest": HEX, "confirmed_at": NOW}
    return ParticipantConfirmation.objects.create(**given | fields)


def participant(**fields) -> Participant:
    given = {"test": sheet(), "person": utama(), "name": "U", "position": "U"}
    return Participant.objects.create(**given | fields)


def taken_back() -> UndoneApproval:
    return UndoneApproval.objects.create(approval=approval(), actor=utama(), actor_name="U", at=NOW)


def reason(**fields) -> Reason:
    return Reason.objects.create(**{"of": Reason.Of.CLARIFY, "text": "x", "written_at": NOW} | fields)


def number(**fields) -> PaperNumber:
    given = {"case": make.publication(), "kind": "receipt", "number": "1", "date": TODAY, "says": {}, "mark": HEX}
    given |= {"recorded_by": utama(), "recorded_by_name": "U", "recorded_as": "U", "recorded_at": NOW}
    return PaperNumber.objects.create(**given | {"document": document(purpose="paper")} | fields)


def scan(**fields) -> SignedPaper:
    given = {"paper": number(), "document": document(), "uploaded_by": utama(), "uploaded_by_name": "U"}
    return SignedPaper.objects.create(**given | {"uploaded_at": NOW} | fields)


def confirmed() -> StillRight:
    given = {"confirmed_on": TODAY, "renew_by": TODAY, "actor": utama(), "actor_name": "U", "appointment": held()}
    return StillRight.objects.create(case=make.publication(), acting_as="U", confirmed_at=NOW, **given)


def withdrawal(**fields) -> Withdrawal:
    return Withdrawal.objects.create(**{"record": record(), "why": "withdrawn", **fields})


def tally() -> Tally:
    return Tally.objects.create(sop_version=version(), step=0, measure="days", value=1, n=1)


def listed_file() -> TakeoverFile:
    given = {"filename": "dip.csv", "media_type": "text/csv", "size": 1, "sha256": HEX}
    return TakeoverFile.objects.create(uploaded_by=utama(), uploaded_at=NOW, **given)


def taken_over(**fields) -> Takeover:
    given = {"table": listed_file(), "uploaded_by": make.demo("bidang"), "uploaded_name": "B", "uploaded_at": NOW}
    return Takeover.objects.create(**given | fields)


def running(**fields) -> Takeover:
    given = {"way": "moved", "state": "running", "sk_number": "1", "sk_date": TODAY, "scan": listed_file()}
    given |= {"proposed_by": make.demo("bidang"), "proposed_at": NOW, "approved_by": utama(), "approved_as": held()}
    return taken_over(**given | {"approved_name": "U", "approved_at": NOW} | fields)


def listed(**fields) -> TakeoverRow:
    return TakeoverRow.objects.create(**{"takeover": taken_over(), "number": 2, "values": {}, **fields})


def done_row() -> TakeoverRow:
    case = make.publication()
    return listed(case=case, information=case.information, done_at=NOW)


def moved(**fields) -> TakeoverMove:
    given = {"takeover": taken_over(), "sequence": 1, "from_state": "draft", "to_state": "given_up", "at": NOW}
    return TakeoverMove.objects.create(**given | {"actor": utama(), "actor_name": "U"} | fields)


def office_move(**fields) -> OfficeMove:
    """Return a row of the ledger of exports, by default one that was begun."""
    given = {"what": "begun", "at": NOW, "account": "budi", "because": "Diminta", "place": "-", "is_sealed": False}
    return OfficeMove.objects.create(**given | fields)


def auditors_link(**fields) -> AuditorLink:
    given = {"secret_sha256": HEX, "for_whom": "BPK", "purpose": "x", "made_by": utama(), "made_name": "U"}
    given |= {"made_as": "U", "appointment": held(), "made_at": NOW, "ends_at": NOW + DAY}
    return AuditorLink.objects.create(**given | fields)


def linked_case() -> LinkedCase:
    return LinkedCase.objects.create(link=auditors_link(), case=make.publication())


def ledger_mark(**fields) -> LedgerMark:
    return LedgerMark.objects.create(**{"day": TODAY, "position": 1, "hash": HEX, "published_at": NOW} | fields)


def shelf_read() -> ReadFile:
    return shelf_rows.read(item().files.get().sha256, pages=1)


def picture() -> PagePicture:
    shelf_read()
    return PagePicture.objects.latest("pk")


def announced() -> BoardSheet:
    shown = item()
    shelf_rows.announced(shown)
    return BoardSheet.objects.get(number=shown.number)


def known() -> KnownBytes:
    return KnownBytes.objects.get(kind="item", number=item().number)


def short() -> ShortAddress:
    return ShortAddress.objects.get(kind="item", number=item().number)


def problem() -> Problem:
    given = {"letter": "a" * 32, "number": "2026-9999", "kind": "wrong", "reported_at": NOW, "taken_in_at": NOW}
    return Problem.objects.create(**given)


def virus_scan() -> FileScan:
    return FileScan.objects.create(sha256="a" * 64, state="clean", since=NOW, scanned_at=NOW)


def alarm() -> FalseAlarm:
    who = {"actor": make.demo("utama"), "actor_name": "x", "acting_as": "x", "at": NOW}
    return FalseAlarm.objects.create(sha256="a" * 64, signature="Eicar", reason="Berkas uji.", **who)


def handling() -> Handling:
    who = {"actor": make.demo("utama"), "actor_name": "x", "acting_as": "x", "at": NOW}
    return Handling.objects.create(problem=problem(), note="Sudah.", **who)


def item(**fields) -> PublishedItem:
    file = shelf_rows.file()
    # Read already: the queue can't be asked while every trigger is switched off.
    DocumentText.objects.get_or_create(sha256=file.sha256, defaults={"state": "read"})
    return shelf_rows.item(files=[file], **fields)


def edition() -> PublishedEdition:
    first = item()
    shelf_rows.item(number=first.number)
    return PublishedEdition.objects.get(number=first.number)


def bundle(kind: str = "dip", **fields) -> Bundle:
    return Bundle.objects.create(kind=kind, drawn=HEX, rows=1, total=1, as_of=TODAY, **fields)


def bundle_part() -> BundlePart:
    filled = {"filename": "dip.pdf", "media_type": "application/pdf", "rows": 1, "size": 1, "sha256": HEX, "keys": []}
    return BundlePart.objects.create(bundle=bundle(), part=1, **filled)


def entry() -> SearchEntry:
    return SearchEntry.objects.get(kind="item", key=item().number)


def document_text(**fields) -> DocumentText:
    return DocumentText.objects.create(**{"sha256": HEX, "state": "read"} | fields)


def family_word(**fields) -> FamilyWord:
    family = WordFamily.objects.create()
    FamilyWord.objects.create(family=family, position=1, word="sosial bansos", key="sosial bansos")
    return FamilyWord.objects.create(**{"family": family, "position": 9, "word": "x", "key": "y"} | fields)


def former() -> FormerFile:
    return FormerFile.objects.create(number="2026-9999", key="a", taken_out_at=NOW)


def tombstone(**fields) -> Tombstone:
    given = {"number": "2026-9999", "title": "x", "kind": "withdrawn", "why": "withdrawn", "reason": "x"}
    return Tombstone.objects.create(**given | {"taken_off_at": NOW} | fields)


def version() -> SopVersion:
    """Return a version in force, the first of the two that the office has."""
    return SopVersion.objects.order_by("pk").first()


def row(**fields) -> Activity:
    """Return a row that decides nothing, as ``fields`` make it."""
    found = version().activities.filter(kind="process").first()
    put(found, **fields)
    return found


def ended(appointment: Appointment, **fields) -> AppointmentChange:
    given = {"kind": "end", "ends_on": TODAY, "at": NOW}
    return AppointmentChange.objects.create(appointment=appointment, **given | fields)


def signed_in() -> SignInSession:
    return begin(utama(), Device())[0]


def city_account(**fields) -> CityAccount:
    given = {"person": utama(), "issuer": "https://akun.example", "subject": "s-1", "linked_at": NOW}
    return CityAccount.objects.create(**given | fields)


def order_scan(**fields) -> OrderScan:
    given = {"filename": "sk.pdf", "size": 1, "sha256": HEX, "uploaded_by_name": "U", "uploaded_at": NOW}
    return OrderScan.objects.create(**{"appointment": held(), "uploaded_by": utama()} | given | fields)


def recovery(**fields) -> FactorRecovery:
    """Begin a recovery of PPID Utama's second factor, by the deputy."""
    given = {"person": utama(), "why": "Datang.", "asked_by": make.demo("wakil"), "asked_by_name": "W", "asked_at": NOW}
    return FactorRecovery.objects.create(**given | fields)


def ended_recovery(**fields) -> FactorRecovery:
    done = {"end": "done", "ended_by": make.demo("atasan"), "ended_by_name": "A", "ended_at": NOW}
    return recovery(**done | fields)


def register_edition(**fields) -> RegisterEdition:
    given = {"register": "dip", "year": 2026, "as_of": TODAY, "size": 0, "digest": HEX} | fields
    return RegisterEdition.objects.create(**given)


def set_edition(**fields) -> RegisterEdition:
    return register_edition(**{"state": "set", "number": 1, "decree_number": "1", "decree_date": TODAY} | fields)


def edition_row(edition: RegisterEdition | None = None, **fields) -> EditionRow:
    given = {"edition": edition or register_edition(), "position": 1, "key": "A", "values": {}} | fields
    return EditionRow.objects.create(**given)


def edition_act(**fields) -> EditionAct:
    given = {"kind": "prepared", "actor": utama(), "actor_name": "U", "acting_as": "U", "at": NOW} | fields
    return EditionAct.objects.create(**{"edition": register_edition()} | given)


def shown_register(**fields) -> PublishedRegister:
    given = {"register": "dip", "number": 1, "year": 2026, "as_of": TODAY, "decree_number": "1", "decree_date": TODAY}
    return PublishedRegister.objects.create(**given | {"set_at": NOW, "size": 0} | fields)


def shown_row(edition: PublishedRegister | None = None, **fields) -> PublishedRegisterRow:
    given = {"edition": edition or shown_register(), "position": 1, "key": "A", "values": {}} | fields
    return PublishedRegisterRow.objects.create(**given)


def basis(**fields) -> LegalBasis:
    given = {"kind": "uu", "number": "99", "year": 2026, "title": "Coba"}
    return LegalBasis.objects.create(**given | fields)


# What breaks each constraint and nothing else, written out by hand; all of them, however it is broken.
def duty_score(**fields) -> DutyScore:
    filled = {"year": TODAY.year, "quarter": 1, "taken_on": TODAY, "rubric": 1, "points": 1, "out_of": 1}
    return DutyScore.objects.create(**{**filled, "counts": {}, "cells": [], **fields})


BROKEN: dict[str, list[Callable[[], object]]] = {
    "a_refused_amendment_says_why": [lambda: decided("refused", decided_note="")],
    "amendment_has_a_reason": [lambda: amendment(reason="")],
    "amendment_is_decided_by_somebody": [
        lambda: decided("approved", decided_by=None),
        lambda: decided("approved", decided_at=None),
        lambda: decided("approved", decided_at=NOW - DAY),
        lambda: decided("approved", decided_name=""),
        lambda: decided(""),
    ],
    "nobody_decides_their_own_amendment": [
        lambda: decided("approved", decided_by=utama()),
        lambda: decided("refused", decided_by=utama()),
    ],
    "only_its_proposer_withdraws_an_amendment": [lambda: decided("withdrawn")],
    "one_undecided_amendment_of_a_kind": [lambda: make.twin(amendment())],
    "case_ends_with_its_state": [
        lambda: put(make.publication(), ended_at=NOW),
        lambda: put(make.publication(), state="published", ended_at=NOW),
        lambda: put(make.publication(), state="withdrawn"),
        lambda: put(make.publication(), step=None),
    ],
    "case_is_opened_by_somebody_or_by_law": [
        lambda: put(make.publication(), opened_by=None),
        lambda: put(make.publication(), opened_because="PP 61/2010"),
    ],
    "exclusion_case_has_an_exclusion": [
        lambda: put(make.exclusion(), exclusion=None),
        lambda: put(make.publication(), exclusion=exclusion()),
    ],
    "flows_case_diverted_from_id_key": [lambda: _diverted_twice(make.publication())],
    "flows_case_exclusion_id_key": [lambda: _case_again(make.exclusion(), information=make.information())],
    "flows_case_number_key": [
        lambda: make.twin(make.publication(), information=make.information(), number=make.publication().number)
    ],
    "bundle_is_of_a_known_kind": [lambda: bundle("lain")],
    "one_finished_bundle_of_a_kind": [lambda: make.twin(bundle(finished_at=NOW))],
    "one_bundle_of_a_kind_in_the_making": [lambda: make.twin(bundle())],
    "bundle_part_once": [lambda: make.twin(bundle_part())],
    "one_running_case_for_an_item": [lambda: _case_again(make.publication())],
    "only_a_publication_is_announced_first": [
        lambda: put(make.exclusion(), published_first_at=NOW, urgent_since=NOW),
        lambda: put(make.publication(), published_first_at=NOW, urgent_since=NOW + DAY),
        lambda: put(make.publication(), published_first_at=NOW, urgent_since=None),
    ],
    "state_belongs_to_flow": [
        lambda: put(make.publication(), state="testing"),
        lambda: put(make.exclusion(), state="clarifying"),
    ],
    "urgency_has_its_reason": [
        lambda: put(make.publication(), is_urgent=True, urgent_because="", urgent_since=NOW),
        lambda: put(make.publication(), is_urgent=True, urgent_because="x", urgent_since=None),
        lambda: put(make.exclusion(), is_urgent=True, urgent_because="x", urgent_since=NOW),
    ],
    "remark_says_whom_it_asks_and_what_it_closes": [
        lambda: remark(kind="question"),
        lambda: remark(kind="answer"),
        lambda: remark(kind="note", asked_role=Role.objects.first()),
    ],
    "remark_says_something": [lambda: remark(text="")],
    "a_person_is_asked_in_a_role": [
        lambda: remark(kind="question", asked_role=Role.objects.first(), asked=utama()),
        lambda: remark(kind="question", asked_role=Role.objects.first(), asked_name="U"),
    ],
    "question_closed_once": [lambda: make.twin(_answered())],
    "claim_is_taken_for_a_time": [
        lambda: claimed(until=NOW),
        lambda: claimed(kind="let_go"),
        lambda: claimed(kind="let_go", until=NOW, over=claimed()),
    ],
    "column_confirmed_once": [lambda: make.twin(confirmation())],
    "evidence_once": [lambda: make.twin(evidence())],
    "flows_exclusionopening_amendment_id_key": [lambda: make.twin(lifted(), exclusion=exclusion())],
    "flows_exclusionopening_by_case_id_key": [
        lambda: make.twin(opening(ground="new_test", by_case=make.exclusion()), exclusion=exclusion())
    ],
    "flows_exclusionopening_exclusion_id_key": [lambda: make.twin(opening())],
    "opening_has_its_ground": [
        lambda: opening(amendment=amendment()),
        lambda: opening(by_case=make.exclusion()),
        lambda: opening(ground="new_test"),
        lambda: opening(ground="ruling_ki"),
        lambda: lifted(by_case=make.exclusion()),
        lambda: lifted(ground="lain"),
    ],
    "words_confirmed_once_by_each": [lambda: make.twin(took_part())],
    "takes_part_once": [lambda: make.twin(participant())],
    "flows_headapproval_document_id_key": [lambda: make.twin(approval())],
    "held_from_to": [lambda: had(until=NOW - DAY)],
    "taken_by_one": [lambda: make.twin(had())],
    "a_number_is_cancelled_with_its_reason": [
        lambda: number(cancelled_at=NOW, cancelled_by=utama(), cancelled_by_name="U"),
        lambda: number(cancelled_at=NOW, cancelled_by=utama(), cancelled_because="x"),
        lambda: number(cancelled_at=NOW, cancelled_by_name="U", cancelled_because="x"),
        lambda: number(cancelled_by=utama(), cancelled_by_name="U", cancelled_because="x"),
    ],
    "a_number_is_not_empty": [lambda: number(number="")],
    "a_number_means_one_paper": [lambda: make.twin(number(), case=make.publication(), document=document())],
    "flows_papernumber_document_id_key": [lambda: make.twin(number(), case=make.publication(), number="2")],
    "one_number_a_paper": [lambda: make.twin(number(), number="2", document=document())],
    "flows_signedpaper_document_id_key": [lambda: make.twin(scan(), paper=number(number="2"))],
    "announced_first_as_immediate": [
        lambda: record(kind="first", key="publish_first", note="x", approved={"category": "periodic"}),
        lambda: record(kind="first", key="publish_first", note="x", approved={}),
        lambda: record(kind="first", key="publish", note="x", approved={"category": "immediate"}),
    ],
    "a_class_says_what_it_overwrote": [
        lambda: record(key="clarify", approved={}),
        lambda: record(key="clarify", approved={}, stood={}),
    ],
    "undo_says_where_it_leads": [
        lambda: record(kind="undo", key="undo", note="x", sequence=2),
        lambda: record(kind="undo", key="undo", note="x", sequence=2, back_to=2),
        lambda: record(kind="undo", note="x", sequence=2, back_to=1),
        lambda: record(key="undo", sequence=2),
        lambda: record(back_to=0),
    ],
    "flows_undoneapproval_approval_id_key": [lambda: make.twin(taken_back())],
    "a_reason_says_something": [lambda: reason(text="")],
    "a_reason_is_retired_by_somebody": [
        lambda: reason(retired_at=NOW),
        lambda: reason(retired_at=NOW, retired_by=utama()),
        lambda: reason(retired_by=utama(), retired_name="U"),
    ],
    "flows_reason_replaces_id_key": [lambda: make.twin(reason(replaces=reason()))],
    "approval_says_what_it_approves": [
        lambda: record(key="clarify", stood={"category": ""}),
        lambda: record(key="accept"),
        lambda: record(key="publish_first"),
    ],
    "done_after_received": [lambda: record(done_at=NOW - DAY)],
    "ledger_row_once": [lambda: make.twin(record())],
    "answer_has_its_reason": [lambda: put(_answer(), reason=" \n")],
    "finding_kind_is_known": [lambda: put(_answer().finding, kind="xyz")],
    "finding_is_somewhere": [lambda: put(_answer().finding, count=0)],
    "one_finding_of_a_kind": [lambda: make.twin(_answer().finding)],
    "cleaning_took_something_or_says_why_not": [lambda: put(_cleaning(), kept_because="Bertanda tangan.")],
    "information_documentcleaning_document_id_key": [lambda: make.twin(_cleaning())],
    "information_documentreading_document_id_key": [lambda: make.twin(_answer().finding.reading)],
    "one_draft_of_a_person_at_a_form": [
        lambda: [TypedDraft.objects.create(person=utama(), path="/meja/", fields=[], saved_at=NOW) for _ in "ab"]
    ],
    "taken_over_as_one_move": [
        lambda: record(kind="takeover", key="take_over", note="x", to_state="coordinating", approved={}),
        lambda: record(kind="takeover", note="x", to_state="published"),
        lambda: record(to_state="published"),
        lambda: record(key="take_over", approved={}),
        lambda: record(from_state="collecting", to_state="adopted", approved={}),
        lambda: record(
            kind="takeover", key="take_over", note="x", from_state="updating", to_state="adopted", approved={}
        ),
    ],
    "takeover_kind_is_known": [lambda: taken_over(kind="xyz"), lambda: taken_over(kind="dik", way="cases")],
    "takeover_way_is_known": [lambda: taken_over(way="lain")],
    "takeover_state_is_known": [lambda: taken_over(way="cases", state="lain")],
    "what_runs_has_its_way": [lambda: taken_over(state="done"), lambda: taken_over(state="proposed")],
    "what_is_moved_has_its_decree": [
        lambda: running(sk_number=""),
        lambda: running(sk_date=None),
        lambda: running(scan=None),
        lambda: running(proposed_by=None),
    ],
    "what_is_moved_was_approved": [
        lambda: running(approved_by=None),
        lambda: running(approved_as=None),
        lambda: running(approved_at=None),
        lambda: running(approved_name=""),
        lambda: running(way="cases"),
        lambda: running(state="proposed"),
    ],
    "nobody_approves_their_own_list": [
        lambda: running(uploaded_by=utama()),
        lambda: running(proposed_by=utama()),
    ],
    "takeover_takeover_table_id_key": [lambda: make.twin(taken_over())],
    "takeover_takeover_edition_id_key": [
        lambda: make.twin(running(edition=register_edition()), table=listed_file(), scan=listed_file()),
    ],
    "takeover_takeover_scan_id_key": [lambda: make.twin(running(), table=listed_file())],
    "takeover_moved_once": [lambda: make.twin(moved())],
    "only_the_portal_ends_a_takeover": [lambda: moved(actor=None)],
    "what_could_not_be_done_is_left_behind": [
        lambda: listed(left_behind="x"),
        lambda: put(done_row(), failed="x", left_behind="x"),
    ],
    "takeover_row_once": [lambda: make.twin(listed())],
    "takeover_takeoverrow_case_id_key": [lambda: make.twin(done_row(), number=3, information=make.information())],
    "takeover_takeoverrow_information_id_key": [lambda: make.twin(done_row(), number=3, case=make.publication())],
    "done_row_has_its_case": [
        lambda: listed(done_at=NOW),
        lambda: listed(case=make.publication()),
        lambda: put(done_row(), left_out=True),
        lambda: put(done_row(), problems=["x"]),
    ],
    "only_steps_need_no_reason": [lambda: record(kind="return")],
    "confirmed_once_a_day": [lambda: make.twin(confirmed())],
    "auditors_link_ends": [
        lambda: auditors_link(ends_at=NOW),
        lambda: auditors_link(ends_at=NOW + 367 * DAY),
    ],
    "auditors_link_is_revoked_by_somebody": [
        lambda: auditors_link(revoked_at=NOW),
        lambda: auditors_link(revoked_at=NOW, revoked_by=utama()),
        lambda: auditors_link(revoked_name="U"),
    ],
    "office_move_says_what": [
        lambda: office_move(sums=HEX),
        lambda: office_move(begun=office_move()),
        lambda: office_move(what="made", sums=HEX),
        lambda: office_move(what="made", begun=office_move()),
        lambda: office_move(what="brought_in"),
        lambda: office_move(what="brought_in", sums="x"),
        lambda: office_move(what="lost"),
    ],
    "office_move_says_who_and_why": [lambda: office_move(account=""), lambda: office_move(because="")],
    "proof_officemove_begun_id_key": [
        lambda: make.twin(office_move(what="made", sums=HEX, begun=office_move())),
    ],
    "auditors_link_says_for_whom_and_why": [
        lambda: auditors_link(for_whom=""),
        lambda: auditors_link(purpose=""),
    ],
    "proof_auditorlink_secret_sha256_key": [lambda: make.twin(auditors_link())],
    "case_linked_once": [lambda: make.twin(linked_case())],
    "a_use_is_of_a_case_or_of_the_list": [
        lambda: AuditorUse.objects.create(link=auditors_link(), what="pdf", at=NOW),
        lambda: AuditorUse.objects.create(link=auditors_link(), what="opened", case=make.publication(), at=NOW),
    ],
    "page_text_is_decided_by_somebody": [
        lambda: put(pages.handed_in(), decided_at=NOW),
        lambda: put(pages.handed_in(), reason="x"),
        lambda: put(pages.handed_in(), decision="withdrawn", decided_at=NOW),
    ],
    "page_text_is_numbered_by_its_approval": [
        lambda: put(pages.handed_in(), number=1),
        lambda: put(pages.handed_in(), decision="approved", **by_somebody()),
    ],
    "page_text_is_sent_back_for_a_reason": [lambda: put(pages.handed_in(), decision="returned", **by_somebody())],
    "announcement_is_decided_by_somebody": [
        lambda: put(pages.announced(), decided_at=NOW),
        lambda: put(pages.announced(), reason="x"),
        lambda: put(pages.announced(), decision="withdrawn", decided_at=NOW),
    ],
    "announcement_is_numbered_by_its_approval": [
        lambda: put(pages.announced(), number=1),
        lambda: put(pages.announced(), decision="approved", **by_somebody()),
    ],
    "announcement_is_sent_back_for_a_reason": [lambda: put(pages.announced(), decision="returned", **by_somebody())],
    "page_text_says_something": [lambda: put(pages.handed_in(), body=""), lambda: put(pages.handed_in(), slug="")],
    "one_text_of_a_page_waits": [lambda: make.twin(pages.handed_in())],
    "page_edition_number_once": [lambda: make.twin(pages.shown())],
    "announcement_says_something": [lambda: put(pages.announced(), text="")],
    "announcement_leads_into_the_portal": [
        lambda: put(pages.announced(), link="https://lain.example/"),
        lambda: put(pages.announced(), link="//lain.example/"),
    ],
    "announcement_is_ended_by_somebody": [
        lambda: put(pages.on_top(), ended_at=NOW + DAY),
        lambda: put(pages.on_top(), ended_name="U"),
        lambda: put(pages.announced(), **ended_by_somebody(NOW)),
    ],
    "announcement_ends_after_its_decision": [lambda: put(pages.on_top(), **ended_by_somebody(NOW - 30 * DAY))],
    "announcement_number_once": [lambda: make.twin(pages.on_top())],
    "shown_page_edition_once": [lambda: make.twin(shelf_rows.page())],
    "shown_page_says_something": [lambda: shelf_rows.page(body=""), lambda: shelf_rows.page(edition=0)],
    "shown_announcement_says_something": [lambda: shelf_rows.announcement("")],
    "shown_announcement_stays_in_the_portal": [
        lambda: shelf_rows.announcement(link="https://lain.example/"),
        lambda: shelf_rows.announcement(link="//lain.example/"),
    ],
    "shelf_publishedannouncement_number_key": [lambda: make.twin(shelf_rows.announcement())],
    "downloads_of_a_day_once": [lambda: make.twin(downloaded())],
    "download_is_of_a_kind": [lambda: downloaded(kind="orang")],
    "downloads_takenletter_name_key": [lambda: make.twin(TakenLetter.objects.create(name="a", taken_at=NOW))],
    "downloads_of_a_month_once": [lambda: make.twin(in_a_month())],
    "downloads_begin_with_their_month": [lambda: in_a_month(month=date(2026, 3, 2))],
    "items_of_a_month_are_counted_once": [lambda: make.twin(month_count())],
    "counted_months_begin_with_their_first_day": [lambda: month_count(month=date(2026, 3, 2))],
    "lead_times_are_counted_once": [lambda: make.twin(lead_time())],
    "lead_times_end_somewhere": [lambda: lead_time(days=367)],
    "items_are_counted_once": [lambda: make.twin(item_count())],
    "there_is_one_counter_of_editions": [lambda: ShelfEdition.objects.create(id=2, number=1)],
    "mark_is_a_hash": [lambda: ledger_mark(hash="x")],
    "shelf_readfile_sha256_key": [lambda: make.twin(shelf_read())],
    "read_file_is_named_by_its_hash": [lambda: put(shelf_read(), sha256="A" * 64)],
    "read_file_has_pages_or_rows_or_says_why_not": [
        lambda: put(shelf_read(), rows=1),
        lambda: put(shelf_read(), pages=None),
        lambda: put(shelf_read(), why_not="x"),
        lambda: put(shelf_read(), table=[["a"]]),
    ],
    "picture_of_a_page_once": [lambda: make.twin(picture())],
    "picture_is_named_by_its_hash": [lambda: put(picture(), sha256="x"), lambda: put(picture(), file_sha256="x")],
    "picture_of_a_page_has_a_size": [
        lambda name=name: put(picture(), **{name: 0}) for name in ("page", "width", "height")
    ],
    "picture_is_not_its_file": [lambda: put(picture(), sha256=F("file_sha256"))],
    "shelf_boardsheet_number_key": [lambda: make.twin(announced())],
    "announcement_is_named_by_its_hash": [lambda: put(announced(), sha256="x")],
    "known_bytes_are_named_by_their_hash": [lambda: put(known(), sha256="x")],
    "known_bytes_are_of_a_kind": [lambda: put(known(), kind="lain")],
    "known_bytes_end_for_a_reason": [lambda: put(known(), ended_at=NOW), lambda: put(known(), why="replaced")],
    "no_unit_of_what_may_not_be_named": [
        lambda why=why: put(known(), ended_at=NOW, why=why) for why in ("excluded", "wrongly_published")
    ],
    "known_bytes_once_while_they_are_current": [lambda: make.twin(known())],
    "shelf_shortaddress_code_key": [lambda: make.twin(short(), number="lain")],
    "short_address_once": [lambda: make.twin(short(), code="a" * 10)],
    "short_address_can_be_typed": [
        lambda code=code: put(short(), code=code) for code in ("a" * 9, "a" * 9 + "1", "A" * 10)
    ],
    "reports_problem_letter_key": [lambda: make.twin(problem())],
    "problem_is_of_a_kind": [lambda: put(problem(), kind="lain")],
    "problem_of_another_kind_is_told": [lambda: put(problem(), kind="other", text="")],
    "reports_sendercontact_problem_id_key": [
        lambda: make.twin(SenderContact.objects.create(problem=problem(), said="x"))
    ],
    "reports_handling_problem_id_key": [lambda: make.twin(handling())],
    "handling_says_what_was_done": [lambda: put(handling(), note="")],
    "scanning_filescan_sha256_key": [lambda: make.twin(virus_scan())],
    "scan_sha256_is_hex": [lambda: put(virus_scan(), sha256="x")],
    "scan_state_is_known": [lambda: put(virus_scan(), state="lain")],
    "what_was_found_has_a_name": [
        lambda: put(virus_scan(), state="found"),
        lambda: put(virus_scan(), state="cleared"),
        lambda: put(virus_scan(), signature="Eicar"),
    ],
    "scanned_files_were_scanned_at_a_time": [
        lambda: put(virus_scan(), scanned_at=None),
        lambda: put(virus_scan(), state="waiting"),
        lambda: put(virus_scan(), state="unscanned"),
    ],
    "false_alarm_once": [lambda: make.twin(alarm())],
    "false_alarm_has_its_reason": [lambda: put(alarm(), reason="")],
    "shelf_heldfile_sha256_key": [lambda: make.twin(HeldFile.objects.create(sha256="a" * 64, since=NOW))],
    "held_sha256_is_hex": [lambda: HeldFile.objects.create(sha256="x", since=NOW)],
    "shelf_ledgermark_day_key": [lambda: make.twin(ledger_mark())],
    "linked_once": [lambda: make.twin(Link.objects.latest("position"), position=-1)],
    "tallied_once": [lambda: make.twin(tally())],
    "flows_withdrawal_record_id_key": [lambda: make.twin(withdrawal())],
    "withdrawal_has_one_of_three_reasons": [
        lambda: withdrawal(why="replaced"),
        lambda: withdrawal(successor=make.information()),
        lambda: withdrawal(why="lain"),
    ],
    "decree_follows_approval": [lambda: decreed(date=TODAY - DAY)],
    "information_classificationdecree_exclusion_id_key": [lambda: make.twin(decreed())],
    "exclusion_ends_after_the_test": [lambda: sheet(ends_on=TODAY)],
    "test_was_held_unless_taken_over": [
        lambda: sheet(tested_on=None),
        lambda: sheet(taken_over="Pindahan."),
    ],
    "ground_j_names_the_statute": [lambda: sheet(grounds=["j"], other_statute="")],
    "grounds_a_to_f_have_an_end": [lambda letter=letter: sheet(grounds=["h", letter]) for letter in "abcdef"],
    "information_consequencetest_exclusion_id_key": [lambda: make.twin(sheet())],
    "partial_exclusion_names_the_parts": [lambda: sheet(conclusion="part")],
    "test_names_a_ground_unless_open": [lambda: sheet(grounds=[])],
    "a_change_changes_something": [lambda: _described("Sama", "Sama")],
    "document_is_not_empty": [lambda: document(size=0)],
    "document_is_removed_by_somebody": [lambda: document(removed_at=NOW), lambda: document(removed_by=utama())],
    "document_purpose_is_known": [lambda: document(purpose="lain")],
    "document_sha256_is_hex": [lambda: document(sha256="0" * 63 + "G"), lambda: document(sha256="0" * 63)],
    "information_document_replaces_id_key": [lambda: make.twin(document(replaces=document()))],
    "papers_of_an_exclusion_are_evidence": [lambda: document(purpose="content", exclusion=exclusion())],
    "exclusion_is_opened_or_continued_once_adopted": [
        lambda: exclusion(adopted_at=None, opened_on=TODAY),
        lambda: exclusion(adopted_at=None, continued_by=exclusion()),
        lambda: exclusion(opened_on=TODAY, continued_by=exclusion()),
    ],
    "information_exclusion_continued_by_id_key": [lambda: make.twin(exclusion(continued_by=exclusion()))],
    "one_exclusion_of_an_item_in_force": [lambda: make.twin(exclusion())],
    "information_category_is_known": [lambda: put(make.information(), category="lain")],
    "information_information_number_key": [lambda: make.twin(make.information())],
    "information_is_renewed_within_six_months": [
        lambda: put(make.information(), rhythm=0),
        lambda: put(make.information(), rhythm=7),
    ],
    "made_from_comes_before_made_to": [
        lambda: put(make.information(), made_from=date(2026, 1, 2), made_to=date(2026, 1, 1)),
        lambda: put(make.information(), made_from=None, made_to=date(2026, 1, 1)),
        lambda: put(make.information(), made_from=date(2026, 1, 1), made_to=None),
        lambda: put(make.information(), made_when=""),
    ],
    "decree_voided_once": [lambda: make.twin(voided())],
    "voided_after_recorded": [lambda: voided(voided_at=NOW - DAY)],
    "voided_for_a_reason": [lambda: voided(because="")],
    "acting_appointment_has_an_end": [
        lambda: put(held(), kind="plt", ends_on=None),
        lambda: put(held(), kind="plh", ends_on=None),
    ],
    "unit_closes_with_a_successor": [
        lambda: put(make.unit("dinsos"), is_active=False),
        lambda: put(make.unit("dinsos"), is_active=False, closed_on=TODAY),
        lambda: put(make.unit("dinsos"), closed_on=TODAY),
        lambda: put(make.unit("dinsos"), successor=make.unit("dinkes")),
    ],
    "a_unit_is_reached_where_it_says": [
        lambda: put(make.unit("dinsos"), phone="hubungi kami"),
        lambda: put(make.unit("dinsos"), email="dinsos@contoh"),
        lambda: put(make.unit("dinsos"), email="dinsos di contoh.go.id"),
    ],
    "no_unit_succeeds_itself": [
        lambda: put(make.unit("dinsos"), is_active=False, closed_on=TODAY, successor=make.unit("dinsos")),
    ],
    "no_unit_is_called_as_the_city": [lambda: Unit.objects.create(code="kota", name="Kota", short_name="Kota")],
    "a_name_says_something": [
        lambda: put(make.unit("dinsos").names.get(), name=""),
        lambda: put(make.unit("dinsos").names.get(), short_name=""),
    ],
    "unit_change_is_known": [lambda: changed(kind="lain", because="x")],
    "a_changed_unit_has_its_reason": [lambda: changed(kind="renamed"), lambda: changed(kind="closed")],
    "a_plan_names_what_comes": [
        lambda: planned(kind="rename", short_name="B", because="x"),
        lambda: planned(kind="rename", name="B", because="x"),
        lambda: planned(kind="rename", name="B", short_name="B"),
        lambda: planned(kind="closing", because="x"),
        lambda: planned(kind="closing", successor=make.unit("dinkes")),
        lambda: planned(kind="closing", successor=make.unit("dinkes"), name="B", because="x"),
    ],
    "no_plan_passes_to_itself": [lambda: planned(kind="closing", successor=make.unit("dinsos"), because="x")],
    "a_plan_ends_once": [
        lambda: planned(kind="closing", successor=make.unit("dinkes"), because="x", done_at=NOW, cancelled_at=NOW),
    ],
    "one_closing_is_planned": [
        lambda: [planned(kind="closing", successor=make.unit("dinkes"), because="x") for _ in "12"],
    ],
    "shelf_shelfunit_code_key": [
        lambda: [ShelfUnit.objects.create(code="x", name="X", short_name="X") for _ in "12"],
    ],
    "shelf_shownduty_code_key": [lambda: make.twin(shelf_rows.duty())],
    **{
        f"{name}_is_decided_by_somebody": [
            lambda made=made: put(made(), decided_at=NOW),
            lambda made=made: put(made(), reason="x"),
            lambda made=made: put(made(), decision="withdrawn", decided_at=NOW),
        ]
        for name, made in HANDED_IN.items()
    },
    **{
        f"{name}_is_numbered_by_its_approval": [
            lambda made=made: put(made(), number=1),
            lambda made=made: put(made(), decision="approved", **by_somebody()),
        ]
        for name, made in HANDED_IN.items()
    },
    **{
        f"{name}_is_sent_back_for_a_reason": [lambda made=made: put(made(), decision="returned", **by_somebody())]
        for name, made in HANDED_IN.items()
    },
    **{
        f"{name}_is_ended_by_somebody": [
            lambda made=made: put(approved(made()), ended_at=NOW + DAY),
            lambda made=made: put(approved(made()), ended_name="U"),
            lambda made=made: put(made(), **ended_by_somebody(NOW)),
        ]
        for name, made in ENDABLE.items()
    },
    **{
        f"{name}_ends_after_its_decision": [
            lambda made=made: put(approved(made()), **ended_by_somebody(NOW - 30 * DAY)),
        ]
        for name, made in ENDABLE.items()
    },
    "one_text_of_a_duty_waits": [lambda: make.twin(said.changed())],
    "duty_edition_number_once": [lambda: make.twin(approved(said.changed()))],
    "duty_has_code_and_name": [lambda: put(said.changed(), name=""), lambda: put(said.changed(), code="")],
    "duty_is_of_a_class": [lambda: put(said.changed(), category="lain")],
    "an_article_that_was_checked_is_named": [lambda: put(said.changed(), law_checked=True)],
    "a_duty_that_ends_says_why": [
        lambda: put(said.changed(), ended_on=TODAY),
        lambda: put(said.changed(), ended_because="x"),
    ],
    "duty_is_due_within_two_years": [
        lambda: put(said.changed(), due_months=0),
        lambda: put(said.changed(), max_months=61),
    ],
    "statement_says_why": [lambda: put(stated(), because="")],
    "only_nil_has_a_last_day_and_says_nothing_of_others": [
        lambda: put(stated(), held_by="BPS"),
        lambda: put(stated("not_required"), until=TODAY),
    ],
    "one_statement_of_a_cell_waits": [lambda: make.twin(stated())],
    "one_statement_of_a_cell_stands": [lambda: make.twin(approved(stated()), number=2)],
    "an_item_fills_a_cell_once": [lambda: make.twin(linked())],
    "a_gap_is_open": [lambda: gap(missing=0)],
    "obligations_gap_unit_code_key": [lambda: [gap(), gap()]],
    "an_article_is_shown_once_confirmed": [
        lambda: shelf_rows.duty(law="Perki 1/2021"),
        lambda: shelf_rows.duty(law_confirmed_on=TODAY),
    ],
    "each_part_has_a_key": [lambda: put(shelf_rows.duty(parts=["RKA", "DPA"]), part_keys=[0])],
    "shown_duty_is_of_a_class": [lambda: shelf_rows.duty(category="lain")],
    "a_cell_has_an_item_once": [lambda: [DutyFill.objects.create(duty_code="x", number="1") for _ in "12"]],
    "said_once_of_a_cell": [
        lambda: [DutyWord.objects.create(duty_code="x", kind="worked_on", since=TODAY) for _ in "12"],
    ],
    "a_statement_has_its_reason_and_work_has_none": [
        lambda: shelf_rows.word("nil", TODAY, reason=""),
        lambda: shelf_rows.word("worked_on", TODAY, reason="x"),
        lambda: shelf_rows.word("worked_on", TODAY, held_by="x"),
        lambda: shelf_rows.word("lain", TODAY),
    ],
    "a_quarter_is_scored_once": [lambda: make.twin(duty_score())],
    "a_score_is_of_its_quarter": [lambda: duty_score(quarter=5), lambda: duty_score(year=TODAY.year - 1)],
    "a_score_is_out_of_what_counts": [lambda: duty_score(points=2)],
    "found_once": [lambda: make.twin(entry())],
    "a_page_of_a_document_says_where_it_stands": [
        lambda: SearchEntry.objects.create(kind="page", key="x", day=TODAY, words="", page=1),
        lambda: SearchEntry.objects.create(kind="item", key="x", day=TODAY, words="", page=1),
    ],
    "shelf_searchword_word_key": [lambda: [SearchWord.objects.create(word="kata", entries=1) for _ in "12"]],
    "known_words_stand_somewhere": [lambda: SearchWord.objects.create(word="kata", entries=0)],
    "shelf_documenttext_sha256_key": [lambda: make.twin(document_text())],
    "what_cannot_be_read_says_why": [lambda: document_text(state="unreadable")],
    "text_of_a_page_once": [
        lambda: [DocumentPage.objects.create(sha256=HEX, page=1, place="x", text="x", words="") for _ in "12"]
    ],
    "shelf_familyword_key_key": [lambda: family_word(position=8, key="sosial bansos")],
    "place_in_a_family_once": [lambda: family_word(position=1)],
    "a_family_has_words": [lambda: family_word(word=""), lambda: family_word(key="")],
    "no_shown_unit_succeeds_itself": [
        lambda: ShelfUnit.objects.create(code="x", name="X", short_name="X", successor_code="x"),
    ],
    "appointment_ends_after_it_starts": [lambda: put(held(), starts_on=TODAY, ends_on=TODAY - DAY)],
    "appointment_once_from_a_day": [lambda: make.twin(held())],
    "order_scan_once": [lambda: [order_scan() for _ in "12"]],
    "order_scan_names_its_bytes": [lambda: order_scan(sha256="x")],
    "an_end_is_earlier": [
        lambda: ended(held(), ends_on=None),
        lambda: ended(held(), ends_on_before=TODAY),
        lambda: ended(held(), ends_on_before=TODAY - DAY),
    ],
    "appointment_change_is_known": [lambda: ended(held(), kind="lain", closed_at=NOW)],
    "a_stop_is_not_later": [
        lambda: ended(held(), kind="stop", closed_at=NOW, ends_on=None),
        lambda: ended(held(), kind="stop", closed_at=NOW, ends_on_before=TODAY - DAY),
    ],
    "what_is_taken_back_keeps_its_days": [
        lambda: ended(held(), kind="cancel", closed_at=NOW),
        lambda: ended(held(), kind="cancel", closed_at=NOW, ends_on_before=TODAY, ends_on=None),
        lambda: ended(held(), kind="annul", closed_at=NOW, because="Keliru.", ends_on_before=TODAY + DAY),
    ],
    "a_change_but_an_end_closes_at_its_moment": [
        lambda: ended(held(), closed_at=NOW),
        lambda: ended(held(), kind="stop"),
        lambda: ended(held(), kind="stop", closed_at=NOW - DAY),
    ],
    "a_mistake_has_its_reason": [lambda: ended(held(), kind="annul", closed_at=NOW, ends_on=None)],
    "a_run_ends_as_done_or_failed": [
        lambda: ran(ended_at=NOW),
        lambda: ran(ended_at=NOW, done_at=NOW - DAY),
        lambda: ran(ended_at=NOW, failed_at=NOW - DAY, because="x"),
    ],
    "a_failed_run_says_why": [lambda: ran(because="x")],
    "one_open_trouble_of_a_kind": [lambda: (trouble(), trouble())],
    "nobody_hears_that_something_is_over_before_it_is": [
        lambda: trouble(told_at=NOW, over_told_at=NOW),
        lambda: trouble(over_at=NOW, over_told_at=NOW),
    ],
    "what_is_void_is_closed": [lambda: put(held(), is_void=True)],
    "organisation_signinsession_digest_key": [lambda: make.twin(signed_in())],
    "session_is_known_by_a_hash": [lambda: put(signed_in(), digest="bukan sidik")],
    "a_session_that_ended_says_why": [
        lambda: put(signed_in(), ended_at=NOW),
        lambda: put(signed_in(), because="ended"),
        lambda: put(signed_in(), ended_at=NOW, because="lain"),
    ],
    "organisation_cityaccount_person_id_key": [lambda: city_account() and city_account(subject="s-2")],
    "a_city_account_belongs_to_one_person": [lambda: city_account() and city_account(person=make.person())],
    "a_city_account_has_a_subject": [lambda: city_account(subject=""), lambda: city_account(issuer="")],
    "a_first_password_has_its_moment": [
        lambda: put(utama(), must_change_password=True),
        lambda: put(utama(), first_password_at=NOW),
    ],
    "person_change_is_known": [lambda: PersonChange.objects.create(person=utama(), kind="lain", at=NOW)],
    "unique_authenticator_type": [
        lambda: [Authenticator.objects.create(user=utama(), type="totp", data={}) for _ in range(2)]
    ],
    "one_recovery_of_a_person_at_a_time": [lambda: (recovery(), recovery())],
    "nobody_recovers_themselves": [lambda: recovery(asked_by=utama())],
    "a_recovery_says_why": [lambda: recovery(why="")],
    "a_recovery_is_open_or_ended": [
        lambda: recovery(end="lain", ended_at=NOW, ended_by=utama()),
        lambda: recovery(end="", ended_at=NOW),
        lambda: recovery(end="lapsed"),
        lambda: recovery(end="lapsed", ended_at=NOW, ended_by=utama()),
        lambda: recovery(end="done", ended_at=NOW),
        lambda: recovery(end="cancelled", ended_by=utama()),
    ],
    "two_others_recover_within_a_day": [
        lambda: ended_recovery(ended_by=make.demo("wakil")),
        lambda: ended_recovery(ended_by=utama()),
        lambda: ended_recovery(ended_at=NOW + DAY + timedelta(seconds=1)),
        lambda: ended_recovery(ended_at=NOW - timedelta(seconds=1)),
    ],
    "organisation_role_code_key": [lambda: make.twin(Role.objects.first())],
    "role_scope_is_known": [lambda: put(Role.objects.first(), scope="lain")],
    "organisation_unit_code_key": [lambda: make.twin(Unit.objects.first())],
    "organisation_user_email_key": [lambda: make.twin(make.person())],
    "nip_belongs_to_one_person": [lambda: _two_of_one_nip("197001012000011001")],
    "reopened_for_a_reason": [
        lambda: put(shelf_rows.dik(), reopened_on=TODAY, reopened_because="x"),
        lambda: put(shelf_rows.dik(), reopened_on=TODAY, item_number="1"),
        lambda: put(shelf_rows.dik(), reopened_because="x", item_number="1"),
    ],
    "shelf_dikentry_number_key": [lambda: make.twin(shelf_rows.dik())],
    "edition_file_address_once": [lambda: make.twin(edition().files.get(), position=9)],
    "edition_file_position_once": [lambda: make.twin(edition().files.get(), key="lain")],
    "former_address_once": [lambda: make.twin(former())],
    "edition_once": [lambda: make.twin(edition())],
    "file_address_once": [lambda: make.twin(item().files.get(), position=9)],
    "file_position_once": [lambda: make.twin(item().files.get(), key="lain")],
    "item_category_is_public": [lambda: put(item(category="on_demand"), category="lain")],
    "shelf_publisheditem_number_key": [lambda: make.twin(item())],
    "what_follows_was_announced_first": [
        lambda: put(item(), follow_by=NOW),
        lambda: put(item(), followed_at=NOW),
        lambda: put(item(), follow_from=5),
        lambda: put(item(), first_published_at=NOW, follow_by=NOW),
    ],
    "what_is_periodic_has_a_rhythm_and_nothing_else_is_ever_late": [
        lambda: put(item(), rhythm=0),
        lambda: put(item(), rhythm=7),
        lambda: put(item(), rhythm=None),
        lambda: put(item(), renew_by=None),
        lambda: put(item(category="immediate"), rhythm=6),
        lambda: put(item(category="immediate"), renew_by=TODAY),
        lambda: put(item(category="on_demand"), confirmed_on=TODAY),
    ],
    "edition_is_of_a_register": [lambda: register_edition(register="dix")],
    "edition_is_set_by_a_decree": [
        lambda: set_edition(number=None),
        lambda: set_edition(decree_number=""),
        lambda: set_edition(decree_date=None),
        lambda: register_edition(number=1),
        lambda: register_edition(decree_number="1"),
        lambda: register_edition(decree_date=TODAY, state="cancelled"),
        lambda: register_edition(state="lain"),
    ],
    "edition_number_once": [lambda: make.twin(set_edition(), decree_number="2")],
    "one_edition_is_prepared_at_a_time": [lambda: make.twin(register_edition(), year=2027)],
    "a_decree_sets_one_edition": [lambda: make.twin(set_edition(), number=2)],
    "edition_row_has_its_place": [lambda: make.twin(edition_row(), key="B")],
    "edition_row_once": [lambda: make.twin(edition_row(), position=2)],
    "edition_act_once": [lambda: make.twin(edition_act())],
    "edition_act_is_known": [lambda: edition_act(kind="lain")],
    "an_approval_says_how_and_whose": [
        lambda: edition_act(kind="approved", how="desk"),
        lambda: edition_act(kind="approved", approved_by="A"),
        lambda: edition_act(kind="approved", how="lain", approved_by="A"),
        lambda: edition_act(how="desk"),
        lambda: edition_act(approved_by="A"),
    ],
    "an_approval_on_paper_has_its_scan": [lambda: edition_act(kind="approved", how="scan", approved_by="A")],
    "an_edition_is_cancelled_for_a_reason": [lambda: edition_act(kind="cancelled")],
    "annex_part_once": [lambda: make.twin(shown_register().annexes.create(part=1, sha256=HEX, size=1))],
    "shown_register_edition_once": [lambda: make.twin(shown_register())],
    "shown_register_is_known": [lambda: shown_register(register="dix")],
    "shown_register_row_has_its_place": [lambda: make.twin(shown_row(), key="B")],
    "shown_register_row_once": [lambda: make.twin(shown_row(), position=2)],
    "covered_row_says_why_and_since_when": [
        lambda: shown_row(covered="excluded"),
        lambda: shown_row(covered_on=TODAY),
        lambda: shown_row(covered="lain", covered_on=TODAY),
    ],
    "one_shown_version_in_force": [lambda: make.twin(shelf_rows.sop(), version=2)],
    "shown_version_ends_with_its_status": [
        lambda: put(shelf_rows.sop(), ended_on=TODAY),
        lambda: put(shelf_rows.sop(), status="superseded"),
        lambda: put(shelf_rows.sop(), status="lain", ended_on=TODAY),
    ],
    "shown_version_once": [lambda: make.twin(shelf_rows.sop(), status="retired", ended_on=TODAY)],
    "sop_file_kind_once": [lambda: make.twin(_sheet_file(), filename="lain.json")],
    "sop_file_name_once": [lambda: make.twin(_sheet_file(), kind="docx")],
    "shelf_tombstone_number_key": [lambda: make.twin(tombstone())],
    "tombstone_names_what_replaced_it": [
        lambda: tombstone(why="replaced"),
        lambda: tombstone(why="replaced", successor="2026-9999"),
        lambda: tombstone(successor="2026-9998"),
    ],
    "only_the_tombstone_of_what_is_excluded_names_a_dik_entry": [lambda: tombstone(dik="2026-9998")],
    "tombstone_of_what_was_withdrawn_says_why": [
        lambda: tombstone(why=""),
        lambda: tombstone(kind="excluded"),
        lambda: tombstone(why="lain"),
    ],
    "acknowledged_once": [lambda: make.twin(Acknowledgement.objects.create(version=version(), user=utama(), at=NOW))],
    "activity_number_once": [lambda: make.twin(row())],
    "carries_lawful_steps": [lambda: row(carries=[0]), lambda: row(carries=[21])],
    "duration_is_whole": [
        lambda: row(duration_value=0, duration_unit="day"),
        lambda: row(duration_value=1001, duration_unit="day"),
        lambda: row(duration_value=None, duration_unit="day"),
        lambda: row(duration_value=1, duration_unit=""),
        lambda: row(duration_value=1, duration_unit="abad"),
    ],
    "exit_leads_elsewhere": [
        lambda: row(kind="decision", if_yes=models.F("number")),
        lambda: row(kind="decision", if_no=models.F("number")),
    ],
    "only_decisions_have_exits": [lambda: row(if_yes=5), lambda: row(if_no=1)],
    "bound_master_runs_a_flow": [lambda: Binding.objects.create(sop=version().sop, is_master=True, at=NOW)],
    "edit_counted_once": [
        lambda: make.twin(DraftEdit.objects.create(version=version(), revision=9, actor=utama(), at=NOW, changes=[]))
    ],
    "doubt_is_settled_by_somebody": [
        lambda: ImportDoubt.objects.create(version=version(), key="x", sentence="x", settled_at=NOW),
        lambda: ImportDoubt.objects.create(version=version(), key="x", sentence="x", settled_by=utama()),
    ],
    "sop_importedfile_version_id_key": [
        lambda: make.twin(
            ImportedFile.objects.create(version=version(), filename="a", sha256=HEX, place=1, kept_at=NOW)
        )
    ],
    "legal_basis_once": [lambda: make.twin(basis())],
    "not_replaced_by_itself": [lambda: LegalBasis.objects.filter(pk=basis().pk).update(replaced_by=models.F("pk"))],
    "pattern_has_a_running_number": [lambda: NumberingPattern.objects.create(unit=make.unit("setda"), pattern="/SOP")],
    "sop_numberingpattern_unit_id_key": [
        lambda: make.twin(NumberingPattern.objects.create(unit=make.unit("setda"), pattern="{nomor}/SOP"))
    ],
    "performer_position_once": [lambda: make.twin(version().performers.first())],
    "performer_role_once": [lambda: make.twin(PerformerRole.objects.filter(performer__version=version()).first())],
    "sop_signedsheet_version_id_key": [
        lambda: make.twin(
            SignedSheet.objects.create(
                version=version(), filename="a.pdf", sha256=HEX, size=1, uploaded_by=utama(), uploaded_at=NOW
            )
        )
    ],
    "master_runs_a_flow": [
        lambda: Sop.objects.create(slug="x", title="x", unit=make.unit("setda"), is_master=True),
    ],
    "sop_sop_slug_key": [lambda: make.twin(version().sop, flow="", is_master=False)],
    "flow_follows_one_sop_a_unit": [lambda: make.twin(version().sop, slug="x", is_master=False)],
    "flow_has_one_master": [lambda: make.twin(version().sop, slug="x", unit=make.unit("setda"))],
    "approved_version_is_complete": [
        lambda: put(version(), approved_at=None),
        lambda: put(version(), approved_by=None),
        lambda: put(version(), in_force_from=None),
        lambda: put(version(), review_on=None),
        lambda: put(version(), pdf_sha256=""),
        lambda: put(version(), pdf_size=0),
        lambda: put(version(), pdf_size=None),
    ],
    "one_draft_at_a_time": [lambda: _two_drafts()],
    "only_what_was_read_is_confirmed": [
        lambda: put(version(), origin="drawing", confirmed_at=NOW, confirmed_by=None),
        lambda: put(version(), origin="drawing", confirmed_at=None, confirmed_by=utama()),
        lambda: put(version(), origin="written", confirmed_at=NOW, confirmed_by=utama()),
    ],
    "origin_is_known": [lambda: put(version(), origin="lain", confirmed_at=None, confirmed_by=None)],
    "sop_version_once": [lambda: make.twin(version())],
    "version_ledger_row_once": [lambda: make.twin(StateChange.objects.filter(version=version()).first())],
    "confirmed_holiday_names_its_source": [lambda: put(Holiday.objects.first(), is_confirmed=True, source="")],
    "one_notice_for_a_person_and_an_event": [lambda: make.twin(notice())],
    "kind_of_news_is_known": [lambda: notice(kind="lain")],
    "what_is_secret_is_a_number_only": [
        lambda: notice(is_secret=True, title="x"),
        lambda: notice(is_secret=True, facts=[["Alasan", "x"]]),
    ],
    "notice_leads_to_the_desk": [lambda: notice(url="https://lain.example/"), lambda: notice(event="")],
    "a_notice_goes_each_way_once": [lambda: make.twin(dispatch(), token="5ba5e9ba-0000-4000-8000-000000000002")],
    "notices_dispatch_token_key": [lambda: make.twin(dispatch(), channel="webhook")],
    "channel_is_known": [lambda: dispatch(channel="pos")],
    "dispatch_stage_is_known": [lambda: dispatch(stage="lain")],
    "what_was_sent_has_its_moment": [lambda: dispatch(stage="sent"), lambda: dispatch(sent_at=NOW)],
    "what_was_not_sent_says_why": [lambda stage=stage: dispatch(stage=stage) for stage in ("failed", "unknown")],
    "one_switch_for_a_person_and_a_kind": [
        lambda: make.twin(Switch.objects.create(person=utama(), kind="arrived", how="none"))
    ],
    "switch_is_known": [
        lambda: Switch.objects.create(person=utama(), kind="digest", how="none"),
        lambda: Switch.objects.create(person=utama(), kind="arrived", how="lain"),
    ],
    "notices_refusedaddress_person_id_key": [lambda: make.twin(refused_address())],
    "refused_address_says_why": [lambda: refused_address(because="")],
    "one_calendar_address_a_person": [lambda: make.twin(calendar_key(), digest="1" * 64)],
    "notices_calendarkey_digest_key": [lambda: make.twin(calendar_key(), person=make.demo("bidang"))],
    "calendar_key_is_a_hash": [lambda: calendar_key(digest="rahasia")],
    "calendar_key_ends_after_it_was_made": [lambda: calendar_key(revoked_at=NOW - DAY)],
    "worktime_holiday_date_key": [lambda: make.twin(Holiday.objects.first())],
    "special_hours_last_some_days": [lambda: put(fasting(), last=TODAY + 62 * DAY)],
    "special_hours_name_their_source": [lambda: put(fasting(), source="")],
    "special_hours_never_overlap": [lambda: make.twin(fasting(), first=TODAY + 9 * DAY, last=TODAY + 20 * DAY)],
    "special_weekday_once": [lambda: put(fasting().days.first(), weekday=1)],
    "special_weekday_is_a_working_one": [lambda: put(fasting().days.first(), weekday=5)],
    "special_day_ends_after_it_starts": [
        lambda: put(fasting().days.first(), ends=time(8)),
        lambda: put(fasting().days.first(), break_starts=time(12)),
        lambda: put(fasting().days.first(), break_ends=time(12)),
        lambda: put(fasting().days.first(), break_starts=time(12), break_ends=time(11)),
        lambda: put(fasting().days.first(), break_starts=time(8), break_ends=time(11)),
        lambda: put(fasting().days.first(), break_starts=time(12), break_ends=time(15)),
    ],
}


def _case_again(case: Case, **fields) -> Case:
    return make.twin(case, number="X-2026-0001", **fields)


def _diverted_twice(case: Case) -> None:
    for nth in (1, 2):
        other = open_publication(make.information(), actor=make.demo("bidang"))
        make.twin(other, number=f"X-2026-000{nth}", information=make.information(), diverted_from=case)


def _answered() -> Remark:
    asked = remark(kind="question", asked_role=Role.objects.first())
    return remark(kind="answer", question=asked, case=asked.case)


def _described(before: str, after: str) -> None:
    given = {"field": "title", "before": before, "after": after, "author": utama(), "author_name": "U", "at": NOW}
    apps.get_model("information", "DescriptionChange").objects.create(information=make.information(), **given)


def _two_of_one_nip(nip: str) -> None:
    for person in (make.person(), make.person()):
        put(person, nip=nip)


def _sheet_file() -> PublishedSopFile:
    return shelf_rows.sop(files=[shelf_rows.sop_file()]).files.get()


def _answer() -> FindingAnswer:
    document = Document.objects.create(
        information=make.information(),
        purpose="content",
        title="Data",
        filename="data.pdf",
        media_type="application/pdf",
        size=1,
        sha256=HEX,
        uploaded_by=utama(),
        uploaded_at=NOW,
    )
    reading = DocumentReading.objects.create(document=document, sha256=HEX, read_at=NOW)
    finding = Finding.objects.create(reading=reading, kind="nik", count=1, places=[])
    who = {"actor": utama(), "actor_name": "x", "acting_as": "x", "answered_at": NOW}
    return FindingAnswer.objects.create(finding=finding, sha256=HEX, reason="Contoh.", **who)


def _cleaning() -> DocumentCleaning:
    document = _answer().finding.reading.document
    return DocumentCleaning.objects.create(document=document, original_sha256="1" * 64, taken=["author"])


def _two_drafts() -> None:
    for nth in (8, 9):
        make.twin(version(), version=nth, state="draft")


WAYS = [pytest.param(name, way, id=f"{name}-{n}") for name, ways in BROKEN.items() for n, way in enumerate(ways)]


@pytest.mark.parametrize(("name", "breaks"), WAYS)
def test_each_constraint_refuses_by_itself(name, breaks):
    with pgtrigger.ignore(), pytest.raises(IntegrityError, match=f'constraint "{name}"'), make.savepoint():
        breaks()


def test_none_is_forgotten():
    """Whoever adds a constraint writes here how it is broken; that no count is negative Django holds by itself."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith(("ppid.", "sop."))]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE conrelid::regclass::text = ANY (%(tables)s) AND contype IN ('c', 'u', 'x')
              AND pg_get_constraintdef(oid) !~ '^CHECK \\(\\("?\\w+"? >= 0\\)\\)$'
            UNION SELECT indexrelid::regclass::text FROM pg_index
            WHERE indrelid::regclass::text = ANY (%(tables)s) AND indisunique AND indpred IS NOT NULL
            """,
            {"tables": tables},
        )
        assert {name for (name,) in cursor.fetchall()} == set(BROKEN)
