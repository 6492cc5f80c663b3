"""Outside programs and libraries that may or may not be there: is it there, how to call it, how it fails."""
