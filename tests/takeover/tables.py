"""Builders of tables as offices have them: CSV as bytes, XLSX by openpyxl, ODS written by hand."""

import io
from xml.sax.saxutils import escape

from openpyxl import Workbook

from ppid.takeover.reading import read
from ppid.takeover.tables.table import Sheet
from tests.office_packages import open_document

HEAD = [
    "No",
    "Ringkasan Isi Informasi",
    "Pejabat/Unit/Satuan Kerja yang menguasai informasi",
    "Penanggung jawab pembuatan atau penerbitan informasi",
    "Waktu dan tempat pembuatan informasi",
    "Bentuk informasi yang tersedia",
    "Jangka waktu penyimpanan atau retensi arsip",
    "Jenis informasi",
]
ROW = [
    "1",
    "Laporan kinerja Dinas Sosial 2024",
    "Dinas Sosial",
    "Sekretaris",
    "2024, Pontianak",
    "Hardcopy",
    "5 tahun",
    "Berkala",
]

_ODS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}


def sheets(data: bytes, name: str) -> list[Sheet]:
    """Read the bytes as the portal does."""
    return read(io.BytesIO(data), name, len(data))


def csv(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(quoted).encode(encoding)


def xlsx(rows: list[list], *, merged: tuple[str, ...] = (), hidden: tuple[int, ...] = (), more=None) -> bytes:
    """Return a workbook; ``more`` are further worksheets by their name."""
    book = Workbook()
    book.active.title = "DIP"
    for title, content in {"DIP": rows, **(more or {})}.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for row in content:
            sheet.append(row)
    for area in merged:
        book["DIP"].merge_cells(area)
    for number in hidden:
        book["DIP"].row_dimensions[number].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows: list[str], name: str = "DIP") -> bytes:
    """Return a spreadsheet of rows as XML (``ods_row``)."""
    spaces = " ".join(f'xmlns:{short}="{long}"' for short, long in _ODS.items())
    table = f'<table:table table:name="{name}">{"".join(rows)}</table:table>'
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{table}</office:spreadsheet>"
    content += "</office:body></office:document-content>"
    return open_document("spreadsheet", **{"content.xml": content})


def ods_row(cells: list[str], **attributes: object) -> str:
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    inside = "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row{said}>{inside}</table:table-row>"
