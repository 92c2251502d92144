"""Findings: what a careful clerk would query in one document."""
