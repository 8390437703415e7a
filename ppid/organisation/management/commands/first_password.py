"""``manage.py first_password``: a new first password for somebody who forgot theirs."""

from ppid.organisation.actions import give_password
from ppid.organisation.management.of_a_person import PersonCommand


class Command(PersonCommand):
    help = "Give a person a new first password and print it, once. It must be changed at the next sign-in."

    def do(self, person):
        person, passphrase = give_password(person, actor=None)
        self.stdout.write(f"{person.name} <{person.email}>: {passphrase}")
