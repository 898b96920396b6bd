"""Homes: at which site units and people are at home, who owns what therefore, and what leaves that home."""
