"""Read a Vietnamese official document (văn bản) and say what is in it.

Pure Python: no web framework, no network, no clock, no global state. The one entry is
:func:`vanban.pipeline.read`; what it returns is a :class:`vanban.reading.Reading`.
"""

__version__ = "0.1.0"
