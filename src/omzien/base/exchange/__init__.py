"""The social map in and out by open standards, so that nobody types the same thing twice.

Nouns: record (of the Human Services Data Specification), feed, calendar, sheet, meaning of a
column, duplicate, merged record. Outwards go visible offers and words for everybody, never words
for professionals. Inwards a file or feed is shown before anything is taken in; what is kept in
another system stays there and follows, and what is double is put together by hand with nothing
lost.

It keeps no offers itself (`catalogue`) and judges no text: what comes in is text and stays text.
"""
