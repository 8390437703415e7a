"""The drawn sheet: data that JSON carries, classes that the stylesheet knows, words for those who don't see it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from hypothesis import example, given, settings

from sop.drawing.drawn import draw
from sop.sheet import SheetRow
from tests.sop.random_sheets import procedures, sheet_of

STYLESHEET = (Path(django_settings.BASE_DIR) / "static" / "css" / "sheet.css").read_text(encoding="utf-8")
KNOWN = set(re.findall(r"\.(sheet-[\w-]+)", STYLESHEET))
# Hooks that need no rule of their own: a plain symbol is drawn by its shape.
PLAIN = {"sheet-start", "sheet-process", "sheet-end", "sheet-part-whole", "sheet-shape-process", "sheet-past-0"}


def page(sheet):
    return render_to_string("sop/sheet.html", {"sheet": draw(sheet)})


# A return that leaves its symbol sideways, climbs to the gap above its own row and goes there to a lane on the right.
EXITS = {8: (2, 3), 9: (1, 3), 11: (12, 6)}
BETWEEN = tuple(
    SheetRow(
        number=n,
        text=f"Aktivitas {n}",
        first=1 if n == 6 else 0,
        last={6: 1, 8: 2}.get(n, 0),
        kind="decision" if n in EXITS else "start",
        if_yes=EXITS.get(n, (None, None))[0],
        if_no=EXITS.get(n, (None, None))[1],
    )
    for n in range(1, 12)
)


@settings(max_examples=50, deadline=None)
@example((BETWEEN, 3))
@given(procedures())
def test_any_drawing_is_json_and_every_class_of_a_line_is_in_the_stylesheet(procedure):
    drawn = draw(sheet_of(*procedure))
    assert json.loads(json.dumps(drawn)) == drawn
    used = set()
    for row in drawn["rows"]:
        for cell in row["cells"]:
            used |= set(cell["classes"].split())
            for label in cell["labels"]:
                used |= set(label["classes"].split())
    assert used - PLAIN <= KNOWN


@settings(max_examples=40, deadline=None)
@given(procedures())
def test_every_exit_of_a_decision_has_one_label(procedure):
    rows, columns = procedure
    numbers = {row.number for row in rows}
    for row, drawn in zip(rows, draw(sheet_of(rows, columns))["rows"], strict=True):
        words = [label["text"] for cell in drawn["cells"] for label in cell["labels"]]
        answers = " ".join(words).replace("/", " ").split()
        expected = [
            word[:1] if columns >= 5 else word
            for word, target in (("Ya", row.if_yes), ("Tidak", row.if_no))
            if row.kind == "decision" and target in numbers
        ]
        assert sorted(word for word in answers if word.isalpha()) == sorted(expected)


@pytest.fixture
def three_steps():
    return sheet_of(
        [
            SheetRow(1, "Menerima berkas", 0, 0, "start", duration="1 hari"),
            SheetRow(2, "Memeriksa berkas", 1, 1, "decision", if_yes=3, if_no=1, return_is_addition=True),
            SheetRow(3, "Menyimpan berkas", 0, 1, "end"),
        ],
        2,
    )


def test_the_steps_in_words_say_where_a_decision_leads(three_steps):
    text = " ".join(re.sub(r"<[^>]+>", " ", page(three_steps)).split())
    assert "Pelaksana 1: Menerima berkas (1 hari)" in text
    assert "Jika ya, ke langkah 3." in text
    assert "Jika tidak, kembali ke langkah 1 (tambahan, tidak ada pada lembar asli)." in text
    assert "Pelaksana 1 dan Pelaksana 2: Menyimpan berkas Selesai." in text


def test_an_added_return_is_marked_and_a_printed_one_is_not(three_steps):
    assert draw(three_steps)["has_addition"]
    assert "Garis putus-putus" in page(three_steps)
    printed = [SheetRow(**{**row, "return_is_addition": False}) for row in three_steps.as_data()["rows"]]
    drawn = draw(sheet_of(printed, 2))
    assert not drawn["has_addition"]
    assert not any("dash" in cell["classes"] for row in drawn["rows"] for cell in row["cells"])


def test_a_joint_activity_is_one_box_over_its_columns(three_steps):
    last = draw(three_steps)["rows"][-1]["cells"]
    assert [cell["symbol"]["part"] for cell in last] == ["left", "right"]


def test_the_page_has_no_style_and_no_script_of_its_own(three_steps):
    html = page(three_steps)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html)


def test_every_header_cell_says_what_it_heads(three_steps):
    headers = re.findall(r"<th\b[^>]*>", page(three_steps))
    assert len(headers) > 10
    assert all(re.search(r'scope="(row|col|colgroup)"', header) for header in headers)


def test_a_list_of_one_is_a_paragraph_and_texts_are_escaped():
    sheet = sheet_of([SheetRow(1, "<b>Menulis</b> & membaca", 0, 0, "start")], 1)
    data = sheet.as_data()
    data["lists"] = {"legal_bases": ["satu", "dua"], "warnings": ["hanya satu"]}
    html = page(type(sheet).from_data(data))
    assert "<li>satu</li>" in html
    assert "<p>hanya satu</p>" in html
    assert "&lt;b&gt;Menulis&lt;/b&gt; &amp; membaca" in html
