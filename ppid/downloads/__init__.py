"""How often something was downloaded, by day and kind: taken in from the portal's letters, told by month."""
