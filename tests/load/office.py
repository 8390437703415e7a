"""The city that a day of load comes upon: forty units, 300 officers, 10,000 items on the shelf, 420 running cases.

People and rows of the shelf are made at once; cases walk by the product's own acts to where somebody's task begins.
What everybody is to do is written down as a plan: it is all that the day (``tests.load.day``) knows of the city.
"""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.models import Case
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.units import add_unit
from ppid.shelf.actions import public_store
from ppid.shelf.models import PublishedItem, PublishedSop
from tests import make, make_pdf
from tests.bench import shelf

UNITS = 40
VISITORS, ITEMS = 10_000, 10_000
# Of 300 officers: who holds the one seat of each new unit, PPID Utama, and the others by what they do.
PEOPLE = {"bidang_layanan": 80, "operator": 90, "opd": 101}
# So many cases wait for each of them, at these steps of the sheet.
TASKS = {"bidang_layanan": ("coordinating", "releasing"), "operator": ("renewing",)}
PREPARED_BY_EACH, DECIDED_BY_UTAMA = 3, 80
RETURNED = "1. Lengkapi tabel per kelurahan.\n2. Sebutkan bulan laporannya."
FILES = 400
# Bytes of the files behind the items: most are a few pages, some are scans.
SIZES = ((60, 40_000), (25, 200_000), (12, 900_000), (3, 4_000_000))


def build(share: float, *, items: int = ITEMS, seed: int = 2026) -> dict:
    """Fill the demo's database with the city, of people and cases only ``share``; return the plan of the day."""
    rng = random.Random(seed)
    units = _units()
    officers = _officers(units, share)
    shelf.fill(items)
    _put_bytes_behind_the_files(rng)
    # What says something else is not found any more.
    shelf._write_texts(items)
    shelf._write_entries()
    tasks = {email: list(of_one) for email, of_one in _tasks(officers, share, rng)}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "of": [share, items],
        "made": timezone.now().isoformat(),
        "password": settings.DEMO_PASSWORD,
        "visitors": round(VISITORS * share),
        "officers": [
            {"email": user.email, "role": role, "unit": unit.pk, "tasks": tasks.get(user.email, [])}
            for role, user, unit in officers
        ],
        **_what_visitors_find(rng),
    }


def _units() -> list[Unit]:
    """Let the city have forty open units; return the new ones."""
    names = iter(shelf._words()["units"])
    missing = UNITS - Unit.objects.filter(successor=None).count()
    admin = make.demo("admin")
    new = []
    while len(new) < missing:
        name = next(names)
        if Unit.objects.filter(short_name__iexact=name).exists():
            continue
        n = len(new) + 1
        new.append(add_unit(code=f"kota-{n:02}", name=f"Dinas {name} Kota Contoh", short_name=name, actor=admin))
    return new


def _officers(units: list[Unit], share: float) -> list[tuple[str, User, Unit]]:
    """Make the officers with their appointments and passwords; return role, person and unit of each."""
    wanted = [("ppid_pelaksana", unit) for unit in units[: max(1, round(len(units) * share))]]
    wanted += [
        (role, units[n % len(units)] if role == "opd" else Unit.objects.get(code="diskominfo"))
        for role, number in PEOPLE.items()
        for n in range(max(1, round(number * share)))
    ]
    password = make_password(settings.DEMO_PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"petugas{n:03}@kota.example", name=f"Petugas {n:03}, S.Sos.", password=password)
        for n in range(1, len(wanted) + 1)
    )
    roles, began = {each.code: each for each in Role.objects.all()}, timezone.localdate() - timedelta(days=365)
    Appointment.objects.bulk_create(
        Appointment(user=user, role=roles[role], unit=unit, order_number="800/1/2026", starts_on=began)
        for user, (role, unit) in zip(people, wanted, strict=True)
    )
    chief = make.demo("utama")
    held = [(role, user, unit) for user, (role, unit) in zip(people, wanted, strict=True)]
    return [*held, ("ppid_utama", chief, Unit.objects.get(code="diskominfo"))]


