"""Official papers about a programme: its rows → :class:`dondoc.common.official.Paper`."""
