"""What the papers of an exclusion say: lembar uji, berita acara, and the surat penetapan with its six parts."""

from datetime import date

from django.utils.dateformat import format as formatted

from ppid.flows.exclusion import ExclusionCase
from ppid.flows.papers import people
from ppid.flows.papers.coordination import day, framed
from ppid.flows.papers.description import Paper, Part, Signature, Table
from ppid.information.classification import ConsequenceTest
from ppid.web.contact import contact
from ppid.web.dates import with_last_day

_LAWS = (
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Peraturan Pemerintah Nomor 61 Tahun 2010 tentang Pelaksanaan Undang-Undang Nomor 14 Tahun 2008",
    "Peraturan Komisi Informasi Nomor 1 Tahun 2021 tentang Standar Layanan Informasi Publik",
)


def test_sheet(case: ExclusionCase, on: date) -> Paper:
    """Lembar pengujian konsekuensi, as all participants sign it (Perki 1/2021 article 49)."""
    test, tested_on = _test_of(case)
    return framed(
        case,
        "test_sheet",
        "Lembar pengujian konsekuensi",
        [
            Part(facts=_facts(case, test, tested_on)),
            _signed("Tanda tangan peserta pengujian", case),
        ],
        unit=True,
        subject=case.information.title,
        signatures=(people.signature(case, people.HEAD, on=on, lead="Menyetujui, Pimpinan Badan Publik"),),
    )


def minutes(case: ExclusionCase, on: date) -> Paper:
    """Berita acara uji konsekuensi: who tested what, by the four steps of Perki 1/2021 article 49, and the outcome."""
    test, tested_on = _test_of(case)
    return framed(
        case,
        "minutes",
        "Berita acara uji konsekuensi",
        [
            Part(
                paragraphs=(
                    f"Pada hari {formatted(tested_on, 'l')} tanggal {day(tested_on)}, bertempat di "
                    f"{test.place}, telah dilaksanakan pengujian konsekuensi atas informasi yang dikuasai "
                    f"{test.unit_name or case.unit.name}, menurut Pasal 49 Peraturan Komisi Informasi Nomor 1 Tahun "
                    "2021.",
                ),
            ),
            Part(
                "1. Dokumen yang diidentifikasi",
                facts=(("Informasi", case.information.title), ("Dokumen", _titles(case))),
            ),
            Part("2. Informasi yang dicatat", paragraphs=(test.subject,)),
            Part("3. Undang-undang yang dianalisis", paragraphs=(_basis(test),)),
            Part(
                "4. Kepatutan dan kepentingan publik yang dipertimbangkan",
                facts=(
                    ("Konsekuensi bila dibuka", test.consequence_if_open),
                    ("Konsekuensi atau manfaat bila ditutup", test.consequence_if_closed),
                    ("Kepentingan publik", test.public_interest),
                ),
            ),
            Part("5. Kesimpulan", facts=_conclusion(test)),
            _signed("Peserta pengujian", case),
        ],
        unit=True,
        subject=case.information.title,
    )


