"""The one process that owns all others: PostgreSQL, the web server and the worker.

`faults` says what is wrong in one sentence, `programs` finds PostgreSQL's programs and the user
that may run them, `leash` makes a child end with its parent, `cluster` owns one database cluster.
"""
