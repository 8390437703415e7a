"""A file's name, as it is kept and as its title, never holds anything to stumble over, however long it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.web.letters import FORBIDDEN
from ppid.web.safe_files import safe_filename, title_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Laporan TW III.PDF", "Laporan TW III.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\surat.docx", "surat.docx"),
        ('a"b\r\nSet-Cookie: x.pdf', "a-b-Set-Cookie- x.pdf"),
        ("....pdf", "berkas.pdf"),
        ("📄.pdf", "berkas.pdf"),
        ("a" * 300 + ".pdf", "a" * 150 + ".pdf"),
        ("a." + "x" * 253, "a." + "x" * 148),
        ("laporan\u202efdp.exe", "laporan-fdp.exe"),
        ("\u200flaporan\u2066.pdf", "laporan.pdf"),
        ("lap\0oran\n2026.pdf", "lap-oran-2026.pdf"),
        ("CON.pdf", "berkas-CON.pdf"),
        ("nul.tar.pdf", "berkas-nul.tar.pdf"),
        ("lpt1", "berkas-lpt1"),
        ("konsep.pdf", "konsep.pdf"),
        ("laporan.pdf.exe", "laporan.pdf.exe"),
    ],
)
def test_a_file_name_holds_nothing_to_stumble_over(given, kept):
    assert safe_filename(given) == kept


@pytest.mark.parametrize(
    ("name", "kept"), [("lembar.docx", "lembar.pdf"), ("…", "lembar.pdf"), ("SOP a.PDF", "SOP a.pdf")]
)
def test_a_name_can_be_given_its_ending(name, kept):
    assert safe_filename(name, ending=".pdf", otherwise="lembar") == kept


@given(st.text(max_size=400))
def test_whatever_a_file_is_called_its_name_and_title_fit(name):
    kept, title = safe_filename(name), title_of(name, most=250)
    assert 0 < len(kept) <= 161
    assert not set(kept) & set('/\\"\r\n\0:;<>|?*')
    assert kept.strip(" .") == kept
    assert 0 < len(title) <= 250
    assert not FORBIDDEN.search(title)
    assert title == title.strip()
