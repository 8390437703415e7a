"""What somebody typed, when the answer is not the expected one: nothing of it is lost, nobody else sees it."""
