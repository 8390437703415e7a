"""Who is told: notices, and what is sent of them. Plain data comes in; no notice knows a case."""
