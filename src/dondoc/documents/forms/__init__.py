"""Forms of documents: they turn what is typed into what services take, and say what is wrong beside the field."""
