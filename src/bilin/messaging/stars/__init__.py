"""Messages that somebody marked for later: nobody else's business, on all their devices."""
