"""The social map stays true: who keeps a record, when it is looked at again, and what came of it.

Nouns: keeper, rhythm, check (asked of a keeper by mail, or by phone), proposal, wrong report,
question about a holiday, headcount. A keeper is an owner (whose record it is), a checker (who
looks over their shoulder) or a host (who counts). Nobody needs an account: a link in a mail opens
a page with one button. It keeps no names of visitors, and of who comes to a meeting only how many.
"""
