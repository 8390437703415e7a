"""What waits for a person, of all kinds: how many it is on every page, and the rows of the one inbox."""
