"""Builders. A case that stands at some state walked there, step by step, by the people of the sheet."""

import itertools
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from ppid.chain.forms import write_forms
from ppid.flows.actions import open_exclusion, open_publication, register_information, take_step
from ppid.flows.amendments import decide, propose
from ppid.flows.approve_as_head import approve, keep_approval_scan
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence
from ppid.flows.head_approval import HeadApproval
from ppid.flows.models import Case
from ppid.flows.permissions import holders
from ppid.information.classification import ClassificationDecree, ConsequenceTest, Participant
from ppid.information.documents import private_store
from ppid.information.examining import keep_reading
from ppid.information.models import Document, Information
from ppid.organisation import actions as people
from ppid.organisation import appointing
from ppid.organisation.appointing import definitive_beside
from ppid.organisation.models import Appointment, PersonChange, Role, Unit, User
from ppid.organisation.people_ledger import as_it_stands
from ppid.web.reading import PersonalData
from sop.models import Binding, Sop, SopVersion, fixed_activities
from sop.versions import actions as library
from tests import make_pdf

_count = itertools.count(1)
NOTHING_FOUND = PersonalData([], 1, False)

# Who takes each step in the demo's cast, by the part of their address before the @.
PUBLICATION = {
    "update_content": "bidang",
    "coordinate": "bidang",
    "prepare": "dinsos",
    "clarify": "utama",
    "release": "bidang",
    "renew": "operator",
    "publish": "operator",
}
EXCLUSION = {
    "collect": "bidang",
    "screen": "utama",
    "test_consequences": "opd",
    "accept": "utama",
    "adopt": "bidang",
}


def office() -> None:
    """Set up the office once for all tests: units, roles, holidays, the demo's people, both SOPs in force."""
    call_command("loaddata", "units", "roles", "holidays", "demo_people", "legal_bases", "sop", verbosity=0)
    stand_ins()
    began = timezone.now() - timedelta(days=300)  # before every case that a test opens
    for version in SopVersion.objects.all():
        library.submit(version, actor=demo("pengelola"), at=began)
        library.approve(version, actor=demo("utama"), at=began, why="Lembar sumber, kata demi kata.")


def stand_ins() -> None:
    """Let a Plt prepare for Dinas Sosial, and a Plh stand in for PPID Utama, who serves too."""
    today, reason = timezone.localdate(), "Seleksi terbuka belum selesai."
    plt = {"starts_on": today - timedelta(days=148), "ends_on": today + timedelta(days=216)}
    appoint(demo("dinsos"), "ppid_pelaksana", kind="plt", reason=reason, **plt)
    plh = {"starts_on": today - timedelta(days=56), "ends_on": today + timedelta(days=125)}
    appoint(demo("wakil"), "ppid_utama", unit="diskominfo", kind="plh", reason=reason, **plh)


