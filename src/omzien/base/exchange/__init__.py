"""The social map in and out: spreadsheets, other directories, calendars, and double records.

Nouns: sheet, meaning of a column, duplicate, merged record. Nobody types twice: what is kept in
another system stays there and follows. A file is shown before anything is taken in, and what is
double is put together by hand with nothing lost.
"""
