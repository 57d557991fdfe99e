"""Files and feeds of others, read into plain rows; nothing here touches the database."""
