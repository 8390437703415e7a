"""Files that come with a list find their rows by name alone, and become their documents when the rows are done."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from ppid.information.documents import private_store
from ppid.information.models import Document
from ppid.shelf.models import PublishedFile, PublishedItem
from ppid.takeover import deciding, preparing, working
from ppid.takeover.files import add_files, let_go
from ppid.takeover.matching import matched, matches_of
from ppid.takeover.models import State, TakeoverFile
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.store import takeover_store
from ppid.web.refusals import ChangedMeanwhile, Forbidden
from tests import make
from tests.takeover import office
from tests.takeover.tables import HEAD

NAMED = [*HEAD, "Nama berkas"]


def zipped(*files: tuple[str, bytes], name: str = "berkas.zip") -> SimpleUploadedFile:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(path, content)
    return SimpleUploadedFile(name, data.getvalue())


def bytes_of_pdf() -> bytes:
    return make.pdf().read()


def read(*more: list[str], by: str = "bidang", way: str = "moved"):
    draft = preparing.upload(office.table(*more, head=NAMED), actor=make.demo(by))
    return preparing.dry_run(draft, actor=make.demo(by), place=0, way=way)


def rows(*named: str) -> list[list[str]]:
    return [[*row, name] for row, name in zip(office.rows(len(named)), named, strict=True)]


def add(takeover, *uploads, by: str = "bidang"):
    return add_files(takeover, uploads, actor=make.demo(by))


def files_of(takeover) -> dict[int, str]:
    return {row.number: row.file.filename if row.file else "" for row in takeover.rows.select_related("file")}


def of(*named: str, title: str = "Laporan {}") -> list:
    return [(n, {"number": str(n), "title": title.format(n), "file": name}) for n, name in enumerate(named, 1)]


def fit(files: list[str], rows) -> dict[int, str]:
    found = matched(enumerate(files), rows)
    return {number: files[pk] for number, pk in found.of_row.items()}


class TestNames:
    @pytest.mark.parametrize(
        ("file", "said"),
        [
            ("Neraca 2025.pdf", "Neraca 2025.pdf"),
            ("neraca 2025.PDF", "Neraca 2025.pdf"),
            ("neraca_2025.pdf", "Neraca 2025"),
            ("Neraca 2025.pdf", "lampiran/Neraca 2025.pdf"),
            ("Neraca 2025.pdf", "D:\\DIP\\Neraca 2025.pdf"),
        ],
    )
    def test_a_row_that_names_a_file_has_that_one(self, file, said):
        assert fit([file, "2.pdf"], of("", said)) == {2: file}

    def test_a_row_that_names_a_file_that_is_not_there_has_no_other(self):
        assert fit(["1.pdf", "Laporan 1.pdf"], of("neraca.pdf")) == {}

    @pytest.mark.parametrize("file", ["1.pdf", "Laporan 1.pdf", "laporan-1.xlsx", "LAPORAN_1.pdf"])
    def test_another_row_has_the_file_that_is_called_as_its_number_or_title(self, file):
        assert fit([file], of("", "")) == {1: file}

    @pytest.mark.parametrize("file", ["Laporan.pdf", "11.pdf", "Laporan 1 final.pdf", "01.pdf"])
    def test_nothing_alike_is_taken_for_the_same(self, file):
        found = matched([(7, file)], of("", ""))
        assert found.of_row == {}
        assert found.why_not == {7: "Tidak ada baris dengan nama berkas, nomor, atau judul ini."}

    def test_a_long_title_is_compared_as_far_as_file_names_reach(self):
        title = "Laporan " + "pelaksanaan kegiatan " * 12
        assert fit([f"{title[:150].strip()}.pdf"], [(1, {"number": "", "title": title, "file": ""})]) != {}

    def test_two_files_for_one_row_are_told_and_none_is_taken(self):
        found = matched([(7, "1.pdf"), (8, "Laporan 1.pdf")], of(""))
        assert found.of_row == {}
        assert "«1.pdf», «Laporan 1.pdf»" in found.why_not[7]
        assert "Baris 1 cocok dengan beberapa berkas" in found.why_not[8]

    def test_one_file_for_two_rows_of_a_title_is_told_and_not_taken(self):
        found = matched([(7, "Laporan.pdf")], of("", "", title="Laporan"))
        assert found.of_row == {}
        assert "beberapa baris: 1, 2" in found.why_not[7]

    def test_two_rows_that_name_one_file_both_have_it(self):
        assert fit(["neraca.pdf"], of("neraca.pdf", "neraca.pdf")) == {1: "neraca.pdf", 2: "neraca.pdf"}

    def test_a_file_that_a_row_names_is_no_other_row_s(self):
        assert fit(["2.pdf"], of("2.pdf", "")) == {1: "2.pdf"}

    @given(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), max_size=6),
        st.lists(st.sampled_from(["", "a.pdf", "1", "b", "x/y", "\\", "…"]), max_size=6),
    )
    def test_every_file_has_a_row_or_a_sentence_and_never_both(self, files, named):
        found = matched(enumerate(files), of(*named))
        placed = set(found.of_row.values())
        assert placed | set(found.why_not) == set(range(len(files)))
        assert not placed & set(found.why_not)


@pytest.mark.django_db
class TestSending:
    def test_several_files_and_those_of_a_zip_find_their_rows(self):
        takeover = read(*rows("", "neraca.pdf", "", "hilang.pdf"))
        archive = zipped(("2024/Neraca.pdf", bytes_of_pdf()), ("2024/Laporan nomor 3.pdf", bytes_of_pdf()))
        added = add(takeover, make.pdf("1.pdf"), archive)

        assert (added.files, added.rows, added.said) == (3, 3, ())
        assert list(files_of(takeover).values()) == ["1.pdf", "Neraca.pdf", "Laporan nomor 3.pdf", ""]
        assert takeover.rows.last().doubt_sentences == [
            "Baris 5: menyebut berkas «hilang.pdf», tetapi berkas itu belum dikirim; di portal tercatat hardcopy."
        ]

    def test_files_that_came_before_the_table_is_read_anew_find_their_rows_again(self):
        takeover = read(*rows("", ""))
        add(takeover, make.pdf("1.pdf"))
        preparing.dry_run(takeover, actor=make.demo("bidang"), place=0, way="moved")
        assert list(files_of(takeover).values()) == ["1.pdf", ""]

    def test_what_is_refused_gets_its_sentence_and_holds_the_others_up_no_more(self):
        takeover = read(*rows("", ""))
        said = add(
            takeover,
            make.pdf("1.pdf"),
            zipped(("2.pdf", b"MZ kein PDF"), ("__MACOSX/._2.pdf", b"x"), ("kosong.pdf", b"")),
            SimpleUploadedFile("lari.zip", zipped(("../2.pdf", bytes_of_pdf())).read()),
            SimpleUploadedFile("rusak.zip", b"PK\x03\x04 rusak"),
        ).said

        assert list(files_of(takeover).values()) == ["1.pdf", ""]
        assert [sentence.split(":")[0] for sentence in sorted(said)] == [
            "«2.pdf» tidak diambil", "«kosong.pdf» tidak diambil",
            "«lari.zip» tidak diambil", "«rusak.zip» tidak diambil",
        ]  # fmt: skip
        assert any("keluar dari foldernya sendiri" in sentence for sentence in said)
        assert any("Berkas ini kosong" in sentence for sentence in said)

    def test_a_bomb_is_not_unpacked(self):
        bomb = zipped(("1.pdf", b"\0" * 30_000_000))
        with pytest.raises(TakeoverRefused, match="membengkak"):
            add(read(*rows("")), bomb)
        assert not TakeoverFile.objects.filter(is_content=True).exists()

    def test_two_of_a_name_are_told_and_none_is_taken(self):
        takeover = read(*rows("", ""))
        added = add(takeover, zipped(("2024/1.pdf", bytes_of_pdf()), ("2025/1.PDF", bytes_of_pdf())), make.pdf("2.pdf"))
        assert list(files_of(takeover).values()) == ["", "2.pdf"]
        assert added.said == ("Nama «1.pdf» dipakai 2 berkas, jadi tidak satu pun diambil. Beri nama yang berbeda.",)

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_an_archive_with_one_path_twice_is_told(self):
        with pytest.raises(TakeoverRefused, match="nama yang sama"):
            add(read(*rows("")), zipped(("1.pdf", bytes_of_pdf()), ("1.pdf", bytes_of_pdf())))

    def test_an_archive_of_too_many_files_is_told_how_to_send_them(self):
        with pytest.raises(TakeoverRefused, match=r"memuat 2001 berkas.*Bagi menjadi beberapa ZIP"):
            add(read(*rows("")), zipped(*((f"{n}.csv", b"a") for n in range(2001))))

    def test_nothing_sent_is_told(self):
        with pytest.raises(TakeoverRefused, match="Pilih berkas"):
            add(read(*rows("")))

    def test_a_file_sent_again_takes_the_place_of_the_one_before(self):
        takeover = read(*rows(""))
        add(takeover, make.pdf("1.pdf"))
        before = takeover.rows.get().file
        added = add(takeover, make.pdf("1.PDF"))

        assert added.said == ("«1.pdf» menggantikan yang dikirim sebelumnya.",)
        assert takeover.rows.get().file not in (None, before)
        assert takeover.files.filter(is_content=True).count() == 1

    def test_a_file_is_let_go_and_the_row_doubts_again(self):
        takeover = read(*rows("neraca.pdf"))
        add(takeover, make.pdf("neraca.pdf"))
        row = takeover.rows.get()
        assert row.doubt_kinds == []

        let_go(takeover, row, actor=make.demo("bidang"))
        assert (takeover.rows.get().file, takeover.rows.get().doubt_kinds) == (None, ["file"])
        with pytest.raises(ChangedMeanwhile, match="tidak mempunyai berkas lagi"):
            let_go(takeover, row, actor=make.demo("bidang"))

    def test_files_are_sent_for_a_draft_by_those_who_prepare_it(self):
        takeover = read(*rows(""))
        with pytest.raises(Forbidden):
            add(takeover, make.pdf("1.pdf"), by="dinsos")
        with pytest.raises(ChangedMeanwhile, match="menunggu persetujuan"):
            add(office.proposed(), make.pdf("1.pdf"))

    def test_who_sent_a_file_does_not_approve(self):
        takeover = read(*rows(""))
        add(takeover, make.pdf("1.pdf"), by="utama")
        deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
        with pytest.raises(Forbidden, match="mengirim berkas untuk daftar ini"):
            deciding.approve(takeover, actor=make.demo("utama"))

    def test_the_database_keeps_files_with_their_rows(self):
        one, other = read(*rows("")), read(*rows(""))
        add(one, make.pdf("1.pdf"))
        file = one.rows.get().file
        with pytest.raises(DatabaseError, match="was sent for its list"), make.savepoint():
            other.rows.update(file=file)
        with pytest.raises(DatabaseError, match="leaves its list while that is a draft"), make.savepoint():
            TakeoverFile.objects.filter(pk=file.pk).update(takeover=None)
        one.rows.update(file=None)
        deciding.propose(one, actor=make.demo("bidang"), **office.decree())
        with pytest.raises(DatabaseError, match="leaves its list while that is a draft"), make.savepoint():
            TakeoverFile.objects.filter(pk=file.pk).update(takeover=None)


def with_files(way: str = "moved", by: str = "bidang"):
    takeover = read(*rows("", "neraca.pdf", ""), way=way, by=by)
    add(takeover, make.pdf("1.pdf"), make.pdf("neraca.pdf"), by=by)
    return takeover


def moved():
    takeover = with_files()
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    return deciding.approve(takeover, actor=make.demo("utama"))


@pytest.mark.django_db
class TestDone:
    def test_what_is_moved_stands_on_the_shelf_with_its_files(self):
        takeover = office.carried_out(moved())

        items = PublishedItem.objects.filter(title__startswith="Laporan nomor").order_by("number")
        assert [item.form_text for item in items] == ["Softcopy dan Hardcopy", "Softcopy dan Hardcopy", "Hardcopy"]
        file = takeover.rows.first().file
        assert PublishedFile.objects.filter(sha256=file.sha256).exists()
        document = Document.objects.get(information=takeover.rows.first().information)
        assert (document.purpose, document.title, document.filename) == ("content", "Laporan nomor 1", "1.pdf")
        assert document.uploaded_by == make.demo("bidang")

    def test_as_cases_the_file_waits_with_its_case(self):
        takeover = with_files(way="cases", by="dinsos")
        deciding.begin(takeover, actor=make.demo("dinsos"))
        office.carried_out(takeover)
        assert [row.case.content[0].filename if row.case.content else "" for row in takeover.rows.all()] == [
            "1.pdf", "neraca.pdf", "",
        ]  # fmt: skip

    def test_broken_off_it_goes_on_and_no_document_comes_twice(self):
        takeover = moved()
        working.carry_on(takeover.pk, most=1)
        office.carried_out(takeover)
        assert sorted(Document.objects.filter(uploaded_by=make.demo("bidang")).values_list("filename", flat=True)) == [
            "1.pdf", "neraca.pdf",
        ]  # fmt: skip

    def test_a_row_that_can_t_be_done_leaves_nothing_of_its_file(self):
        takeover = moved()
        row = takeover.rows.first()
        takeover_store().remove(row.file.sha256)
        office.carried_out(takeover)
        row.refresh_from_db()

        assert "tidak terbaca lagi" in row.failed
        assert takeover.rows.tally()["done"] == 2
        assert row.file.sha256 not in set(private_store().names())
        assert takeover.state == State.DONE
        assert takeover.edition is None

    def test_files_without_a_row_are_told_apart(self):
        takeover = with_files()
        add(takeover, make.pdf("lain.pdf"))
        assert list(matches_of(takeover).why_not.values()) == [
            "Tidak ada baris dengan nama berkas, nomor, atau judul ini."
        ]
