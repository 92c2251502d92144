"""The published figures over all programmes that a person may see, for any day: by programme, field, agency and period."""
