"""Does this transport comply? Pure functions from transport, law and day to findings."""
