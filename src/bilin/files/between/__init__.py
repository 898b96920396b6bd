"""Bytes of files on their way from one site to another."""
