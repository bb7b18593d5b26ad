"""Where people answer to requests for corrections."""
