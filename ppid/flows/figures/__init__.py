"""Figures of the cases in a period, from the ledger by SQL: for the head, for a unit, for the annual report.

Every figure counts the cases that it is given and no others, and these are always what its reader may see
(``CaseQuerySet.visible_with``): so nobody learns of an exclusion from a count, a difference or a blank. A unit is
called what it was called on the last day of the period.
"""
