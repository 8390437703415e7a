"""Sends what still waits to be sent, as the worker does, once nobody kills it any more."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()
    from ppid.notices import sending

    while sending.send_due(seconds=60):
        pass


if __name__ == "__main__":
    main()
