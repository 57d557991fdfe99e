"""The pages by which the social map stays true, by who opens them."""
