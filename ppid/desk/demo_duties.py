"""The demo's answers to some duties: items that stand on the shelf anyway, statements of two units, work under way."""

from datetime import datetime, timedelta

from django.utils import timezone

from ppid.flows import answering, fulfilling
from ppid.information.models import Information
from ppid.obligations import duties, gaps, statements
from ppid.organisation.models import Unit, User
from ppid.shelf.models import PublishedItem, ShownDuty

# Words of a title, and the duty that an item so called fills.
_FILLED = (
    ("bantuan sosial", "bk-program-hak-masyarakat"),
    ("anggaran", "bk-keuangan-anggaran-lra"),
    ("kinerja", "bk-kinerja-ringkasan"),
    ("profil", "bk-profil-kedudukan"),
    ("peraturan", "bk-regulasi-ditetapkan"),
    ("standar", "bk-prosedur-permohonan"),
    ("statistik", "ss-organisasi-statistik"),
    ("perjanjian", "ss-perjanjian"),
)
_CONCERN = {"sm-penyakit-menular": ["dinkes"], "sm-gangguan-utilitas": ["pupr", "dishub"]}


def fill(now: datetime) -> None:
    """Let the demo's items fill the duties that they are about, and let units answer otherwise; some of it waits."""
    bidang, utama, dinsos = _person("bidang"), _person("utama"), _person("dinsos")
    today, at = timezone.localdate(now), now - timedelta(days=3)
    shown = {duty.code: duty for duty in ShownDuty.objects.all()}
    numbers = dict(PublishedItem.objects.values_list("number", "title"))
    for item in Information.objects.filter(number__in=numbers).select_related("unit"):
        for word, code in _FILLED:
            if word in item.title.casefold() and shown[code].concerns(item.unit.code):
                period = shown[code].calendar.expected(today)
                linked = fulfilling.fulfil(item, code, item.unit.code, period, actor=bidang, at=at)
                fulfilling.approve(linked, actor=utama, at=at + timedelta(hours=1))
    because = "Dinas Sosial tidak membuat perjanjian dengan pihak ketiga pada tahun ini."
    period = shown["ss-perjanjian"].calendar.expected(today)
    words = {"because": because, "until": today + timedelta(days=120), "actor": dinsos, "at": at}
    nil = statements.state("ss-perjanjian", "dinsos", period, "nil", **words)
    statements.approve(nil, actor=utama, at=at + timedelta(hours=2))
    because = "Statistik kependudukan dihimpun dan diumumkan oleh badan lain."
    words = {"because": because, "held_by": "Badan Pusat Statistik", "actor": dinsos, "at": now - timedelta(hours=5)}
    period = shown["ss-organisasi-statistik"].calendar.expected(today)
    statements.state("ss-organisasi-statistik", "dinsos", period, "not_required", **words)
    answering.start(
        "bk-profil-struktur",
        "dinsos",
        "",
        of=Unit.objects.get(code="dinsos"),
        title="Struktur organisasi Dinas Sosial",
        wanted_by=today + timedelta(days=21),
        actor=bidang,
        at=now - timedelta(hours=6),
    )
    for code, units in _CONCERN.items():  # the last one is left to be approved
        words = {**duties.first_words(code), "unit_codes": units}
        words.pop("code")
        text = duties.hand_in(code, seen=None, actor=bidang, at=now - timedelta(hours=4), **words)
        if code != list(_CONCERN)[-1]:
            duties.approve(text, actor=utama, at=now - timedelta(hours=3))
    gaps.count(on=today)


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
