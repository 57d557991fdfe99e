"""Line 1: insight into loneliness. Surveys in, honest figures out.

Publishes disclosure-controlled figures to omzien.base.places and shows nothing else to others.
"""
