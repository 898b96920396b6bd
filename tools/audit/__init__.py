"""`make audit`: what is known against everything that Bilin brings along, and a list of all of it (SBOM).

Ends with 0 when everything was asked and nothing is known, 1 when something is known to be vulnerable, and 2 when a
source did not answer: then it says so. Each answer says of which day its data is.
"""
