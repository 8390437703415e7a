#!/usr/bin/env python
"""Django's command line for the PPID portal."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    from django.core.management import execute_from_command_line

    from ppid.starting import in_a_sentence

    with in_a_sentence():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
