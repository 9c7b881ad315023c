"""The larder: knowledge as data, with its source, its reviewer and the digest of every file."""
