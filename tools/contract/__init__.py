"""The contract between the server and its clients, as the server's own declarations say it."""
