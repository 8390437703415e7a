"""Files in which the virus scanner found something: the list, and the decision that it errs."""
