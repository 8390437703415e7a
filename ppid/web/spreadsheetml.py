"""Excel's own words in the XML of a workbook, for all who read one: its strings, and where its days begin."""

from datetime import datetime

from lxml import etree
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900


def epoch(workbook: etree._Element) -> datetime:
    """Return the day from which the workbook counts its dates."""
    is_1904 = any(each.get("date1904") in ("1", "true") for each in workbook.iter("{*}workbookPr"))
    return CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900


def string(element: etree._Element) -> str:
    """Return a string with its runs, without the readings that East Asian texts have beside."""
    texts = (each for each in element.iter("{*}t") if etree.QName(each.getparent()).localname != "rPh")
    return "".join(each.text or "" for each in texts)
