"""Pages and announcements that the office writes itself: one person hands them in, another one approves."""
