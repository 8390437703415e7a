"""The demo's answers to some duties: items that stand on the shelf anyway, by the unit that has them."""

from datetime import date

from ppid.shelf.models import DutyWord, PublishedItem, ShownDuty
from ppid.shelf.obligation_actions import fill_with, say_of

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


def fill(today: date) -> None:
    """Let the demo's items fill the duties that they are about, and let two units answer otherwise."""
    duties = {duty.code: duty for duty in ShownDuty.objects.all()}
    for item in PublishedItem.objects.only("number", "title", "unit_code", "unit_name", "published_at"):
        cells = [
            (code, item.unit_code, duties[code].calendar.expected(today), ())
            for word, code in _FILLED
            if word in item.title.casefold()
        ]
        fill_with(item.number, cells)
    reason = "Dinas Sosial tidak membuat perjanjian dengan pihak ketiga pada tahun ini."
    say_of("ss-perjanjian", "dinsos", "", [DutyWord(kind="nil", since=today, reason=reason)])
    reason = "Statistik kependudukan dihimpun dan diumumkan oleh badan lain."
    word = DutyWord(kind="not_required", since=today, reason=reason, held_by="Badan Pusat Statistik")
    say_of("ss-organisasi-statistik", "dishub", "", [word])
    work = DutyWord(kind="worked_on", since=today)
    say_of("bk-profil-struktur", "dinsos", "", [work])
