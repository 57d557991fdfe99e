"""The pages of editors about weights, and of colleagues about what is missing in town."""
