"""What every endpoint of the API is made of, whichever app it stands in."""
