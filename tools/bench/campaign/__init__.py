"""A reporting campaign of the whole country, generated, and what it costs to follow, to put together and to print."""
