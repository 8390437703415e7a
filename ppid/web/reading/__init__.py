"""What is inside files that people sent, read and drawn in a child process that can't take the portal down with it."""

from ppid.web.reading.asking import Unreadable, count_pages, draw_page, read_text

__all__ = ["Unreadable", "count_pages", "draw_page", "read_text"]
