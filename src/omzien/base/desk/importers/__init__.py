"""Files of the desk: work lists as spreadsheets."""
