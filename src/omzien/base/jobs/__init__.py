"""Background and nightly work, queued in the same transaction as the change that asks for it.

Nouns: job, fault. Arguments are keys only; what a job does stands in the `jobs.py` of the app that
owns it, marked `@job()` or `@nightly(...)`, and must give the same result when it runs twice: a
worker that is killed hands its job to the next one. It does not decide what is worth doing later.
"""
