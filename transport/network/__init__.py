"""The road as arrays: graph, attributes with certainty, structures, places, snapping."""
