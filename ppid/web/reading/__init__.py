"""What is inside files that people sent, read and drawn in a child process that can't take the portal down with it."""

from ppid.web.reading.asking import (
    KindFound,
    PersonalData,
    Unreadable,
    clean_file,
    count_pages,
    draw_page,
    find_personal,
    read_text,
)

__all__ = [
    "KindFound",
    "PersonalData",
    "Unreadable",
    "clean_file",
    "count_pages",
    "draw_page",
    "find_personal",
    "read_text",
]
