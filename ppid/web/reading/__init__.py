"""What is inside files that people sent, read and drawn in a child process that can't take the portal down with it."""

from ppid.web.reading.asking import (
    FirstRows,
    KindFound,
    PagePicture,
    PageTexts,
    PersonalData,
    Unreadable,
    clean_file,
    count_pages,
    draw_page,
    find_personal,
    first_rows,
    picture_page,
    read_pages,
    read_text,
)

__all__ = [
    "FirstRows",
    "KindFound",
    "PagePicture",
    "PageTexts",
    "PersonalData",
    "Unreadable",
    "clean_file",
    "count_pages",
    "draw_page",
    "find_personal",
    "first_rows",
    "picture_page",
    "read_pages",
    "read_text",
]
