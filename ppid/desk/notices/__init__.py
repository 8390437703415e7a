"""News at the desk: what one was told, how one wants to be told, what could not be sent, the digest, the calendar."""
