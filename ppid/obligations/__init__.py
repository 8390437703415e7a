"""What must be public, at the desk: the list of duties, what a unit states, and which item fills what. Plain acts.

The public's matrix is reckoned from the shelf (``ppid.shelf.matrix``); what is approved here comes there by its door.
"""