def no_office() -> None:
    """Empty all that the office had, in the transaction of the test or in a database of its own: the first day."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith(("ppid.", "sop."))]
    with connection.cursor() as cursor:
        # What is kept is never emptied, so this is the one place that takes the triggers aside.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
    write_forms()
    fixed_activities.cache_clear()


@transaction.atomic
def bind(sop: Sop, flow: str = "", *, is_master: bool = False) -> Sop:
    """Bind an SOP to a flow, or with none release it, with its row of the ledger."""
    Binding.objects.create(sop=sop, flow=flow, is_master=is_master, at=timezone.now())
    Sop.objects.filter(pk=sop.pk).update(flow=flow, is_master=is_master)
    return Sop.objects.get(pk=sop.pk)


def demo(key: str) -> User:
    """Return a person of the demo by the part of the address before the @, as fixtures/demo_people.json has them."""
    return User.objects.get(email=f"{key}@demo.example")


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def first_password(user: User, password: str = "", *, at: datetime | None = None) -> User:
    """Let the person have a first password that somebody else has seen, since ``at``."""
    stands, now = as_it_stands(user), at or timezone.now()
    PersonChange.objects.create(person=user, kind="password", before=stands, after=stands, at=now)
    user.set_password(password)
    user.must_change_password, user.first_password_at = True, now
    user.save(update_fields=["password", "must_change_password", "first_password_at"])
    return user


def person(*roles: str, unit: str = "dinsos", kind: str = "", name: str = "", **when) -> User:
    """Make a person who holds ``roles`` at ``unit``; ``starts_on`` and ``ends_on`` default to last year and open.

    Whoever comes to a seat that is taken stands in there, as a Plh.
    """
    n = next(_count)
    user = User.objects.create_user(f"orang{n}@example.test", name=name or f"Orang {n}, S.Sos.")
    for role in roles:
        appoint(user, role, unit=unit, kind=kind, **when)
    return user


def appoint(user: User, role: str, *, unit: str = "dinsos", kind: str = "", **when) -> Appointment:
    day = timezone.localdate()
    new = Appointment(
        user=user,
        role=Role.objects.get(code=role),
        unit=Unit.objects.get(code=unit),
        kind=kind or "definitive",
        order_number="800/1/2026",
        **{"starts_on": day - timedelta(days=365), "ends_on": None, **when},
    )
    if not kind and definitive_beside(new):
        new.kind, new.ends_on = "plh", new.ends_on or day + timedelta(days=7000)
    if new.kind != "definitive":
        new.ends_on = new.ends_on or day + timedelta(days=30)
        new.reason = new.reason or "Menggantikan sementara."
    new.save(force_insert=True)
    return new


def maker_and_puppet(
    role: str = "ppid_pelaksana", *, unit: str = "dinkes", by: User | None = None, same_day: bool = True
) -> tuple[User, User]:
    """Let PPID Utama add a person with a password of their own, and appoint them on the same day or the next."""
    maker = by or demo("utama")
    person, _ = people.add_person(name="Boneka", email=f"boneka{next(_count)}@example.test", actor=maker)
    person.set_password("jembatan-kapuas-dua")
    people.keep_own_password(person)
    held = {"role": Role.objects.get(code=role), "unit": Unit.objects.get(code=unit)}
    new = Appointment(user=person, **held, starts_on=timezone.localdate(), order_number="800/1/2026")
    appointing.appoint(new, actor=maker, at=None if same_day else timezone.now() + timedelta(days=1))
    return maker, person


@transaction.atomic
def change(user: User, **fields) -> User:
    """Change what a person is called, or whether they may sign in, with its row of the ledger."""
    standing = User.objects.get(pk=user.pk)
    before = as_it_stands(standing)
    for name, value in fields.items():
        setattr(standing, name, value)
    now = timezone.now()
    PersonChange.objects.create(person=user, kind="edited", before=before, after=as_it_stands(standing), at=now)
    standing.save(update_fields=list(fields))
    return standing


def pdf(name: str = "laporan.pdf", text: str = "") -> SimpleUploadedFile:
    """Make a PDF to upload; each has bytes of its own. ``text`` is what its page says."""
    content = make_pdf.pages(text or "Laporan", mark=str(next(_count)))
    return SimpleUploadedFile(name, content, "application/pdf")


def information(*, unit: str = "dinsos", actor: User | None = None, **fields) -> Information:
    """Make an item with all DIP fields."""
    filled = {
        "title": "Laporan realisasi bantuan sosial triwulan III 2026",
        "summary": "Jumlah penerima dan realisasi anggaran bantuan sosial per kelurahan.",
        "responsible": "Sekretaris Dinas Sosial",
        "made_place": "Pontianak",
        "made_when": "5 November 2026",
        "retention": "5 tahun",
        **fields,
    }
    return register_information(unit=Unit.objects.get(code=unit), actor=actor or demo("bidang"), **filled)


def publication(*, at: str = "updating", unit: str = "dinsos", hands: dict | None = None, **fields) -> Case:
    """Make a publication that stands at the state ``at``."""
    item = fields.pop("information", None) or information(unit=unit, **fields)
    case = open_publication(item, actor=demo("bidang"))
    return walk(case, to=at, hands={**PUBLICATION, "prepare": _pelaksana(unit), **(hands or {})})


def exclusion(*, at: str = "collecting", unit: str = "disdukcapil", hands: dict | None = None, **fields) -> Case:
    """Make an exclusion that stands at the state ``at``."""
    item = fields.pop("information", None) or information(unit=unit, **fields)
    case = open_exclusion(item, actor=demo("bidang"))
    return walk(case, to=at, hands={**EXCLUSION, **(hands or {})})


def lifted(case: Case) -> Case:
    """Open an adopted exclusion again, today, by a ruling."""
    waiting = propose(
        case,
        "lift_exclusion",
        actor=demo("bidang"),
        after={"state": "dibuka kembali"},
        reason="Putusan.",
        ground="ruling_ki",
        letter_number="12/PTS-A/KI/2026",
        letter_date=timezone.localdate(),
        document=pdf("putusan.pdf"),
    )
    decide(waiting, approve=True, actor=demo("utama"))
    return again(case)


def adopted(*, days_ago: int = 0, of: Information | None = None, unit: str = "disdukcapil", **words) -> Case:
    """Make an exclusion that was tested, decreed and adopted so many days ago, with this lembar uji."""
    at = timezone.now() - timedelta(days=days_ago)
    item, day = of or information(unit=unit), timezone.localdate(at)
    case = open_exclusion(item, actor=demo("bidang"), at=at)
    for key, who in EXCLUSION.items():
        actor, case = demo(who), again(case)
        if key == "test_consequences":
            fill_test(case, test(**{"tested_on": day, **words}), [participant()], actor=actor, at=at)
        if key == "adopt":
            approve(case, actor=demo("atasan"), at=at)
            record_decree(case, decree(date=day, approved_on=day), actor=actor, at=at)
        take_step(case, key, actor=actor, evidence=evidence(case, actor), at=at)
    return again(case)


def walk(case: Case, *, to: str, hands: dict | None = None) -> Case:
    """Take the steps of the sheet until the case stands at ``to``."""
    hands = hands or (PUBLICATION if case.flow == "publication" else EXCLUSION)
    while case.state != to:
        key = next(
            key for key, move in case.moves_by_key().items() if move.kind == "step" and case.state in move.sources
        )
        case = step(case, key, actor=hands[key])
    return case


def step(case: Case, key: str, *, actor: User | str, **inputs) -> Case:
    """Take one step with everything that it needs, and return the case as it then stands."""
    actor = demo(actor) if isinstance(actor, str) else actor
    supply(case, key, actor)
    if key == "clarify":
        inputs.setdefault("category", "periodic")
    take_step(case, key, actor=actor, evidence=evidence(case, actor), **inputs)
    case = again(case)
    if key == "accept" and case.state == "adopting":
        heads_word(case)
    return case


def supply(case: Case, key: str, actor: User) -> None:
    """Put in place what the step asks for besides its evidence."""
    if (
        key == "prepare"
        and case.information.has_softcopy
        and not case.information.documents.current().content().exists()
    ):
        document = add_document(case, pdf(), title="Laporan", actor=actor)
        keep_reading(document, NOTHING_FOUND, at=timezone.now())  # of a page that says «Laporan»: no child is asked
    if key == "test_consequences" and not ConsequenceTest.objects.filter(exclusion=case.exclusion).exists():
        fill_test(case, test(), [participant()], actor=actor)
    if key == "adopt" and not ClassificationDecree.objects.filter(exclusion=case.exclusion).exists():
        record_decree(case, decree(), actor=actor)


def evidence(case: Case, actor: User) -> dict[str, Document]:
    """Return a file of its own for each part of the present row that the portal does not record by itself."""
    case = again(case)
    asked = [part for part, proof in case.proofs.items() if not proof.is_recorded]
    return {part: add_evidence(case, pdf("bukti.pdf"), actor=actor) for part in asked}


def heads_word(case: Case, **fields) -> HeadApproval:
    """Give the head's approval, from the day of the test on: at the desk today, by a scan on an earlier day."""
    day, bidang = fields.pop("approved_on", case.exclusion.test.tested_on), demo("bidang")
    if day == timezone.localdate() and not fields:
        return approve(case, actor=demo("atasan"))
    held = Appointment.objects.get(user=demo("atasan"))
    return keep_approval_scan(case, pdf("persetujuan.pdf"), approved_on=day, appointment=held, actor=bidang, **fields)


