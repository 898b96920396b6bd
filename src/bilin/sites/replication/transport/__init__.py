"""What sites say to each other, and the line over which they say it."""
