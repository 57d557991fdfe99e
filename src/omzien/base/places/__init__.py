"""Places: the neighbourhoods of the municipality and what has been published about them.

The action plan's first line asks for "inzicht in het voorkomen van eenzaamheid in de buurten".
This app holds the nouns that all lines share for that: an Area (country, municipality, district,
neighbourhood) in the division of one year, its Outline, the Postcodes inside it, an AreaChange
between two divisions, an Indicator with a versioned definition, a PublishedFigure with its
Source, and the ImportRun that brought figures in.

It does not hold answers of persons, does not estimate anything and draws no pages: figures are
published elsewhere and kept here as they were published.
"""
