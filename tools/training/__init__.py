"""Trains the models that the reader ships, from text and pages beside the project."""
