"""What holds in a programme, as pure functions of facts and of a day."""
