"""Restoration of damaged Vietnamese text: a noisy channel, a language model, and the field's own vocabulary."""
