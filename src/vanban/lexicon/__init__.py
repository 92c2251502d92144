"""What the field knows by name: agencies, groups, kinds of documents, issuers by symbol. Data files and their loaders."""
