"""Feeding: what of this site's log goes to which other site, and giving it to them."""
