"""The endpoints of the API about customers, and what is kept beside them."""
