"""Deadlines as a calendar: on a page by months, and as a feed that calendar programs read (RFC 5545)."""
