"""Line 3: noticing and talking. Home visits, worries about someone, campaigns."""
