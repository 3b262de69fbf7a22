"""Tables and the year's programme to figures, each with the cells it rests on. Pure."""
