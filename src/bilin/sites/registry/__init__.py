"""The registry of sites: which there are, what they are called, and who may look after them."""
