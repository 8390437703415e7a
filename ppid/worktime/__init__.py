"""Working days and hours: the holidays, the calendar reckoned from them, and the durations of a step."""
