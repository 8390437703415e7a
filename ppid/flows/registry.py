"""The flows by their key."""

from ppid.flows.exclusion import ExclusionCase
from ppid.flows.publication import PublicationCase

FLOWS = {"publication": PublicationCase, "exclusion": ExclusionCase}