def _tasks(officers: list[tuple[str, User, Unit]], share: float, rng: random.Random) -> Iterator[tuple[str, list]]:
    """Let a case of their own wait for everybody who takes steps; yield their address with its number and state."""
    preparers = {unit.pk: user for role, user, unit in officers if role == "ppid_pelaksana"}
    units = list(Unit.objects.filter(pk__in=preparers))
    numbers = iter(range(1, 100_000))

    def case(state: str, unit: Unit, **how) -> dict:
        return _case(next(numbers), state, unit, preparers[unit.pk], rng, **how)

    for role, user, unit in officers:
        if role == "ppid_pelaksana":
            yield user.email, [case("preparing", unit, was_returned=n == 0) for n in range(PREPARED_BY_EACH)]
        elif role == "ppid_utama":
            number = max(4, round(DECIDED_BY_UTAMA * share))
            yield user.email, [case("clarifying", rng.choice(units)) for _ in range(number)]
        else:
            yield user.email, [case(state, rng.choice(units)) for state in TASKS.get(role, ())]


def _case(n: int, state: str, unit: Unit, preparer: User, rng: random.Random, *, was_returned: bool = False) -> dict:
    """Walk a publication to ``state``, by the people of the demo and whoever prepares for the unit."""
    words = rng.sample(shelf.TOPICS, 3)
    title = f"{rng.choice(shelf.KINDS).title()} {' '.join(words)} {n:04}"
    item = make.information(unit=unit.code, title=title, summary=f"Data {words[0]} dan {words[1]} menurut kelurahan.")
    hands = {**make.PUBLICATION, "prepare": preparer}
    walked = make.walk(open_publication(item, actor=make.demo("bidang")), to=state, hands=hands)
    if was_returned:
        walked = make.walk(walked, to="clarifying", hands=hands)
        take_step(walked, "return_for_repair", actor=make.demo("utama"), note=RETURNED)
    return {"case": Case.objects.get(pk=walked.pk).number, "state": state, "title": title}


def _put_bytes_behind_the_files(rng: random.Random) -> None:
    """Let every public file be one that can be downloaded: a few hundred of them, shared by all items."""
    stored = []
    for n in range(FILES):
        size = rng.choices([size for _, size in SIZES], [weight for weight, _ in SIZES])[0]
        content = make_pdf.pages(f"Laporan {n}", mark=str(n))
        content += b"%" + rng.randbytes(round(size * rng.uniform(0.5, 1.5)) // 2).hex().encode() + b"\n"
        stored.append(public_store().put([content]))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE shelf_publishedfile SET sha256 = (%(names)s::text[])[1 + id %% %(number)s],
                   size = (%(sizes)s::int[])[1 + id %% %(number)s]
            WHERE item_id IN (SELECT id FROM shelf_publisheditem WHERE number LIKE '____-_______')
            """,
            {
                "names": [each.sha256 for each in stored],
                "sizes": [each.size for each in stored],
                "number": len(stored),
            },
        )


def _what_visitors_find(rng: random.Random) -> dict:
    """Return addresses and words of what stands on the shelf: the newest items the most often, as people read."""
    items = list(PublishedItem.objects.prefetch_related("files").order_by("-published_at", "-pk"))
    titles = [item.title for item in items]
    questions = [" ".join(rng.sample(rng.choice(titles).split(), 2)) for _ in range(600)]
    questions += [rng.choice(shelf.TOPICS) for _ in range(200)] + ["zzzqq tak ada"] * 10
    return {
        "items": [{"path": item.get_absolute_url(), "title": item.title} for item in items],
        "files": {item.get_absolute_url(): [f.get_absolute_url() for f in item.files.all()] for item in items},
        "questions": questions,
        "units": [unit.code for unit in Unit.objects.filter(successor=None)],
        "sops": [sop.get_absolute_url() for sop in PublishedSop.objects.filter(flow__gt="", status="in_force")],
    }
