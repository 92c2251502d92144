"""Reads of programmes, each limited by who asks."""
