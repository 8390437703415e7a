"""Whether the installation is well: what runs by the clock and when it ran last, what is wrong and who was told."""
