"""Views of the shell: pages of text, choices of the reader, neighbourhoods, errors."""
