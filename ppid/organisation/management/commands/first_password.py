"""``manage.py first_password``: a new first password for somebody who forgot theirs."""

from ppid.organisation.actions import give_password
from ppid.organisation.first_password import ends_at
from ppid.organisation.management.of_a_person import PersonCommand
from ppid.web.moments import in_words


class Command(PersonCommand):
    help = "Give a person a new first password and print it, once. It must be changed at a sign-in within its days."

    def do(self, person):
        person, passphrase = give_password(person, actor=None)
        self.stdout.write(f"Good until {in_words(ends_at(person))}:")
        self.stdout.write(f"{person.name} <{person.email}>: {passphrase}")
