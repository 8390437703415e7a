"""A reason is one text whose lines are points; numbered lines of the answer answer them."""

from hypothesis import given
from hypothesis import strategies as st

from ppid.flows.points import Point, answered, parts, points, with_parts

LINES = st.lists(st.text("abc xyz-1.;«»", min_size=1).filter(lambda line: line.strip()), min_size=1, max_size=5)


def test_each_line_is_a_point_whatever_marks_it():
    assert points("1. Ringkasan kurang.\n- Tabel terpotong.\n\n  • Judul keliru.\n") == [
        "Ringkasan kurang.",
        "Tabel terpotong.",
        "Judul keliru.",
    ]


def test_the_parts_that_are_to_be_mended_are_no_point():
    reason = with_parts("Tabel terpotong.", ["Dokumen «Laporan; final»", "Keterangan"])
    assert reason == "Tabel terpotong.\nYang diperbaiki: Dokumen «Laporan, final»; Keterangan."
    assert points(reason) == ["Tabel terpotong."]
    assert parts(reason) == ["Dokumen «Laporan, final»", "Keterangan"]


def test_parts_alone_are_no_reason():
    assert with_parts("  ", ["Keterangan"]) == ""


def test_numbered_lines_answer_the_points_of_their_numbers():
    asked = "Ringkasan kurang.\nTabel terpotong."
    assert answered(asked, "2. Sudah diganti.\n1. Sudah ditulis.\nTerima kasih.") == (
        [Point("Ringkasan kurang.", "Sudah ditulis."), Point("Tabel terpotong.", "Sudah diganti.")],
        "Terima kasih.",
    )


def test_as_many_lines_as_points_answer_them_in_their_order_and_others_stay_beside_them():
    asked = "Ringkasan kurang.\nTabel terpotong."
    assert answered(asked, "Ditulis.\nDiganti.")[0][1] == Point("Tabel terpotong.", "Diganti.")
    assert answered(asked, "Semua sudah.") == ([Point("Ringkasan kurang."), Point("Tabel terpotong.")], "Semua sudah.")


@given(lines=LINES, answer=st.text(max_size=60))
def test_no_point_is_ever_lost(lines, answer):
    found, _ = answered("\n".join(lines), answer)
    assert [point.asked for point in found] == points("\n".join(lines))
