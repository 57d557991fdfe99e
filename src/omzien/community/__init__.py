"""Line 2: the broad local community against loneliness.

Organisations, entrepreneurs and residents find each other.
The municipality connects, it does not own.
"""