def decree(case: ExclusionCase, on: date) -> Paper:
    """Surat penetapan klasifikasi with the six things that PP 61/2010 article 3 asks for, (a) to (f)."""
    (test, tested_on), recorded = _test_of(case), case.decree
    place = recorded.place if recorded else contact().city
    decided_by = recorded.decided_by if recorded else ""
    signs = (
        people.signature_of(decided_by, case, people.UTAMA, on=on)
        if decided_by
        else people.signature(case, people.UTAMA, on=on)
    )
    named = decided_by or (f"{signs.name}, {signs.position}" if signs.name else "…")
    when = day(recorded.date) if recorded else "……………………"
    unit = recorded.unit_name if recorded and recorded.unit_name else case.unit.name
    return framed(
        case,
        "decree",
        "Surat penetapan klasifikasi informasi",
        [
            Part(
                "Menimbang",
                paragraphs=(
                    f"bahwa pengujian konsekuensi di {test.place} pada {day(tested_on)} telah selesai dan "
                    f"hasilnya diterima PPID; {_approval(case)}",
                ),
            ),
            Part("Mengingat", paragraphs=("\n".join(f"{n}. {law};" for n, law in enumerate(_LAWS, 1)),)),
            Part(
                "Menetapkan",
                facts=(
                    ("Informasi", test.public_description),
                    ("(a) Jenis klasifikasi", f"{test.get_conclusion_display()}; {_basis(test)}"),
                    ("(b) Identitas PPID yang menetapkan", named),
                    ("(c) Badan Publik dan unit kerja", f"{contact().government}, {unit}"),
                    ("(d) Jangka waktu pengecualian", with_last_day(test.term, test.ends_on)),
                    ("(e) Alasan pengecualian", recorded.reason if recorded else proposed_reason(test)),
                    ("(f) Tempat dan tanggal penetapan", f"{place}, {when}"),
                    *((("Bagian yang dihitamkan", test.redacted_parts),) if test.redacted_parts else ()),
                ),
            ),
        ],
        subject=f"tentang {test.public_description}",
        signatures=(Signature(signs.position, signs.name, signs.nip, "Ditetapkan oleh"),),
    )


def proposed_reason(test: ConsequenceTest) -> str:
    """Return the reason of an exclusion as its test gives it, to be shortened or kept."""
    return f"{test.consequence_if_open.rstrip('.')}. {test.public_interest.rstrip('.')}."


def _test_of(case: ExclusionCase) -> tuple[ConsequenceTest, date]:
    """Return the test and the day on which it was held; what was taken over has no such papers."""
    if case.test is None or case.test.tested_on is None:
        raise LookupError(f"{case.number} has no test that was held here.")
    return case.test, case.test.tested_on


def _approval(case: ExclusionCase) -> str:
    approval = case.head_approval
    if approval is None:
        return "persetujuan pimpinan badan publik masih ditunggu."
    return f"bahwa {approval.in_words} menyetujuinya pada {day(approval.approved_on)}."


def _basis(test: ConsequenceTest) -> str:
    return test.legal_basis if test.grounds else "Tidak ada dasar pengecualian: informasi terbuka"


def _titles(case: ExclusionCase) -> str:
    return "\n".join(document.title for document in case.content) or "–"


def _conclusion(test: ConsequenceTest) -> tuple[tuple[str, str], ...]:
    parts = (("Bagian yang dihitamkan", test.redacted_parts),) if test.redacted_parts else ()
    return (
        ("Kesimpulan", test.get_conclusion_display()),
        *parts,
        ("Jangka waktu", with_last_day(test.term, test.ends_on)),
    )


def _facts(case: ExclusionCase, test: ConsequenceTest, tested_on: date) -> tuple[tuple[str, str], ...]:
    return (
        ("Informasi atau dokumen yang diuji", test.subject),
        ("Uraian untuk daftar (DIK)", test.public_description),
        ("Unit yang menguasai", test.unit_name or case.unit.name),
        ("Dasar hukum", _basis(test)),
        ("Konsekuensi bila dibuka", test.consequence_if_open),
        ("Konsekuensi atau manfaat bila ditutup", test.consequence_if_closed),
        ("Pertimbangan kepentingan publik", test.public_interest),
        *_conclusion(test),
        ("Tempat dan tanggal", f"{test.place}, {day(tested_on)}"),
    )


def _signed(heading: str, case: ExclusionCase) -> Part:
    """Return the participants, each with how they sign: in person on paper, or by their account of the portal."""
    taking_part = case.taking_part
    rows = tuple(
        (str(n), each.participant.name, each.participant.position, each.how) for n, each in enumerate(taking_part, 1)
    )
    by_account = any(each.participant.person_id for each in taking_part)
    said = ("Konfirmasi dengan akun portal dicatat oleh portal dan bukan tanda tangan elektronik.",)
    table = Table("Peserta", ("No.", "Nama", "Jabatan", "Tanda tangan"), rows, signs=True)
    return Part(heading, paragraphs=said if by_account else (), table=table)
