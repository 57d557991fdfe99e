"""What is typed about a record: every form says what is wrong and keeps what was typed."""
