"""The social map: everything in town for meeting and against loneliness, in one place.

Nouns: offer (in the standard of social maps a *service*), place, room, schedule line, change of a
schedule, meeting, term, closed days, funding. An offer has one organisation; when it takes place
is said once and everything else (search, calendar, leaflet) is computed from it. Terms for
professionals, such as the layers of the layer model, never stand on a public page.

It keeps nobody who takes part: a meeting knows how many came, at most.
"""