def kept(document: Document) -> bytes:
    """Return the bytes of a document as they lie in the private store."""
    with private_store().open(document.sha256) as file:
        return file.read()


def evidence_file(case: Case) -> Document:
    """Keep a file of its own that proves something at the step being awaited, by whoever may take it."""
    holder = holders(case, on=timezone.localdate())[0].user
    return add_evidence(case, pdf("bukti.pdf"), actor=holder)


def again(case: Case) -> Case:
    """Read the case again; ``refresh_from_db`` would lift the protection of its state."""
    return Case.objects.get(pk=case.pk)


def twin(row: Model, **changed) -> Model:
    """Write the row once more, with what ``changed`` says, past the domain: the database alone may refuse it."""
    written = [field for field in row._meta.concrete_fields if not field.generated and not field.primary_key]
    return type(row).objects.create(**{field.name: getattr(row, field.name) for field in written} | changed)


@contextmanager
def savepoint(*, undo: bool = False):
    """Hold what the database refuses in a transaction of its own, so that the test goes on; ``undo`` takes it back."""
    with transaction.atomic():
        yield
        if undo:
            transaction.set_rollback(True)


def at_the_end() -> None:
    """Let the database look now at what it would look at when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test(**fields) -> ConsequenceTest:
    return ConsequenceTest(
        **{
            "subject": "Data pribadi pemohon akta kelahiran",
            "public_description": "Data pribadi pemohon akta",
            "grounds": ["h"],
            "other_statute": "UU 27/2022 tentang Pelindungan Data Pribadi",
            "consequence_if_open": "Mengungkap rahasia pribadi pemohon.",
            "consequence_if_closed": "Melindungi hak pribadi pemohon.",
            "public_interest": "Kepentingan publik tidak lebih besar daripada perlindungan pribadi.",
            "conclusion": "whole",
            "term": "Selama pemohon hidup",
            "place": "Pontianak",
            "tested_on": timezone.localdate(),
            **fields,
        }
    )


def filled_in(case: Case, *people, actor="opd", **words) -> ConsequenceTest:
    """Fill the test in with these participants: persons, or names; as whoever has seen what stands there."""
    before = ConsequenceTest.objects.filter(exclusion=case.exclusion).first()
    rows = [
        Participant(name=one, position="Arsiparis") if isinstance(one, str) else Participant(person=one)
        for one in people
    ]
    words_of_it = test(**{"filled_at": before.filled_at if before else None, **words})
    fill_test(again(case), words_of_it, rows, actor=demo(actor) if isinstance(actor, str) else actor)
    return ConsequenceTest.objects.get(exclusion=case.exclusion)


def participant(**fields) -> Participant:
    return Participant(**{"name": "Fransiskus Andi, S.IP.", "position": "Kepala Seksi Identitas Penduduk", **fields})


def decree(**fields) -> ClassificationDecree:
    day = timezone.localdate()
    return ClassificationDecree(
        **{
            "number": f"{next(_count)}/PPID/2026",
            "place": "Pontianak",
            "date": day,
            "decided_by": "PPID Utama Kota Pontianak",
            "approved_by": "Sekretaris Daerah Kota Pontianak",
            "approved_on": day,
            "reason": "Melindungi rahasia pribadi.",
            **fields,
        }
    )


def _pelaksana(unit: str) -> User | str:
    return unit if unit in ("dinsos", "disdukcapil") else person("ppid_pelaksana", unit=unit)
