"""`make bench-peers`: ejabberd and Prosody, as Debian has them, beside Bilin in one run and with as cheap a client."""
