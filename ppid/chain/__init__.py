"""The chain over all ledgers: each row's hash, and the hash of the row before, so that no change stays unseen."""
