"""Previews of pictures: made once for each blob, at the site that has it."""
