"""Line 4: breaking through and lasting support. Approaches, grants, streets."""
