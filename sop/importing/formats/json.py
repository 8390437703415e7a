"""Our own exports: JSON, and the sheet that a Word or Excel file of ours carries inside until somebody changes it."""

from ppid.web.archives import BROKEN
from sop.export import docx, xlsx
from sop.export import json as exported
from sop.importing.formats.door import Package
from sop.importing.imported import Imported, ImportRefused
from sop.importing.source import Cell, Line, Paragraph, Table, shown
from sop.sheet import Sheet

# Cheap to look for; whether the file really carries a sheet, and an unchanged one, the exporter says.
_MARK = b"urn:ppid:sop-sheet"


def read(data: bytes) -> Imported:
    """Read a JSON file of ours. Raises ImportRefused."""
    try:
        return _imported(exported.read(data))
    except exported.NotASheet as refusal:
        raise ImportRefused(f"{refusal} Kirimkan berkas JSON yang diunduh dari pustaka SOP.") from refusal


def carries_data(package: Package) -> bool:
    """Whether the package looks like an export of ours, changed since or not."""
    if "xl/workbook.xml" in package.names:
        return "xl/worksheets/sheet4.xml" in package.names and b'name="Data"' in package.read("xl/workbook.xml")
    parts = [name for name in package.names if name.startswith("customXml/") and name.endswith(".xml")]
    return any(_MARK in package.read(name) for name in parts[:20])


def embedded(package: Package, data: bytes) -> Imported | None:
    """Return the sheet that an export of ours carries; None when its tables were changed. Raises ImportRefused."""
    for name in package.names:
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(name):
            raise ImportRefused(BROKEN)
    carried = (xlsx if "xl/workbook.xml" in package.names else docx).carried
    try:
        sheet = carried(data)
    except exported.NotASheet:
        return None
    return _imported(sheet) if sheet else None


def _imported(sheet: Sheet) -> Imported:
    lines = [sheet.heading, sheet.title, *sheet.letterhead, sheet.number, sheet.created, sheet.revised, sheet.effective]
    lines += sheet.signatory
    for name, items in sheet.lists.items():
        lines += [sheet.captions.get(name, name), *items]
    rows = [["No.", "Aktivitas", "Pelaksana", "Kelengkapan", "Waktu", "Output", "Keterangan"]]
    for row in sheet.rows:
        who = "" if row.first is None or row.last is None else " dan ".join(sheet.performers[row.first : row.last + 1])
        rows.append([str(row.number), row.text, who, row.requirement, row.duration, row.output, row.note])
    cells = [
        Cell(n, column, [Line(text, placed=True)]) for n, texts in enumerate(rows) for column, text in enumerate(texts)
    ]
    return Imported(sheet, source=shown([Paragraph([Line(text, placed=True) for text in lines]), Table(cells)]))
