"""The press: what we use of WeasyPrint beside its documented parts is there, and every PDF comes through it."""

from importlib.resources import files

import pytest
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from sop.paper import press

TABLE = """<html lang="id"><title>Contoh</title><table><thead><tr><th scope="col">Nomor</th></tr></thead>
<tbody><tr><td>Satu</td></tr><tr><td>Dua</td></tr></tbody></table></html>"""


def test_this_weasyprint_has_all_of_its_inside_that_we_use():
    """A new version that lacks one of these is told here, by name, not by a broken sheet."""
    style = (files("weasyprint") / "css" / "html5_ua.css").read_text(encoding="utf-8")
    assert press._FOOTNOTES.search(style), "html5_ua.css: the footnotes' marks"
    assert "\n::marker {" in style, "html5_ua.css: the mark of a list's item"
    assert callable(HTML._ua_stylesheets), "HTML._ua_stylesheets"
    with press.at_work():
        document = press.laid_out(TABLE, "css/compare.css")
    assert isinstance(document, Document)
    (page,) = document.pages
    assert isinstance(page._page_box, boxes.PageBox), "Page._page_box"
    rows = list(press.rows_on(page))
    assert [row.element.tag for row in rows] == ["tr", "tr", "tr"], "TableRowBox.element"
    for row in rows:
        assert row.height > 0, "TableRowBox.height"
        assert row.position_y > 0, "TableRowBox.position_y"
        assert row.children[0].border_width() > 0, "TableCellBox.border_width()"
        assert row.children[0].position_x > 0, "TableCellBox.position_x"
    assert press.head_on(page).height == pytest.approx(rows[0].height), "TableRowGroupBox.is_header"


def test_a_page_gives_the_same_bytes_each_time():
    assert press.printed(TABLE, "css/compare.css") == press.printed(TABLE, "css/compare.css")
