"""The sentences a story may use, one file a subject. Each is a pattern and a function; an unknown sentence is an error."""
